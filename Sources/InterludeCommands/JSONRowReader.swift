import Reports

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
    private var lexer: JSONLexer
    /// Where the reader is, from 1; 0 before the first row.
    private var row = 0

    typealias Problem = TimeoutFile.Problem

    init(_ octets: [UInt8]) {
        lexer = JSONLexer(octets)
    }

    /// All rows, each with its columns by name.
    mutating func rows() throws(Problem) -> [[String: JSONScalar]] {
        var rows: [[String: JSONScalar]] = []
        guard lexer.takes("[") else { throw Problem("it is no JSON array of rows") }
        if !lexer.takes("]") {
            repeat {
                row += 1
                rows.append(try object())
            } while lexer.takes(",")
            guard lexer.takes("]") else { throw problem("a comma or the end of the array is missing behind it") }
        }
        guard lexer.isAtEnd else { throw Problem("there is more behind the array") }
        return rows
    }

    private mutating func object() throws(Problem) -> [String: JSONScalar] {
        guard lexer.takes("{") else { throw problem("it is no object") }
        var columns: [String: JSONScalar] = [:]
        if lexer.takes("}") { return columns }
        repeat {
            guard let name = try text() else { throw problem("a name in quotation marks is missing") }
            guard lexer.takes(":") else { throw problem(name, "a colon is missing behind the name") }
            guard columns.updateValue(try scalar(of: name), forKey: name) == nil else {
                throw problem(name, "stands twice")
            }
        } while lexer.takes(",")
        guard lexer.takes("}") else { throw problem("a comma or the end of the object is missing") }
        return columns
    }

    private mutating func scalar(of name: String) throws(Problem) -> JSONScalar {
        if let text = try text() { return .text(text) }
        switch lexer.word() {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case let word:
            guard let number = word.flatMap(Double.init) else {
                throw problem(name, "a text, a number, true, false or null is wanted")
            }
            return .number(number)
        }
    }

    /// A string; `nil` where none begins.
    private mutating func text() throws(Problem) -> String? {
        do throws(JSONFault) { return try lexer.text() } catch { throw problem(error.what) }
    }

    private func problem(_ what: String) -> Problem {
        Problem(row == 0 ? what : "row \(row): \(what)")
    }

    private func problem(_ name: String, _ what: String) -> Problem {
        Problem("row \(row), \(name): \(what)")
    }
}
