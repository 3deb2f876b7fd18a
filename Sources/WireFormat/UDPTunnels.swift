import CaptureModel

/// The tunnels that are known by a registered UDP port.
enum UDPTunnel {
    case vxlan, vxlanGPE, geneve, gtp, l2tp, teredo, lisp, mpls, gre, tzsp

    /// The tunnel of a datagram, by its destination port; where answers come from that port, by the source port too.
    init?(from source: UInt16, to destination: UInt16) {
        switch destination {
        case 4789, 8472: self = .vxlan  // 8472 is Linux's own choice
        case 4790: self = .vxlanGPE
        case 6081: self = .geneve
        case 2152: self = .gtp
        case 1701: self = .l2tp
        case 3544: self = .teredo
        case 4341: self = .lisp
        case 6635: self = .mpls
        case 4754: self = .gre
        case 37008: self = .tzsp
        default:
            switch source {
            case 2152: self = .gtp
            case 1701: self = .l2tp
            case 3544: self = .teredo
            default: return nil
            }
        }
    }
}

/// A port alone proves nothing: the header must make sense, and what it leads to must be understood, or the packet is
/// plain UDP.
extension Cursor {
    /// A UDP header (RFC 768) and the tunnel behind it.
    mutating func udp(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return .skip(.udp) }
        guard let tunnel = UDPTunnel(from: octets.big16(at), to: octets.big16(at + 2)) else { return .skip(.udp) }
        let length = Int(octets.big16(at + 4))
        if length >= 8 { limit(to: length) }
        at += 8
        isGuess = true
        switch tunnel {
        case .vxlan: return vxlan(octets, isGeneric: false)
        case .vxlanGPE: return vxlan(octets, isGeneric: true)
        case .geneve: return geneve(octets)
        case .gtp: return gtp(octets)
        case .l2tp: return l2tp(octets)
        case .teredo: return teredo(octets)
        case .lisp: return lisp(octets)
        case .mpls: return enter(.mplsInUDP, then: .mpls)
        case .gre: return .gre
        case .tzsp: return tzsp(octets)
        }
    }

    /// VXLAN (RFC 7348 section 5), and its generic extension (draft-ietf-nvo3-vxlan-gpe), whose P bit says that a next
    /// protocol is given.
    private mutating func vxlan(_ octets: Span<UInt8>, isGeneric: Bool) -> Layer {
        guard has(8) else { return shortLink(8) }
        let (flags, next) = (octets[at], octets[at + 3])
        guard flags & 0x08 != 0 else { return .skip(.udp) }
        let network = octets.big32(at + 4) >> 8
        let first: Layer = isGeneric && flags & 0x04 != 0 ? nextProtocol(next) : .ethernet
        return enter(.vxlan, network, then: skip(8, then: first))
    }

    /// GENEVE (RFC 8926 section 3.4).
    private mutating func geneve(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        guard octets[at] >> 6 == 0 else { return .skip(.udp) }
        let size = 8 + Int(octets[at] & 0x3f) * 4
        guard has(size) else { return shortLink(size) }
        let (type, network) = (octets.big16(at + 2), octets.big32(at + 4) >> 8)
        return enter(.geneve, network, then: skip(size, then: .etherType(type)))
    }

    /// GTP-U (3GPP TS 29.281 section 5): version 1, a G-PDU, with its chain of extension headers.
    private mutating func gtp(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let flags = octets[at]
        guard flags & 0xf0 == 0x30, octets[at + 1] == 255 else { return .skip(.udp) }
        limit(to: 8 + Int(octets.big16(at + 2)))
        at += 8
        if flags & 0x07 != 0 {
            guard has(4) else { return shortLink(4) }
            var next = flags & 0x04 != 0 ? octets[at + 3] : 0
            at += 4
            while next != 0 {
                guard has(1) else { return shortLink(1) }
                let size = Int(octets[at]) * 4
                guard size > 0 else { return .skip(.udp) }
                guard has(size) else { return shortLink(size) }
                next = octets[at + size - 1]
                at += size
            }
        }
        guard has(1) else { return shortLink(1) }
        let isInternet = octets[at] >> 4 == 4 || octets[at] >> 4 == 6
        return enter(.gtp, then: isInternet && !holdsEthernet(octets, at) ? .internet : .ethernet)
    }

    /// L2TP data: version 2 with PPP (RFC 2661 section 3.1), version 3 over UDP (RFC 3931 section 4.1.2.1).
    private mutating func l2tp(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let flags = octets.big16(at)
        guard flags & 0x8000 == 0 else { return .skip(.udp) }  // control
        if octets.big32(at) == 0x0003_0000 { return enter(.l2tp, then: skip(8, then: .pseudowire)) }
        guard flags & 0x0f == 2 else { return .skip(.udp) }
        if flags & 0x4000 != 0 {
            limit(to: Int(octets.big16(at + 2)))
            at += 2
        }
        at += 6
        if flags & 0x0800 != 0 { at += 4 }
        if flags & 0x0200 != 0 {
            guard has(2) else { return shortLink(2) }
            at += 2 + Int(octets.big16(at))
        }
        return enter(.l2tp, then: .ppp)
    }

    /// Teredo (RFC 4380 section 5.1.1): IPv6, with an authentication and an origin indication before it or not. The packet
    /// is in the datagram as a whole.
    private mutating func teredo(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        if octets.big16(at) == 1 { at += 13 + Int(octets[at + 2]) + Int(octets[at + 3]) }
        guard has(2) else { return shortLink(2) }
        if octets.big16(at) == 0 { at += 8 }
        guard has(6) else { return shortLink(6) }
        guard octets[at] >> 4 == 6, wireHas(40 + Int(octets.big16(at + 4))) else { return .skip(.udp) }
        return enter(.teredo, then: .ipv6)
    }

    /// LISP data (RFC 9300 section 5.3): eight octets, then IP.
    private mutating func lisp(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        return enter(.lisp, then: skip(8, then: .internet))
    }

    /// TZSP, a mirror over UDP: version, type, encapsulation, tagged fields up to tag 1.
    private mutating func tzsp(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        let encapsulation = octets.big16(at + 2)
        guard octets[at] == 1, octets[at + 1] <= 1 else { return .skip(.udp) }
        at += 4
        while has(1) {
            let tag = octets[at]
            at += 1
            switch tag {
            case 0: continue
            case 1:
                switch encapsulation {
                case 1: return enter(.tzsp, then: .ethernet)
                case 18: return enter(.tzsp, then: .ieee80211(isPadded: false))
                default: return .skip(.udp)
                }
            default:
                guard has(1) else { return shortLink(1) }
                at += 1 + Int(octets[at])
            }
        }
        return shortLink(1)
    }
}
