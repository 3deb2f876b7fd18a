/// Where and how a text is no JSON.
package struct JSONFault: Error, Equatable {
    /// The octet, from 0.
    package var at: Int
    /// The end of a sentence.
    package var what: String
}

/// The words of JSON (RFC 8259), strictly: what the grammar does not allow is refused.
package struct JSONLexer {
    package let octets: [UInt8]
    /// The next octet.
    package private(set) var at = 0

    package init(_ octets: [UInt8]) {
        self.octets = octets
    }

    /// Whether nothing but white space is left.
    package var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == octets.count
        }
    }

    /// A number, or `null`, `true` or `false`, as it stands; `nil` where none of these begins.
    package mutating func word() -> String? {
        skipSpace()
        let start = at
        while at < octets.count, Self.isWordOctet(octets[at]) { at += 1 }
        let word = String(decoding: octets[start..<at], as: UTF8.self)
        return ["null", "true", "false"].contains(word) || Self.isNumber(octets[start..<at]) ? word : nil
    }

    /// A string; `nil` where none begins.
    package mutating func text() throws(JSONFault) -> String? {
        guard takes("\"") else { return nil }
        var text: [UInt8] = []
        while at < octets.count, octets[at] != UInt8(ascii: "\"") {
            let octet = octets[at]
            at += 1
            guard octet >= 0x20 else { throw fault("a control character stands in a text") }
            if octet == UInt8(ascii: "\\") {
                text += String(try escaped()).utf8
            } else {
                text.append(octet)
            }
        }
        guard takes("\"", afterSpace: false) else { throw fault("a text has no end") }
        guard let valid = String(validating: text, as: UTF8.self) else { throw fault("a text is no UTF-8") }
        return valid
    }

    /// What stands behind a backslash.
    private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
        guard at < octets.count else { throw fault("a text has no end") }
        defer { at += 1 }
        switch octets[at] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(octets[at])
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try unit()
            guard first & 0xfc00 == 0xd800 else { return try scalar(UInt32(first)) }
            guard octets.count - at > 2, octets[at + 1] == UInt8(ascii: "\\"), octets[at + 2] == UInt8(ascii: "u")
            else {
                throw fault("half a character is escaped in a text")
            }
            at += 2
            let second = try unit()
            guard second & 0xfc00 == 0xdc00 else { throw fault("half a character is escaped in a text") }
            return try scalar(0x10000 + UInt32(first & 0x3ff) << 10 + UInt32(second & 0x3ff))
        default: throw fault("an unknown escape stands in a text")
        }
    }

    /// The four hexadecimal digits behind a `u`; `at` moves to the last of them.
    private mutating func unit() throws(JSONFault) -> UInt16 {
        let digits = octets[min(at + 1, octets.count)..<min(at + 5, octets.count)]
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("\\u wants four hexadecimal digits") }
        at += 4
        return unit
    }

    private func scalar(_ value: UInt32) throws(JSONFault) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw fault("half a character is escaped in a text") }
        return scalar
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, as the grammar has it.
    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        func digits() -> Int {
            let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !leadsWithZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard digits() > 0 else { return false }
        }
        if let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func isWordOctet(_ octet: UInt8) -> Bool {
        octet >= 0x30 && octet <= 0x39 || octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7a || octet == UInt8(ascii: "-")
            || octet == UInt8(ascii: "+") || octet == UInt8(ascii: ".")
    }

    /// Whether this sign comes next, behind any white space unless that is not allowed; then it is passed over.
    package mutating func takes(_ sign: Unicode.Scalar, afterSpace: Bool = true) -> Bool {
        if afterSpace { skipSpace() }
        guard at < octets.count, octets[at] == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }

    /// Passes over white space.
    package mutating func skipSpace() {
        while at < octets.count, [0x20, 0x09, 0x0a, 0x0d].contains(octets[at]) { at += 1 }
    }

    /// What is wrong here.
    package func fault(_ what: String) -> JSONFault { JSONFault(at: at, what: what) }
}

extension JSONFault {
    /// The fault as a sentence, with the line where that says something.
    package func sentence(in octets: [UInt8]) -> String {
        at == 0 ? "\(what)." : "line \(octets.prefix(at).count { $0 == 0x0a } + 1): \(what)."
    }
}
