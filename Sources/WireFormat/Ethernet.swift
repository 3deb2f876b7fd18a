import CaptureModel

/// Ethernet, its tags, and IEEE 802.2 LLC.
extension Cursor {
    /// Ethernet II, or IEEE 802.3 with LLC: two addresses, then a type or a length.
    @inline(__always)
    mutating func ethernet(_ octets: Span<UInt8>) -> Layer {
        guard has(14) else { return shortLink(14) }
        let type = octets.big16(at + 12)
        return skip(14, then: .etherType(type))
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
        case 0x8926: return tag(6, octets)  // Cisco VN-Tag
        case 0x893f, 0x8909: return tag(8, octets)  // 802.1BR E-Tag; Cisco TrustSec
        case 0x88e7: return has(4) ? skip(4, then: .ethernet) : shortLink(4)  // 802.1ah, a whole frame inside
        case 0x88e5: return secured(octets)
        case 0x6558: return .ethernet
        case 0x8847, 0x8848: return .mpls
        case 0x8864: return .pppoe
        case 0x880b: return .ppp
        case 0x894f: return .serviceHeader
        default: return .skip(.otherEtherType)
        }
    }

    /// An IEEE 802.1AE tag (section 9.3): control, short length, packet number, perhaps a channel. Without encryption
    /// the frame goes on in the clear.
    private mutating func secured(_ octets: Span<UInt8>) -> Layer {
        guard has(1) else { return shortLink(1) }
        let control = octets[at]
        if control & 0x0c != 0 { return .skip(.encryptedMACsec) }
        return tag(control & 0x20 != 0 ? 16 : 8, octets)
    }

    /// A tag of `size` octets, the last two of which are the EtherType of what follows.
    @inline(__always)
    mutating func tag(_ size: Int, _ octets: Span<UInt8>) -> Layer {
        guard has(size) else { return shortLink(size) }
        let type = octets.big16(at + size - 2)
        return skip(size, then: .etherType(type))
    }

    /// IEEE 802.2 LLC, with the Subnetwork Access Protocol (RFC 1042) or plain.
    mutating func llc(_ octets: Span<UInt8>) -> Layer {
        guard has(3) else { return shortLink(3) }
        switch (octets[at], octets[at + 1], octets[at + 2]) {
        case (0xaa, 0xaa, 0x03): return skip(3, then: .snap)
        case (0xfe, 0xfe, 0x03): return skip(3, then: .networkProtocol)  // RFC 2684 section 5.2
        case (0x06, 0x06, 0x03): return skip(3, then: .ipv4)
        default: return .skip(.llc)
        }
    }

    /// The Subnetwork Access Protocol: an organization and its number. Bridged Ethernet has two octets of padding on
    /// ATM (RFC 2684 section 5.2) and none on Frame Relay (RFC 2427 section 4.2).
    mutating func snap(_ octets: Span<UInt8>) -> Layer {
        guard has(5) else { return shortLink(5) }
        let (organization, type) = (octets.big32(at) >> 8, octets.big16(at + 3))
        switch organization {
        case 0, 0x0000f8: return skip(5, then: type > 1500 ? .etherType(type) : .skip(.llc))
        case 0x0080c2 where type == 1 || type == 7:
            guard has(22) else { return shortLink(22) }
            return skip(holdsEthernet(octets, at + 7) ? 7 : 5, then: .ethernet)
        default: return .skip(.llc)
        }
    }
}
