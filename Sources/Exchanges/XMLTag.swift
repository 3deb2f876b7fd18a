import CaptureModel

/// A tag of XML: its local name, without the namespace's prefix. Comments and CDATA sections are not told apart from
/// markup, and namespaces are not resolved: enough to notice elements, not to parse documents.
struct XMLTag: Sendable {
    /// The octets of the local name.
    var name: Range<Int>
    /// `</name>`.
    var isEnd: Bool
}

extension Span<UInt8> {
    /// The first tag at or after `place`, which is within `0...count`.
    func nextTag(from place: Int) -> XMLTag? {
        var place = place
        while let open = firstIndex(of: UInt8(ascii: "<"), from: place) {
            place = open + 1
            let isEnd = place < count && self[place] == UInt8(ascii: "/")
            if isEnd { place += 1 }
            var name = place
            var end = endOfName(from: place)
            if end < count, self[end] == UInt8(ascii: ":") {
                name = end + 1
                end = endOfName(from: name)
            }
            if end > name { return XMLTag(name: name..<end, isEnd: isEnd) }
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

    private func isNameOctet(_ octet: UInt8) -> Bool {
        octet >= 0x80 || octet >= 0x30 && octet <= 0x39 || octet >= 0x41 && octet <= 0x5a
            || octet >= 0x61 && octet <= 0x7a || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            || octet == UInt8(ascii: ".")
    }
}
