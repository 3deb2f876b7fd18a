import CaptureModel

/// PPP and its relatives on serial lines, and PPP over Ethernet.
extension Cursor {
    /// PPP (RFC 1661 section 2) with or without the address and control octets of HDLC-like framing (RFC 1662), its
    /// protocol field compressed to one octet or not.
    mutating func ppp(_ octets: Span<UInt8>) -> Layer {
        guard has(2) else { return shortLink(2) }
        if octets.big16(at) == 0xff03 { at += 2 }
        guard has(1) else { return shortLink(1) }
        let size = octets[at] & 1 == 1 ? 1 : 2
        guard has(size) else { return shortLink(size) }
        switch size == 1 ? UInt16(octets[at]) : octets.big16(at) {
        case 0x0021: return skip(size, then: .ipv4)
        case 0x0057: return skip(size, then: .ipv6)
        case 0x0281, 0x0283: return skip(size, then: .mpls)
        default: return .skip(.otherPPPProtocol)
        }
    }

    /// LINKTYPE_PPP_HDLC: PPP, or Cisco's framing, which other addresses tell.
    mutating func serial(_ octets: Span<UInt8>) -> Layer {
        guard has(1) else { return shortLink(1) }
        return octets[at] == 0x0f || octets[at] == 0x8f ? .ciscoHDLC : .ppp
    }

    /// Cisco HDLC: address, control, EtherType; or ISO's protocols, padded to look like LLC (RFC 1547 section 4.3.1).
    mutating func ciscoHDLC(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        let type = octets.big16(at + 2)
        return skip(4, then: type > 1500 ? .etherType(type) : .skip(.otherEtherType))
    }

    /// A PPPoE session packet (RFC 2516 section 4); its length says where Ethernet's padding begins.
    mutating func pppoe(_ octets: Span<UInt8>) -> Layer {
        guard has(6) else { return shortLink(6) }
        guard octets.big16(at) == 0x1100 else { return .skip(.malformedLink) }
        limit(to: 6 + Int(octets.big16(at + 4)))
        return skip(6, then: .ppp)
    }

    /// Frame Relay: an address of two to four octets (Q.922), then a network layer protocol identifier (RFC 2427), or
    /// an EtherType in Cisco's way.
    mutating func frameRelay(_ octets: Span<UInt8>) -> Layer {
        var size = 0
        repeat {
            guard has(size + 1) else { return shortLink(size + 1) }
            size += 1
        } while octets[at + size - 1] & 1 == 0 && size < 4
        guard has(size + 2) else { return shortLink(size + 2) }
        if octets[at + size] == 0x03 { return skip(size + 1, then: .networkProtocol) }
        let type = octets.big16(at + size)
        return skip(size + 2, then: type > 1500 ? .etherType(type) : .skip(.otherEtherType))
    }

    /// Multilink Frame Relay (FRF.16.1): two octets of fragmentation, here only those that say "whole frame".
    mutating func multilinkFrameRelay(_ octets: Span<UInt8>) -> Layer {
        guard has(2) else { return shortLink(2) }
        return octets[at] & 0xe0 == 0xc0 ? skip(2, then: .frameRelay) : .skip(.otherEtherType)
    }

    /// A network layer protocol identifier (ISO/IEC TR 9577), after an optional zero for alignment.
    mutating func networkProtocol(_ octets: Span<UInt8>) -> Layer {
        guard has(2) else { return shortLink(2) }
        if octets[at] == 0 { at += 1 }
        switch octets[at] {
        case 0xcc: return skip(1, then: .ipv4)
        case 0x8e: return skip(1, then: .ipv6)
        case 0x80: return skip(1, then: .snap)
        case 0xcf: return skip(1, then: .ppp)
        default: return .skip(.otherEtherType)
        }
    }
}
