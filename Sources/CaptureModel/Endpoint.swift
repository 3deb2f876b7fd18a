/// An IPv4 or IPv6 address, as two big-endian halves; an IPv4 address stands in the low 32 bits.
@usableFromInline
package struct IPAddress: Hashable, Sendable, BitwiseCopyable {
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
package struct Endpoint: Hashable, Sendable, BitwiseCopyable {
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
        var text = ""
        spell { text.unicodeScalars.append(Unicode.Scalar($0)) }
        return text
    }

    /// Hands the text of `description`, which is ASCII, to `put`, octet by octet.
    package func spell(_ put: (UInt8) -> Void) {
        guard isIPv6 else { return spellDotted(put) }
        if high == 0, low >> 32 == 0xffff {  // RFC 5952 section 5: an IPv4-mapped address keeps its dotted part
            for octet in "::ffff:".utf8 { put(octet) }
            return spellDotted(put)
        }
        var best = 0..<0
        var start = 0
        for at in 0...8 where at == 8 || group(at) != 0 {
            if at - start > max(best.count, 1) { best = start..<at }
            start = at + 1
        }
        var at = 0
        while at < 8 {
            if best.contains(at) {
                put(UInt8(ascii: ":"))
                put(UInt8(ascii: ":"))
                at = best.upperBound
            } else {
                if at > 0, at != best.upperBound { put(UInt8(ascii: ":")) }
                spell(group(at), base: 16, put)
                at += 1
            }
        }
    }

    private func group(_ at: Int) -> UInt64 {
        (at < 4 ? high : low) >> UInt64(48 - 16 * (at % 4)) & 0xffff
    }

    private func spellDotted(_ put: (UInt8) -> Void) {
        for place in 0..<4 {
            if place > 0 { put(UInt8(ascii: ".")) }
            spell(low >> UInt64(24 - 8 * place) & 255, base: 10, put)
        }
    }

    /// A number below 65,536 without leading zeros.
    private func spell(_ value: UInt64, base: UInt64, _ put: (UInt8) -> Void) {
        if value >= base { spell(value / base, base: base, put) }
        let digit = UInt8(truncatingIfNeeded: value % base)
        put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
}

extension Endpoint: CustomStringConvertible {
    /// `10.9.3.1:40472`, or `[fd09:3::1]:40472`.
    @usableFromInline package var description: String {
        address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
