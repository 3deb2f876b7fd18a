import CaptureModel

/// What a fragment's IP header says of it.
struct Fragment {
    var identification: UInt32 = 0
    /// Where its octets stand in the datagram.
    var offset = 0
    /// No fragment follows.
    var isLast = true
    /// The protocol of the datagram's first octets.
    var next: UInt8 = 0
}

/// One IP datagram that fragments are put into.
///
/// Fragments come in any order. Where they overlap, the octets captured first stay. One that contradicts the length of
/// the datagram is not accepted.
struct FragmentedDatagram {
    /// As far as captured fragments reached; what is still missing between them is zero.
    private(set) var octets: [UInt8] = []
    /// The protocol that its octets begin with, from the first fragment.
    private(set) var next: UInt8 = 0
    /// Octets on the wire; -1 until the last fragment came.
    private(set) var length = -1
    /// One bit for each eight octets that are there. Offsets are multiples of eight, and only the last fragment's
    /// length may be another (RFC 791 section 3.2).
    private var present: [UInt64] = []
    private var presentBlocks = 0
    /// The end of the fragment that reaches farthest.
    private var reach = 0
    /// Where the first fragment that the capture cut ends; nothing is known beyond.
    private var cut = Int.max

    /// True when no octet is missing.
    var isComplete: Bool { length >= 0 && presentBlocks * 8 >= length }

    /// Octets of the complete datagram that the capture holds, from its beginning.
    var captured: Int { min(length, cut) }

    /// False for a fragment that, with `length` octets, does not fit with those before.
    func accepts(_ fragment: Fragment, length fragmentLength: Int) -> Bool {
        let end = fragment.offset + fragmentLength
        guard fragmentLength > 0, end <= 0xffff, fragment.isLast || fragmentLength % 8 == 0 else { return false }
        if length < 0 { return !fragment.isLast || end >= reach }
        return fragment.isLast ? end == length : end <= length
    }

    /// Makes room for octets up to `count`.
    mutating func grow(to count: Int) {
        octets += [UInt8](repeating: 0, count: max(0, count - octets.count))
    }

    /// Puts in an accepted fragment, for whose captured octets there is room: what no earlier one has brought is copied
    /// block by block, and noted as present as far as the wire had it.
    mutating func insert(_ fragment: Fragment, length fragmentLength: Int, _ source: Span<UInt8>, _ range: Range<Int>) {
        let end = fragment.offset + fragmentLength
        reach = max(reach, end)
        if fragment.isLast { length = end }
        if fragment.offset == 0 { next = fragment.next }
        if range.count < fragmentLength { cut = min(cut, fragment.offset + range.count) }
        let lastBlock = (end - 1) / 8
        present += [UInt64](repeating: 0, count: max(0, lastBlock / 64 + 1 - present.count))
        for block in fragment.offset / 8...lastBlock where present[block / 64] & 1 << UInt64(block % 64) == 0 {
            present[block / 64] |= 1 << UInt64(block % 64)
            presentBlocks += 1
            let start = block * 8 - fragment.offset
            for place in start..<max(start, min(start + 8, range.count)) {
                octets[fragment.offset + place] = source[range.lowerBound + place]
            }
        }
    }
}
