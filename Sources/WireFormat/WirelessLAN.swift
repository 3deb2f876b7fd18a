import CaptureModel

/// IEEE 802.11 data frames, and the headers that drivers put before them.
extension Cursor {
    /// Radiotap (radiotap.org): of its fields only the flags matter, which stand behind one or more words that say
    /// which fields are present and behind the time stamp, aligned to its eight octets.
    mutating func radiotap(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let size = Int(octets.little16(at + 2))
        guard octets[at] == 0, size >= 8 else { return .skip(.malformedLink) }
        guard has(size) else { return shortLink(size) }
        let present = octets.little32(at + 4)
        guard present & 0x2 != 0 else { return skip(size, then: .ieee80211(isPadded: false)) }
        var place = 8
        var word = present
        while word & 0x8000_0000 != 0 {
            guard place + 4 <= size else { return .skip(.malformedLink) }
            word = octets.little32(at + place)
            place += 4
        }
        if present & 0x1 != 0 { place = (place + 7) & ~7 + 8 }
        guard place < size else { return .skip(.malformedLink) }
        let flags = octets[at + place]
        if flags & 0x40 != 0 { return .skip(.ieee80211BadFCS) }
        return skip(size, then: .ieee80211(isPadded: flags & 0x20 != 0))
    }

    /// AVS, whose magic and length are in network order, or Prism, whose are in the capturing host's: both stand on
    /// LINKTYPE_IEEE802_11_PRISM, and the length tells the order.
    mutating func wirelessMonitor(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let isAVS = octets.big32(at) & 0xffff_f000 == 0x8021_1000
        let little = octets.little32(at + 4)
        let size = Int(isAVS || little > 0xffff ? octets.big32(at + 4) : little)
        guard size >= 8, size <= 0xffff else { return .skip(.malformedLink) }
        return has(size) ? skip(size, then: .ieee80211(isPadded: false)) : shortLink(size)
    }

    /// Per-Packet Information: version, flags, length, then the link type of what follows, all little-endian.
    mutating func perPacketInformation(_ octets: Span<UInt8>) -> Layer {
        guard has(8) else { return shortLink(8) }
        let (size, type) = (Int(octets.little16(at + 2)), octets.little32(at + 4))
        guard size >= 8 else { return .skip(.malformedLink) }
        guard has(size) else { return shortLink(size) }
        return skip(size, then: .link(LinkType(rawValue: UInt16(clamping: type))))
    }

    /// An IEEE 802.11 header (section 9.3.2): a data frame's has three or four addresses, and more for quality of
    /// service. `isPadded` says that it was filled up to a multiple of four octets.
    mutating func ieee80211(_ octets: Span<UInt8>, isPadded: Bool) -> Layer {
        guard has(2) else { return shortLink(2) }
        let (kind, flags) = (octets[at], octets[at + 1])
        guard kind & 0x0f == 0x08, kind & 0x40 == 0 else { return .skip(.ieee80211NoData) }
        if flags & 0x40 != 0 { return .skip(.ieee80211Protected) }
        let hasQuality = kind & 0x80 != 0
        var size = flags & 0x03 == 0x03 ? 30 : 24
        let qualityAt = at + size
        if hasQuality { size += flags & 0x80 != 0 ? 6 : 2 }  // with or without HT control
        guard has(size) else { return shortLink(size) }
        guard flags & 0x04 == 0, octets[at + 22] & 0x0f == 0 else { return .skip(.ieee80211Fragment) }
        let isAggregate = hasQuality && octets[qualityAt] & 0x80 != 0
        if isPadded { size = (size + 3) & ~3 }
        guard has(size) else { return shortLink(size) }
        return skip(size, then: isAggregate ? .aggregate : .llc)
    }

    /// Takes the next frame out of an aggregate (A-MSDU, section 9.3.2.2): two addresses, a length, LLC, and padding to
    /// a multiple of four. Nil at the end.
    @usableFromInline
    mutating func nextSubframe(_ octets: Span<UInt8>) -> Cursor? {
        guard has(14) else { return nil }
        var subframe = self
        let length = Int(octets.big16(at + 12))
        subframe.at += 14
        subframe.limit(to: length)
        at += (14 + length + 3) & ~3
        return subframe
    }
}
