/// A value that a column may have.
enum JSONScalar: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
}

/// Reads JSON (RFC 8259) of one form: an array of objects whose values are scalars. Strict: what the grammar does not
/// allow is refused, a name that stands twice in an object as well; and told by row and field.
struct JSONRowReader {
    private let octets: [UInt8]
    private var at = 0
    /// Where the reader is, from 1; 0 before the first row.
    private var row = 0

    typealias Problem = TimeoutFile.Problem

    init(_ octets: [UInt8]) {
        self.octets = octets
    }

    /// All rows, each with its columns by name.
    mutating func rows() throws(Problem) -> [[String: JSONScalar]] {
        var rows: [[String: JSONScalar]] = []
        guard takes("[") else { throw Problem("it is no JSON array of rows") }
        if !takes("]") {
            repeat {
                row += 1
                rows.append(try object())
            } while takes(",")
            guard takes("]") else { throw problem("a comma or the end of the array is missing behind it") }
        }
        skipSpace()
        guard at == octets.count else { throw Problem("there is more behind the array") }
        return rows
    }

    private mutating func object() throws(Problem) -> [String: JSONScalar] {
        guard takes("{") else { throw problem("it is no object") }
        var columns: [String: JSONScalar] = [:]
        if takes("}") { return columns }
        repeat {
            guard let name = try text() else { throw problem("a name in quotation marks is missing") }
            guard takes(":") else { throw problem(name, "a colon is missing behind the name") }
            guard columns.updateValue(try scalar(of: name), forKey: name) == nil else {
                throw problem(name, "stands twice")
            }
        } while takes(",")
        guard takes("}") else { throw problem("a comma or the end of the object is missing") }
        return columns
    }

    private mutating func scalar(of name: String) throws(Problem) -> JSONScalar {
        if let text = try text() { return .text(text) }
        let start = at
        while at < octets.count, isWordOctet(octets[at]) { at += 1 }
        let word = String(decoding: octets[start..<at], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            guard isNumber(octets[start..<at]), let number = Double(word) else {
                throw problem(name, "a text, a number, true, false or null is wanted")
            }
            return .number(number)
        }
    }

    /// A string; `nil` where none begins.
    private mutating func text() throws(Problem) -> String? {
        guard takes("\"") else { return nil }
        var text: [UInt8] = []
        while at < octets.count, octets[at] != UInt8(ascii: "\"") {
            let octet = octets[at]
            at += 1
            guard octet >= 0x20 else { throw problem("a control character stands in a text") }
            if octet == UInt8(ascii: "\\") {
                text += String(try escaped()).utf8
            } else {
                text.append(octet)
            }
        }
        guard takes("\"", afterSpace: false) else { throw problem("a text has no end") }
        guard let valid = String(validating: text, as: UTF8.self) else { throw problem("a text is no UTF-8") }
        return valid
    }

    /// What stands behind a backslash.
    private mutating func escaped() throws(Problem) -> Unicode.Scalar {
        guard at < octets.count else { throw problem("a text has no end") }
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
                throw problem("half a character is escaped in a text")
            }
            at += 2
            let second = try unit()
            guard second & 0xfc00 == 0xdc00 else { throw problem("half a character is escaped in a text") }
            return try scalar(0x10000 + UInt32(first & 0x3ff) << 10 + UInt32(second & 0x3ff))
        default: throw problem("an unknown escape stands in a text")
        }
    }

    /// The four hexadecimal digits behind a `u`; `at` moves to the last of them.
    private mutating func unit() throws(Problem) -> UInt16 {
        let digits = octets[min(at + 1, octets.count)..<min(at + 5, octets.count)]
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("\\u wants four hexadecimal digits") }
        at += 4
        return unit
    }

    private func scalar(_ value: UInt32) throws(Problem) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw problem("half a character is escaped in a text") }
        return scalar
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, as the grammar has it.
    private func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
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

    private func isWordOctet(_ octet: UInt8) -> Bool {
        octet >= 0x30 && octet <= 0x39 || octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7a || octet == UInt8(ascii: "-")
            || octet == UInt8(ascii: "+") || octet == UInt8(ascii: ".")
    }

    /// Whether this sign comes next, white space apart; then it is passed over.
    private mutating func takes(_ sign: Unicode.Scalar, afterSpace: Bool = true) -> Bool {
        if afterSpace { skipSpace() }
        guard at < octets.count, octets[at] == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < octets.count, [0x20, 0x09, 0x0a, 0x0d].contains(octets[at]) { at += 1 }
    }

    private func problem(_ what: String) -> Problem {
        Problem(row == 0 ? what : "row \(row): \(what)")
    }

    private func problem(_ name: String, _ what: String) -> Problem {
        Problem("row \(row), \(name): \(what)")
    }
}
