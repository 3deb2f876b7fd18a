import CaptureModel

/// Start tags of XML, by their local names: the namespace's prefix is left aside. Comments and CDATA sections are not
/// told apart from markup, and namespaces are not resolved: enough to notice elements, not to parse documents.
extension Span<UInt8> {
    /// The local name in the first start tag at or after `place`, which is within `0...count`; never empty.
    func nextStartTag(from place: Int) -> Range<Int>? {
        var place = place
        while let open = firstIndex(of: UInt8(ascii: "<"), from: place) {
            place = open + 1  // an end tag has no name octet here
            var name = place
            var end = endOfName(from: place)
            if end < count, self[end] == UInt8(ascii: ":") {
                name = end + 1
                end = endOfName(from: name)
            }
            if end > name { return name..<end }
        }
        return nil
    }

    /// Whether the octets of `name` are `text`, letter case kept.
    func isTag(_ name: Range<Int>, _ text: StaticString) -> Bool {
        name.count == text.utf8CodeUnitCount && hasPrefix(text, at: name.lowerBound)
    }

    /// The text between the tag whose name ends at `place` and the next markup, without white space around it; `nil`
    /// where either is not there.
    func textOfElement(from place: Int) -> Range<Int>? {
        guard let close = firstIndex(of: UInt8(ascii: ">"), from: place), self[close - 1] != UInt8(ascii: "/"),
            let next = firstIndex(of: UInt8(ascii: "<"), from: close)
        else { return nil }
        var (start, end) = (close + 1, next)
        while start < end, isSpace(self[start]) { start += 1 }
        while end > start, isSpace(self[end - 1]) { end -= 1 }
        return start..<end
    }

    private func endOfName(from place: Int) -> Int {
        var end = place
        while end < count, isNameOctet(self[end]) { end += 1 }
        return end
    }

    private func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d || octet == 0x0a }

    /// Letters, digits, `-`, `_`, `.`, and all beyond ASCII: a bit for each of the first 128 octets.
    @inline(__always)
    private func isNameOctet(_ octet: UInt8) -> Bool {
        let (low, high): (UInt64, UInt64) = (0x03ff_6000_0000_0000, 0x07ff_fffe_87ff_fffe)
        return octet >= 0x80 || (octet < 0x40 ? low : high) &>> UInt64(octet & 0x3f) & 1 != 0
    }
}
