import CaptureModel

/// Walks through chunked content (RFC 9112 section 7.1): sizes, extensions, data, trailers. It keeps a few numbers, no
/// octets, and may be cut anywhere.
@usableFromInline
package struct ChunkedBody: Hashable, Sendable {
    private enum Place: UInt8, Hashable {
        case size
        case afterSize
        case data
        case dataEnd
        case trailerStart
        case trailerLine
        case over
    }

    private var place = Place.size
    /// Digits of the current size read so far.
    private var digits: UInt8 = 0
    /// The size of the chunk while it is read, then what is left of it.
    private var remaining = 0

    package init() {}

    /// Octets of the current chunk still due; 0 between chunks.
    package var remainingInChunk: Int { place == .data ? remaining : 0 }

    /// What one step met.
    package enum Step: Equatable {
        /// Content at this stretch; go on behind it.
        case content(Range<Int>)
        /// All octets are used up.
        case needMore
        /// The content and its trailers end before this index.
        case end(Int)
        /// No chunk size where one is due, at this index.
        case invalid(Int)
    }

    /// Goes on at `start` to the next thing to tell.
    package mutating func advance(_ octets: Span<UInt8>, from start: Int) -> Step {
        var at = start
        while at < octets.count {
            let octet = octets[at]
            switch place {
            case .size:
                if let digit = hexValue(octet) {
                    guard digits < 16, remaining <= Int.max >> 5 else { return .invalid(at) }
                    remaining = remaining << 4 | digit
                    digits += 1
                } else {
                    guard digits > 0 else { return .invalid(at) }
                    place = .afterSize
                    continue
                }
                at += 1
            case .afterSize:  // white space, extensions, CR: all up to the LF (RFC 9112 section 7.1.1)
                guard let lineFeed = octets.firstIndex(of: 0x0a, from: at) else { return .needMore }
                at = lineFeed + 1
                place = remaining == 0 ? .trailerStart : .data
            case .data:
                let end = at + min(remaining, octets.count - at)
                remaining -= end - at
                if remaining == 0 { place = .dataEnd }
                return .content(at..<end)
            case .dataEnd:
                guard octet == 0x0d || octet == 0x0a else { return .invalid(at) }
                at += 1
                if octet == 0x0a { startChunk() }
            case .trailerStart:
                at += 1
                if octet == 0x0a {
                    place = .over
                    return .end(at)
                }
                if octet != 0x0d { place = .trailerLine }
            case .trailerLine:
                guard let lineFeed = octets.firstIndex(of: 0x0a, from: at) else { return .needMore }
                at = lineFeed + 1
                place = .trailerStart
            case .over:
                return .end(at)
            }
        }
        return .needMore
    }

    /// Passes over `count` octets that the capture missed, if they lie inside the current chunk's data; otherwise the
    /// framing is lost, and false is returned.
    package mutating func skip(_ count: Int) -> Bool {
        guard place == .data, count <= remaining else { return false }
        remaining -= count
        if remaining == 0 { place = .dataEnd }
        return true
    }

    private mutating func startChunk() {
        place = .size
        digits = 0
        remaining = 0
    }

    private func hexValue(_ octet: UInt8) -> Int? {
        switch octet {
        case 0x30...0x39: Int(octet - 0x30)
        case 0x41...0x46: Int(octet - 0x37)
        case 0x61...0x66: Int(octet - 0x57)
        default: nil
        }
    }
}
