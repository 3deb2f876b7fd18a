/// A value of JSON (RFC 8259).
package enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// As it stands, so that no digit is lost.
    case number(String)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// How deep values may stand in each other: what is read here has a few levels.
    private static let deepest = 64

    /// Reads one value, around which only white space may stand.
    package init(_ octets: [UInt8]) throws(JSONFault) {
        var lexer = JSONLexer(octets)
        self = try JSONValue.value(&lexer, depth: 0)
        guard lexer.isAtEnd else { throw lexer.fault("there is more behind the value") }
    }

    private static func value(_ lexer: inout JSONLexer, depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < deepest else { throw lexer.fault("it is nested too deeply") }
        if let text = try lexer.text() { return .text(text) }
        if lexer.takes("[") {
            var items: [JSONValue] = []
            if lexer.takes("]") { return .array(items) }
            repeat { items.append(try value(&lexer, depth: depth + 1)) } while lexer.takes(",")
            guard lexer.takes("]") else { throw lexer.fault("a comma or the end of an array is missing") }
            return .array(items)
        }
        if lexer.takes("{") {
            var members: [String: JSONValue] = [:]
            if lexer.takes("}") { return .object(members) }
            repeat {
                guard let name = try lexer.text() else { throw lexer.fault("a name in quotation marks is missing") }
                guard lexer.takes(":") else { throw lexer.fault("a colon is missing behind \"\(name)\"") }
                guard members.updateValue(try value(&lexer, depth: depth + 1), forKey: name) == nil else {
                    throw lexer.fault("\"\(name)\" stands twice")
                }
            } while lexer.takes(",")
            guard lexer.takes("}") else { throw lexer.fault("a comma or the end of an object is missing") }
            return .object(members)
        }
        switch lexer.word() {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case let number?: return .number(number)
        case nil: throw lexer.fault("a value is missing")
        }
    }

    /// A member of an object; `nil` where there is none.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The items of an array; `nil` for other values.
    package var items: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// The text of a string; `nil` for other values.
    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The whole number that it is; `nil` for other values.
    package var integer: Int? {
        guard case .number(let number) = self else { return nil }
        return Int(number)
    }
}
