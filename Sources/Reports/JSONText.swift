import CaptureModel

/// Pieces of JSON (RFC 8259), without white space.
extension OctetBuffer {
    mutating func null() { literal("null") }

    mutating func boolean(_ value: Bool) {
        if value { literal("true") } else { literal("false") }
    }

    /// A text of our own, with wire octets escaped already, as a JSON string.
    mutating func jsonText(_ text: String) {
        append(UInt8(ascii: "\""))
        let octets = text.utf8.span
        if !appendPlain(octets, but: UInt8(ascii: "\"")) { jsonEscaped(octets) }
        append(UInt8(ascii: "\""))
    }

    /// Wire octets as a JSON string: first the escape that every format uses, then JSON's.
    mutating func jsonWire(_ wire: Span<UInt8>, lowerCase: Bool = false) {
        append(UInt8(ascii: "\""))
        if !appendPlain(wire, but: UInt8(ascii: "\""), lowerCase: lowerCase) {
            var text: [UInt8] = []
            if lowerCase {
                var folded: [UInt8] = []
                for at in wire.indices { folded.append(wire[at].lowerCased) }
                WireText.append(folded.span, to: &text)
            } else {
                WireText.append(wire, to: &text)
            }
            jsonEscaped(text.span)
        }
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

extension UInt8 {
    /// ASCII letters in lower case, everything else as it is.
    fileprivate var lowerCased: UInt8 { self >= 0x41 && self <= 0x5a ? self | 0x20 : self }
}
