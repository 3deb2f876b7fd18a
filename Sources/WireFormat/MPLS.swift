import CaptureModel

/// MPLS, and guesses at what an envelope holds that does not say it.
extension Cursor {
    /// A stack of MPLS labels (RFC 3032). Nothing in it says what it carries: IP shows in the first nibble, which a
    /// pseudowire's control word keeps at 0 (RFC 4385 section 3); a pseudowire without one begins with an address.
    mutating func mpls(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        let isLast = octets[at + 2] & 1 == 1
        guard isLast else { return skip(4, then: .mpls) }
        at += 4
        guard has(1) else { return shortLink(1) }
        if holdsInternet(octets, at) { return .internet }
        guard has(22) else { return octets[at] >> 4 == 4 || octets[at] >> 4 == 6 ? .internet : shortLink(22) }
        if octets[at] >> 4 == 0, holdsEthernet(octets, at + 4) { return skip(4, then: .ethernet) }
        if holdsEthernet(octets, at) { return .ethernet }
        return octets[at] >> 4 == 4 || octets[at] >> 4 == 6 ? .internet : .skip(.otherEtherType)
    }

    /// The payload of an L2TPv3 session (RFC 3931 section 4.1): a cookie of 0, 4 or 8 octets and a sublayer of 0 or 4,
    /// as the two ends agreed; so what makes sense is taken.
    mutating func pseudowire(_ octets: Span<UInt8>) -> Layer {
        guard has(30) else { return shortLink(30) }
        for offset in [0, 4, 8, 12] where holdsEthernet(octets, at + offset) { return skip(offset, then: .ethernet) }
        for offset in [0, 4, 8, 12] where [0xff03_0021, 0xff03_0057].contains(octets.big32(at + offset)) {
            return skip(offset, then: .ppp)
        }
        for offset in [0, 4, 8, 12] where holdsInternet(octets, at + offset) { return skip(offset, then: .internet) }
        return .skip(.otherEtherType)
    }

    /// True when the octets at `place` are an IP header whose length fits.
    func holdsInternet(_ octets: Span<UInt8>, _ place: Int) -> Bool {
        guard end - place >= 20 else { return false }
        switch octets[place] >> 4 {
        case 4:
            let (header, total) = (Int(octets[place] & 15) * 4, Int(octets.big16(place + 2)))
            return header >= 20 && (total == 0 || total >= header && total <= wireEnd - place)
        case 6: return Int(octets.big16(place + 4)) + 40 <= wireEnd - place
        default: return false
        }
    }

    /// True when the octets at `place` are an Ethernet header with a type that pseudowires really carry.
    func holdsEthernet(_ octets: Span<UInt8>, _ place: Int) -> Bool {
        var place = place + 12
        for _ in 0..<4 {
            guard end - place >= 3 else { return false }
            switch octets.big16(place) {
            case 0x8100, 0x88a8, 0x9100: place += 4
            case 0x0800: return octets[place + 2] >> 4 == 4
            case 0x86dd: return octets[place + 2] >> 4 == 6
            case 0x0806, 0x8847, 0x8848, 0x8863, 0x8864, 0x88cc, 0x88e7: return true
            default: return false
            }
        }
        return false
    }
}
