/// Text of XML 1.0 (fifth edition).
extension OctetBuffer {
    /// A text of our own, with wire octets escaped already, as character data or between the quotes of an attribute.
    /// What XML cannot hold (section 2.2, `Char`) becomes U+FFFD; in an attribute, line ends and tabs become blanks,
    /// which is what a reader makes of them (section 3.3.3).
    mutating func xml(_ text: String, isAttribute: Bool = false) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": literal("&amp;")
            case "<": literal("&lt;")
            case ">": literal("&gt;")
            case "\"": literal("&quot;")
            case "\n", "\t":
                if isAttribute { append(UInt8(ascii: " ")) } else { append(UInt8(truncatingIfNeeded: scalar.value)) }
            case "\u{20}"..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}":
                for octet in String(scalar).utf8 { append(octet) }
            default: literal("\u{fffd}")
            }
        }
    }

    /// ` name="text"`.
    mutating func attribute(_ name: StaticString, _ text: String) {
        append(UInt8(ascii: " "))
        literal(name)
        literal("=\"")
        xml(text, isAttribute: true)
        append(UInt8(ascii: "\""))
    }
}
