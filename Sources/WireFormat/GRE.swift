import CaptureModel

/// Generic Routing Encapsulation and what Cisco and others put into it.
extension Cursor {
    /// GRE (RFC 2784, RFC 2890), PPTP's version 1 (RFC 2637 section 4.1), NVGRE (RFC 7637) and ERSPAN
    /// (draft-foschiano-erspan).
    mutating func gre(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        let (flags, type) = (octets.big16(at), octets.big16(at + 2))
        let (hasKey, hasSequence) = (flags & 0x2000 != 0, flags & 0x1000 != 0)
        var size = 4
        if flags & 0xc000 != 0 { size += 4 }  // checksum and offset
        let keyAt = at + size
        if hasKey { size += 4 }
        if hasSequence { size += 4 }
        if flags & 7 == 1 {
            if flags & 0x80 != 0 { size += 4 }  // acknowledgement
            guard type == 0x880b, hasSequence else { return .skip(.otherIPProtocol) }
        } else if flags & 7 != 0 {
            return .skip(.otherIPProtocol)
        }
        guard has(size) else { return shortLink(size) }
        let key = hasKey ? octets.big32(keyAt) : 0
        at += size
        if flags & 0x4000 != 0 {
            guard skipRoutes(octets) else { return shortLink(4) }
        }
        switch type {
        case 0x880b: return enter(.pptp, then: .ppp)  // the call's number differs by direction
        case 0x6558:
            // NVGRE's low octet may differ by flow, and by direction with it; a small key is a plain key.
            return enter(.greEthernet, key > 0xff ? key >> 8 : key, then: .ethernet)
        case 0x88be: return hasSequence ? erspan2(octets) : enter(.erspan, then: .ethernet)
        case 0x22eb: return erspan3(octets)
        case 0x883e:  // WCCP: some versions put four octets of their own before the packet
            guard has(5) else { return shortLink(5) }
            return enter(.gre, key, then: skip(octets[at] >> 4 == 4 ? 0 : 4, then: .internet))
        default: return enter(.gre, key, then: .etherType(type))
        }
    }

    /// Passes the source route entries of RFC 1701: family, offset, length, route; a zero family ends them.
    private mutating func skipRoutes(_ octets: Span<UInt8>) -> Bool {
        while has(4) {
            let (family, length) = (octets.big16(at), Int(octets[at + 3]))
            at += 4
            if family == 0 { return true }
            guard has(length) else { return false }
            at += length
        }
        return false
    }

    /// ERSPAN type II: version and VLAN, flags and session, index. A mirror that cuts frames says so with a flag; then
    /// only the frame knows how long it was.
    private mutating func erspan2(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let session = octets.big16(at + 2)
        if session & 0x0400 != 0 { forgetWireEnd() }
        return enter(.erspan, UInt32(session & 0x3ff), then: skip(8, then: .ethernet))
    }

    /// ERSPAN type III: as type II, with a time stamp, the kind of frame, and perhaps eight octets of a platform.
    private mutating func erspan3(_ octets: Span<UInt8>) -> Layer {
        guard has(12) else { return shortLink(12) }
        let (session, kind) = (octets.big16(at + 2), octets.big16(at + 10))
        let size = kind & 1 == 1 ? 20 : 12
        guard has(size) else { return shortLink(size) }
        if session & 0x0400 != 0 { forgetWireEnd() }
        let first: Layer = kind >> 10 & 0x1f == 2 ? .internet : .ethernet
        return enter(.erspan, UInt32(session & 0x3ff), then: skip(size, then: first))
    }

    /// EtherIP (RFC 3378): a version in four bits, then Ethernet.
    mutating func etherIP(_ octets: Span<UInt8>) -> Layer {
        guard has(2) else { return shortLink(2) }
        guard octets[at] >> 4 == 3 else { return .skip(.malformedLink) }
        return enter(.etherIP, then: skip(2, then: .ethernet))
    }

    /// L2TPv3 over IP (RFC 3931 section 4.1.1): session 0 is control.
    mutating func l2tpOverIP(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        guard octets.big32(at) != 0 else { return .skip(.otherIPProtocol) }
        return enter(.l2tp, then: skip(4, then: .pseudowire))
    }

    /// A network service header (RFC 8300 section 2.2).
    mutating func serviceHeader(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let size = Int(octets[at + 1] & 0x3f) * 4
        guard size >= 8 else { return .skip(.malformedLink) }
        guard has(size) else { return shortLink(size) }
        let next = octets[at + 3]
        return skip(size, then: nextProtocol(next))
    }

    /// The next protocol numbers that NSH and VXLAN-GPE share.
    func nextProtocol(_ number: UInt8) -> Layer {
        switch number {
        case 1: .ipv4
        case 2: .ipv6
        case 3: .ethernet
        case 4: .serviceHeader
        case 5: .mpls
        default: .skip(.otherEtherType)
        }
    }
}
