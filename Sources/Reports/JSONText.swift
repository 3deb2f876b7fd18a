import CaptureModel

/// Pieces of JSON (RFC 8259), without white space. Objects are written with `open`, `key` and `close`; the caller sees
/// to it that they match.
extension [UInt8] {
    /// `{"name":`, the first key of an object.
    mutating func open(_ name: StaticString) {
        literal("{\"")
        literal(name)
        literal("\":")
    }

    /// `,"name":`, any later key.
    mutating func key(_ name: StaticString) {
        literal(",\"")
        literal(name)
        literal("\":")
    }

    /// `}`.
    mutating func close() { append(UInt8(ascii: "}")) }

    mutating func null() { literal("null") }

    mutating func boolean(_ value: Bool) {
        if value { literal("true") } else { literal("false") }
    }

    /// A text of our own, with wire octets escaped already, as a JSON string.
    mutating func jsonText(_ text: String) {
        append(UInt8(ascii: "\""))
        jsonEscaped(text.utf8.span)
        append(UInt8(ascii: "\""))
    }

    /// Wire octets as a JSON string: first the escape that every format uses, then JSON's.
    mutating func jsonWire(_ wire: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        if wire.isPlain {
            octets(wire)
        } else {
            var text: [UInt8] = []
            WireText.append(wire, to: &text)
            jsonEscaped(text.span)
        }
        append(UInt8(ascii: "\""))
    }

    /// A field name as a JSON string: in lower case, escaped like every text of the wire.
    mutating func jsonFieldName(_ name: Span<UInt8>) {
        guard name.isPlain else {
            var folded: [UInt8] = []
            for at in name.indices { folded.append(name[at].lowerCased) }
            return jsonWire(folded.span)
        }
        append(UInt8(ascii: "\""))
        for at in name.indices { append(name[at].lowerCased) }
        append(UInt8(ascii: "\""))
    }

    /// UTF-8 with the escapes that a JSON string needs.
    private mutating func jsonEscaped(_ text: Span<UInt8>) {
        for at in text.indices {
            switch text[at] {
            case UInt8(ascii: "\""): literal("\\\"")
            case UInt8(ascii: "\\"): literal("\\\\")
            case 0..<0x20, 0x7f:
                literal("\\u00")
                append(hexDigit(text[at] >> 4))
                append(hexDigit(text[at] & 15))
            default: append(text[at])
            }
        }
    }

    private func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension Span<UInt8> {
    /// Whether these octets are their own escaped form, in `WireText` and in JSON: printable ASCII but `\` and `"`.
    var isPlain: Bool {
        for at in indices {
            let octet = self[at]
            if octet &- 0x20 >= 0x5f || octet == UInt8(ascii: "\\") || octet == UInt8(ascii: "\"") { return false }
        }
        return true
    }
}

extension UInt8 {
    /// ASCII letters in lower case, everything else as it is.
    var lowerCased: UInt8 { self >= 0x41 && self <= 0x5a ? self | 0x20 : self }
}
