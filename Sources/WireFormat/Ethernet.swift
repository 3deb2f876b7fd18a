import CaptureModel

/// Ethernet, its tags, and IEEE 802.2 LLC.
extension Cursor {
    /// Ethernet II, or IEEE 802.3 with LLC: two addresses, then a type or a length.
    @inline(__always)
    mutating func ethernet(_ octets: Span<UInt8>) -> Layer {
        guard has(14) else { return shortLink(14) }
        let type = octets.big16(at + 12)
        return skip(14, then: type == 0x0800 ? .ipv4 : .etherType(type))
    }

    /// What an EtherType says of the octets at the cursor.
    mutating func etherType(_ type: UInt16, _ octets: Span<UInt8>) -> Layer {
        switch type {
        case 0...1500:  // a length (IEEE 802.3 section 3.2.6)
            limit(to: Int(type))
            return .llc
        case 0x0800: return .ipv4
        case 0x86dd: return .ipv6
        case 0x0806, 0x8035: return .skip(.arp)
        // 802.1Q, 802.1ad, and what switches used before it for the outer tag
        case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300: return tag(4, octets)
        case 0x6558: return .ethernet
        default: return .skip(.otherEtherType)
        }
    }

    /// A tag of `size` octets, the last two of which are the EtherType of what follows.
    private mutating func tag(_ size: Int, _ octets: Span<UInt8>) -> Layer {
        guard has(size) else { return shortLink(size) }
        let type = octets.big16(at + size - 2)
        return skip(size, then: .etherType(type))
    }

    /// IEEE 802.2 LLC, with the Subnetwork Access Protocol (RFC 1042) or plain.
    mutating func llc(_ octets: Span<UInt8>) -> Layer {
        guard has(3) else { return shortLink(3) }
        switch (octets[at], octets[at + 1], octets[at + 2]) {
        case (0xaa, 0xaa, 0x03):
            guard has(8) else { return shortLink(8) }
            let organization = octets.big32(at + 2) & 0xff_ffff
            let type = octets.big16(at + 6)
            switch organization {
            case 0, 0x0000f8: return skip(8, then: type > 1500 ? .etherType(type) : .skip(.llc))
            case 0x0080c2 where type == 1 || type == 7: return skip(8, then: .ethernet)  // bridged (RFC 2684)
            default: return .skip(.llc)
            }
        case (0x06, 0x06, 0x03): return skip(3, then: .ipv4)
        default: return .skip(.llc)
        }
    }
}
