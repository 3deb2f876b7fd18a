/// An IPv4 or IPv6 address, as two big-endian halves; an IPv4 address stands in the low 32 bits.
@usableFromInline
package struct IPAddress: Hashable, Sendable {
    @usableFromInline package var high: UInt64
    @usableFromInline package var low: UInt64
    @usableFromInline package var isIPv6: Bool

    /// An IPv4 address from its 32 bits, first octet highest.
    @inlinable
    package init(ipv4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        isIPv6 = false
    }

    /// An IPv6 address from its first and last eight octets.
    @inlinable
    package init(ipv6High high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        isIPv6 = true
    }
}

/// One end of a TCP connection: address and port.
@usableFromInline
package struct Endpoint: Hashable, Sendable {
    @usableFromInline package var address: IPAddress
    @usableFromInline package var port: UInt16

    @inlinable
    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// A fixed order of endpoints, so that both directions of a connection have one key.
    @inlinable
    package static func precedes(_ left: Endpoint, _ right: Endpoint) -> Bool {
        if left.address.high != right.address.high { return left.address.high < right.address.high }
        if left.address.low != right.address.low { return left.address.low < right.address.low }
        return left.port < right.port
    }
}

extension IPAddress: CustomStringConvertible {
    /// `10.9.3.1`, or RFC 5952's form of an IPv6 address: lower case, the longest run of zero groups as `::`.
    @usableFromInline package var description: String {
        guard isIPv6 else {
            return "\(low >> 24 & 255).\(low >> 16 & 255).\(low >> 8 & 255).\(low & 255)"
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - 16 * ($0 % 4))) }
        if high == 0, low >> 32 == 0xffff {  // RFC 5952 section 5: an IPv4-mapped address keeps its dotted part
            return "::ffff:" + IPAddress(ipv4: UInt32(truncatingIfNeeded: low)).description
        }
        var best = 0..<0
        var start = 0
        for at in 0...8 where at == 8 || groups[at] != 0 {
            if at - start > max(best.count, 1) { best = start..<at }
            start = at + 1
        }
        let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        if best.isEmpty { return text(groups[...]) }
        return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }
}

extension Endpoint: CustomStringConvertible {
    /// `10.9.3.1:40472`, or `[fd09:3::1]:40472`.
    @usableFromInline package var description: String {
        address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
