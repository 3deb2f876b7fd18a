import CaptureModel

extension Cursor {
    /// An IPv6 header (RFC 8200 section 3). A payload length of 0 means a jumbogram (RFC 2675) or an offloaded packet:
    /// the frame's end counts.
    @inline(__always)
    mutating func ipv6(_ octets: Span<UInt8>) -> Layer {
        guard has(40) else { return shortIP(40) }
        guard octets[at] >> 4 == 6 else { return .skip(.malformedIP) }
        let payloadLength = Int(octets.big16(at + 4))
        if payloadLength != 0 { limit(to: 40 + payloadLength) }
        source = IPAddress(ipv6High: octets.big64(at + 8), low: octets.big64(at + 16))
        destination = IPAddress(ipv6High: octets.big64(at + 24), low: octets.big64(at + 32))
        let next = octets[at + 6]
        return skip(40, then: .ipProtocol(next))
    }

    /// An extension header whose second octet is its length in eight octets, the first eight not counted (RFC 8200
    /// section 4, RFC 6275, RFC 7401, RFC 5533).
    mutating func extensionHeader(_ octets: Span<UInt8>, isRouting: Bool) -> Layer {
        guard source.isIPv6 else { return .skip(.otherIPProtocol) }
        guard has(8) else { return shortIP(8) }
        let length = Int(octets[at + 1]) * 8 + 8
        guard has(length) else { return shortIP(length) }
        if isRouting { routing(octets, length) }
        let next = octets[at]
        return skip(length, then: .ipProtocol(next))
    }

    /// On its way, a source-routed packet is addressed to the next stop; the connection's end, which the checksum
    /// counts too, is the last address of the list (RFC 8200 section 8.1).
    private mutating func routing(_ octets: Span<UInt8>, _ length: Int) {
        let (type, segmentsLeft) = (octets[at + 2], octets[at + 3])
        guard segmentsLeft > 0, length >= 24 else { return }
        let last: Int
        switch type {
        case 0, 2: last = at + length - 16  // RFC 2460 section 4.4; RFC 6275 section 6.4
        case 4: last = at + 8  // RFC 8754 section 2: the list is in reverse order
        default: return
        }
        destination = IPAddress(ipv6High: octets.big64(last), low: octets.big64(last + 8))
    }

    /// A fragment header (RFC 8200 section 4.5). One that says "all of it" (RFC 6946) is passed like any other.
    mutating func fragmentHeader(_ octets: Span<UInt8>) -> Layer {
        guard source.isIPv6 else { return .skip(.otherIPProtocol) }
        guard has(8) else { return shortIP(8) }
        let field = octets.big16(at + 2)
        let next = octets[at]
        guard field & 0xfff9 != 0 else { return skip(8, then: .ipProtocol(next)) }
        fragment = Fragment(
            identification: octets.big32(at + 4), offset: Int(field & 0xfff8), isLast: field & 1 == 0, next: next)
        return skip(8, then: .fragment)
    }

    /// An authentication header (RFC 4302 section 2): it guards the packet and hides nothing.
    mutating func authentication(_ octets: Span<UInt8>) -> Layer {
        guard has(12) else { return shortIP(12) }
        let length = (Int(octets[at + 1]) + 2) * 4
        guard length >= 12 else { return .skip(.malformedIP) }
        guard has(length) else { return shortIP(length) }
        let next = octets[at]
        return skip(length, then: .ipProtocol(next))
    }
}
