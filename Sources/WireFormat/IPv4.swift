import CaptureModel

extension Cursor {
    /// IP of the version that the first nibble says.
    mutating func internet(_ octets: Span<UInt8>) -> Layer {
        guard has(1) else { return shortIP(1) }
        switch octets[at] >> 4 {
        case 4: return .ipv4
        case 6: return .ipv6
        default: return .skip(.malformedIP)
        }
    }

    /// An IPv4 header (RFC 791 section 3.1). Its total length ends the packet, whatever the frame holds after it; a
    /// total length of 0 is what an offloading network card leaves to be filled in, and then the frame's end counts.
    @inline(__always)
    mutating func ipv4(_ octets: Span<UInt8>) -> Layer {
        guard has(20) else { return shortIP(20) }
        let first = octets[at]
        let headerLength = Int(first & 0x0f) * 4
        let totalLength = Int(octets.big16(at + 2))
        guard first >> 4 == 4, headerLength >= 20, totalLength == 0 || totalLength >= headerLength else {
            return .skip(.malformedIP)
        }
        if totalLength != 0 { limit(to: totalLength) }
        source = IPAddress(ipv4: octets.big32(at + 12))
        destination = IPAddress(ipv4: octets.big32(at + 16))
        guard has(headerLength) else { return shortIP(headerLength) }
        let next = octets[at + 9]
        let fragmentation = octets.big16(at + 6)
        if fragmentation & 0x3fff != 0 {
            fragment = Fragment(
                identification: UInt32(octets.big16(at + 4)), offset: Int(fragmentation & 0x1fff) * 8,
                isLast: fragmentation & 0x2000 == 0, next: next)
            return skip(headerLength, then: .fragment)
        }
        return skip(headerLength, then: .ipProtocol(next))
    }
}
