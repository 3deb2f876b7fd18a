/// Octets of the wire as text that is safe anywhere: printable text stands as it is, every other octet as `\xNN`, and
/// `\` as `\\`. So the text is valid UTF-8, carries no control character and no invisible one, and can be turned back
/// into the octets (`report.md`, "Conventions").
package enum WireText {
    /// Appends `octets` escaped to `text`.
    package static func append(_ octets: Span<UInt8>, to text: inout [UInt8]) {
        var at = 0
        while at < octets.count {
            let plain = octets.plainRun(from: at)
            if plain > at {
                text.append(octets.extracting(at..<plain))
                at = plain
                continue
            }
            let octet = octets[at]
            if octet == UInt8(ascii: "\\") {
                text.append(octet)
                text.append(octet)
                at += 1
                continue
            }
            let length = octet < 0x80 ? 0 : printableScalarLength(octets, at)
            if length > 0 {
                for place in at..<at + length { text.append(octets[place]) }
                at += length
            } else {
                text.append(UInt8(ascii: "\\"))
                text.append(UInt8(ascii: "x"))
                text.append(hexDigit(octet >> 4))
                text.append(hexDigit(octet & 15))
                at += 1
            }
        }
    }

    /// The escaped text as a string.
    package static func string(_ octets: Span<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(octets.count + octets.count / 8)
        append(octets, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The octets of a well-formed UTF-8 sequence (RFC 3629) at `at` that stands for a printable scalar; 0 for none.
    private static func printableScalarLength(_ octets: Span<UInt8>, _ at: Int) -> Int {
        let lead = octets[at]
        let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
        guard lead >= 0xc2, lead <= 0xf4, at + length <= octets.count else { return 0 }
        var scalar = UInt32(lead) & (0x7f >> UInt32(length))
        for place in at + 1..<at + length {
            guard octets[place] & 0xc0 == 0x80 else { return 0 }
            scalar = scalar << 6 | UInt32(octets[place] & 0x3f)
        }
        let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard scalar >= smallest, let value = Unicode.Scalar(scalar) else { return 0 }
        return isPrintable(value) ? length : 0
    }

    /// No control, format (bidirectional overrides among them), surrogate, private-use or unassigned scalar, and no
    /// white space but the ASCII space: nothing that moves a cursor, hides text or turns its direction.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default:
            true
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension Span<UInt8> {
    /// The end of the octets from `start` on that stand for themselves: printable ASCII but `\`.
    fileprivate func plainRun(from start: Int) -> Int {
        var end = start
        while end < count, self[end] >= 0x20, self[end] < 0x7f, self[end] != UInt8(ascii: "\\") { end += 1 }
        return end
    }
}
