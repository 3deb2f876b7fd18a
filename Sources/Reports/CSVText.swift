import CaptureModel

/// Cells of CSV (RFC 4180) with foreign text in them. Numbers need none of this.
extension OctetBuffer {
    /// Wire octets as a cell: escaped, defused, quoted where need be.
    mutating func csvWire(_ wire: Span<UInt8>) {
        if !wire.looksLikeFormula, appendPlain(wire, but: UInt8(ascii: ",")) { return }
        var text: [UInt8] = []
        WireText.append(wire, to: &text)
        csvEscaped(text.span)
    }

    /// A text of our own, with wire octets escaped already, as a cell.
    mutating func csvText(_ text: String) {
        let octets = text.utf8.span
        if !octets.looksLikeFormula, appendPlain(octets, but: UInt8(ascii: ",")) { return }
        csvEscaped(octets)
    }

    /// A spreadsheet runs what looks like a formula to it, so an apostrophe goes before such a text; and before a text
    /// that begins with an apostrophe itself, so that dropping the first one always gives the text back.
    private mutating func csvEscaped(_ text: Span<UInt8>) {
        let defused = text.looksLikeFormula
        var quoted = false
        for at in text.indices where text[at].needsQuotes { quoted = true }
        if quoted { append(UInt8(ascii: "\"")) }
        if defused { append(UInt8(ascii: "'")) }
        for at in text.indices {
            if text[at] == UInt8(ascii: "\"") { append(text[at]) }
            append(text[at])
        }
        if quoted { append(UInt8(ascii: "\"")) }
    }
}

extension UInt8 {
    /// RFC 4180 section 2: a cell with one of these stands in quotes.
    fileprivate var needsQuotes: Bool {
        self == UInt8(ascii: ",") || self == UInt8(ascii: "\"") || self == 0x0d || self == 0x0a
    }

    fileprivate var startsFormula: Bool {
        switch self {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"), 0x09, 0x0d:
            true
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Whether a spreadsheet would take the text for a formula: by its first character, the full-width forms of
    /// `=`, `+`, `-` and `@` (U+FF1D, FF0B, FF0D, FF20) among them.
    fileprivate var looksLikeFormula: Bool {
        guard count > 0 else { return false }
        if self[0].startsFormula { return true }
        guard count >= 3, self[0] == 0xef, self[1] == 0xbc else { return false }
        return self[2] == 0x9d || self[2] == 0x8b || self[2] == 0x8d || self[2] == 0xa0
    }
}
