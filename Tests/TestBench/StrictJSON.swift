/// A strict reader of JSON (RFC 8259): everything that the grammar does not allow is an error, doubled names included.
package indirect enum JSON: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// Where the grammar was broken: an octet of the text, from 0.
    package struct Malformed: Error {
        package var at: Int
    }

    /// A member of an object; `nil` where there is none.
    package subscript(_ key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// An item of an array; `nil` where there is none.
    package subscript(_ index: Int) -> JSON? {
        guard case .array(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// The text of a string; `nil` for other values.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The items of an array; none for other values.
    package var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    /// The whole number that this is; `nil` for other values.
    package var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// Reads one value; white space may stand around it.
    package static func parse(_ text: String) throws -> JSON {
        var reader = Reader(octets: Array(text.utf8))
        let value = try reader.value()
        reader.skipBlanks()
        guard reader.at == reader.octets.count else { throw Malformed(at: reader.at) }
        return value
    }

    private struct Reader {
        let octets: [UInt8]
        var at = 0

        var next: UInt8? { at < octets.count ? octets[at] : nil }

        mutating func skipBlanks() {
            while let next, [0x20, 0x09, 0x0a, 0x0d].contains(next) { at += 1 }
        }

        mutating func take(_ text: String) throws {
            for octet in text.utf8 {
                guard next == octet else { throw Malformed(at: at) }
                at += 1
            }
        }

        mutating func value() throws -> JSON {
            skipBlanks()
            switch next {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["): return try array()
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"):
                try take("true")
                return .bool(true)
            case UInt8(ascii: "f"):
                try take("false")
                return .bool(false)
            case UInt8(ascii: "n"):
                try take("null")
                return .null
            default: return .number(try number())
            }
        }

        mutating func object() throws -> JSON {
            var members: [String: JSON] = [:]
            try take("{")
            skipBlanks()
            if next == UInt8(ascii: "}") {
                at += 1
                return .object(members)
            }
            while true {
                skipBlanks()
                let name = try string()
                skipBlanks()
                try take(":")
                guard members.updateValue(try value(), forKey: name) == nil else { throw Malformed(at: at) }
                skipBlanks()
                if next == UInt8(ascii: ",") {
                    at += 1
                } else {
                    try take("}")
                    return .object(members)
                }
            }
        }

        mutating func array() throws -> JSON {
            var items: [JSON] = []
            try take("[")
            skipBlanks()
            if next == UInt8(ascii: "]") {
                at += 1
                return .array(items)
            }
            while true {
                items.append(try value())
                skipBlanks()
                if next == UInt8(ascii: ",") {
                    at += 1
                } else {
                    try take("]")
                    return .array(items)
                }
            }
        }

        mutating func string() throws -> String {
            try take("\"")
            var text: [UInt8] = []
            while let octet = next {
                at += 1
                switch octet {
                case UInt8(ascii: "\""):
                    guard let string = String(validating: text, as: UTF8.self) else { throw Malformed(at: at) }
                    return string
                case 0..<0x20: throw Malformed(at: at)
                case UInt8(ascii: "\\"):
                    guard let escape = next else { throw Malformed(at: at) }
                    at += 1
                    switch escape {
                    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
                    case UInt8(ascii: "u"):
                        guard at + 4 <= octets.count,
                            let value = UInt32(String(decoding: octets[at..<at + 4], as: UTF8.self), radix: 16),
                            let scalar = Unicode.Scalar(value)
                        else { throw Malformed(at: at) }
                        at += 4
                        text += Array(String(scalar).utf8)
                    default: throw Malformed(at: at)
                    }
                default: text.append(octet)
                }
            }
            throw Malformed(at: at)
        }

        mutating func number() throws -> String {
            let start = at
            if next == UInt8(ascii: "-") { at += 1 }
            let whole = try digits()
            if whole > 1, octets[at - whole] == UInt8(ascii: "0") { throw Malformed(at: at) }
            if next == UInt8(ascii: ".") {
                at += 1
                _ = try digits()
            }
            return String(decoding: octets[start..<at], as: UTF8.self)
        }

        mutating func digits() throws -> Int {
            let start = at
            while let next, 0x30...0x39 ~= next { at += 1 }
            guard at > start else { throw Malformed(at: at) }
            return at - start
        }
    }
}
