import CaptureModel

/// Headers that capture programs and probes put before a packet, and the rest of the local networks.
extension Cursor {
    /// A header of `size` octets with the EtherType of what follows at `place`.
    mutating func typed(_ octets: Span<UInt8>, at place: Int, size: Int) -> Layer {
        guard has(size) else { return shortLink(size) }
        let type = octets.big16(at + place)
        return skip(size, then: .etherType(type))
    }

    /// LINKTYPE_NFLOG: family, version, resource; then fields of type, length and value, the first two in the order of
    /// the capturing host. The packet is the payload field, which Linux may have cut: its own length counts.
    mutating func nflog(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let family = UInt32(octets[at])
        at += 4
        // Types are small numbers: behind the two flags of one, the high octet is zero in the right order.
        let isLittle = octets[at + 3] & 0x3f == 0
        while has(4) {
            let length = Int(isLittle ? octets.little16(at) : octets.big16(at))
            let type = isLittle ? octets.little16(at + 2) : octets.big16(at + 2)
            guard length >= 4 else { return .skip(.malformedLink) }
            if type & 0x3fff == 9 {
                let isWhole = wireHas(length)
                limit(to: length)
                if isWhole { forgetWireEnd() }
                return skip(4, then: self.family(family))
            }
            at += (length + 3) & ~3
        }
        return shortLink(4)
    }

    /// LINKTYPE_PKTAP of Apple: length, type of the next header, link type, names and flags, little-endian.
    mutating func pktap(_ octets: Span<UInt8>) -> Layer {
        guard has(12) else { return shortLink(12) }
        let (size, type) = (Int(octets.little32(at)), octets.little32(at + 8))
        guard size >= 12 else { return .skip(.malformedLink) }
        guard has(size) else { return shortLink(size) }
        return skip(size, then: .link(LinkType(rawValue: UInt16(clamping: type))))
    }

    /// LINKTYPE_ERF of Endace: time, type, flags, lengths; extension headers while a bit says so.
    mutating func endace(_ octets: Span<UInt8>) -> Layer {
        guard has(16) else { return shortLink(16) }
        let type = octets[at + 8]
        var hasMore = type & 0x80 != 0
        at += 16
        while hasMore {
            guard has(8) else { return shortLink(8) }
            hasMore = octets[at] & 0x80 != 0
            at += 8
        }
        switch type & 0x7f {
        case 1, 10, 15, 17: return .serial  // packet over SONET
        case 2, 11, 16, 20: return has(2) ? skip(2, then: .ethernet) : shortLink(2)
        case 22: return .ipv4
        case 23: return .ipv6
        default: return .skip(.otherEtherType)
        }
    }

    /// Juniper's magic, flags and, where they say so, extensions with their length. Without the link layer, four octets
    /// stand before the packet.
    mutating func juniper(_ octets: Span<UInt8>, then first: Layer) -> Layer {
        guard has(6) else { return shortLink(6) }
        guard octets.big32(at) >> 8 == 0x4d4743 else { return .skip(.malformedLink) }
        let flags = octets[at + 3]
        let size = flags & 0x80 != 0 ? 6 + Int(octets.big16(at + 4)) : 4
        if flags & 0x02 != 0 { return has(size + 4) ? skip(size + 4, then: .internet) : shortLink(size + 4) }
        return has(size) ? skip(size, then: first) : shortLink(size)
    }

    /// LINKTYPE_PFLOG of the BSDs: a header that says its length, aligned to four octets.
    mutating func packetFilterLog(_ octets: Span<UInt8>) -> Layer {
        guard has(1) else { return shortLink(1) }
        let size = (Int(octets[at]) + 3) & ~3
        guard size >= 4 else { return .skip(.malformedLink) }
        return has(size) ? skip(size, then: .internet) : shortLink(size)
    }

    /// LINKTYPE_IPNET of Solaris: version, family, and 22 octets about zones and interfaces.
    mutating func ipnet(_ octets: Span<UInt8>) -> Layer {
        guard has(24) else { return shortLink(24) }
        let family = UInt32(octets[at + 1])
        return skip(24, then: self.family(family))
    }

    /// LINKTYPE_SUNATM: the kind of traffic, path and circuit; LAN emulation has two octets before Ethernet.
    mutating func sunATM(_ octets: Span<UInt8>) -> Layer {
        guard has(6) else { return shortLink(6) }
        switch octets[at] & 0x0f {
        case 1: return skip(6, then: .ethernet)
        case 2: return skip(4, then: .llc)
        default: return .skip(.otherEtherType)
        }
    }

    /// FDDI: frame control, two addresses, LLC.
    mutating func fddi(_ octets: Span<UInt8>) -> Layer {
        guard has(13) else { return shortLink(13) }
        return octets[at] & 0x70 == 0x50 ? skip(13, then: .llc) : .skip(.llc)
    }

    /// IEEE 802.5: access and frame control, two addresses, a route when the source address has its group bit, LLC.
    mutating func tokenRing(_ octets: Span<UInt8>) -> Layer {
        guard has(15) else { return shortLink(15) }
        guard octets[at + 1] & 0xc0 == 0x40 else { return .skip(.llc) }
        let size = octets[at + 8] & 0x80 != 0 ? 14 + Int(octets[at + 14] & 0x1f) : 14
        return has(size) ? skip(size, then: .llc) : shortLink(size)
    }
}
