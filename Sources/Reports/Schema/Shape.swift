/// What a value of a report may be: written as JSON Schema (draft 2020-12).
indirect enum Shape: Sendable {
    /// A text.
    case text
    /// A text that matches a pattern (ECMA-262).
    case pattern(StaticString)
    /// One of some words.
    case choice([String])
    /// A whole number, from 0 on unless said otherwise.
    case count
    case natural
    /// Milliseconds, which may lie before the moment that they are counted from.
    case milliseconds
    case boolean
    case list(Shape)
    /// A list of exactly these.
    case tuple([Shape])
    /// An object of counts whose names are not known beforehand.
    case counts
    /// An object with exactly these members.
    case object([Member])
    /// A shape of the schema's `$defs`.
    case reference(String)
    /// `null`, or something.
    case optional(Shape)

    /// RFC 3339 in UTC with nine decimals.
    static let time = pattern(#"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$"#)
    /// A connection's number, and that of an exchange on it.
    static let identity = pattern(#"^[1-9]\d*\.[1-9]\d*$"#)
}

/// A member of an object.
struct Member: Sendable {
    let name: String
    let shape: Shape
    /// Whether it is always there; `null` says then that it is not known.
    private(set) var isRequired = true
    /// What it says; empty where the name and the shape say it.
    let doc: String

    init(_ name: String, _ shape: Shape, _ doc: String = "") {
        (self.name, self.shape, self.doc) = (name, shape, doc)
    }

    /// The same member of an object that may lack it.
    var whereKnown: Member {
        var member = self
        member.isRequired = false
        return member
    }

    /// A member that says what a column of the same table says.
    init(_ name: String, _ shape: Shape, column: String, of table: ReportTable) {
        self.init(name, shape, table.columns.first { $0.name == column }?.doc ?? "")
    }
}

extension OctetBuffer {
    /// A shape as JSON Schema.
    mutating func schema(_ shape: Shape, doc: String = "") {
        append(UInt8(ascii: "{"))
        switch shape {
        case .text: literal(#""type":"string""#)
        case .pattern(let pattern):
            literal(#""type":"string","pattern":"#)
            jsonText("\(pattern)")
        case .choice(let words):
            literal(#""enum":"#)
            array(words) { $1.jsonText($0) }
        case .count: literal(#""type":"integer","minimum":0"#)
        case .natural: literal(#""type":"integer","minimum":1"#)
        case .milliseconds: literal(#""type":"number""#)
        case .boolean: literal(#""type":"boolean""#)
        case .list(let item):
            literal(#""type":"array","items":"#)
            schema(item)
        case .tuple(let items):
            literal(#""type":"array","items":false,"minItems":"#)
            decimal(items.count)
            literal(#","prefixItems":"#)
            array(items) { $1.schema($0) }
        case .counts:
            literal(#""type":"object","additionalProperties":"#)
            schema(.count)
        case .object(let members): schema(members)
        case .reference(let name):
            literal(##""$ref":"##)
            jsonText("#/$defs/\(name)")
        case .optional(let shape):
            literal(#""anyOf":[{"type":"null"},"#)
            schema(shape)
            append(UInt8(ascii: "]"))
        }
        if !doc.isEmpty {
            literal(#","description":"#)
            jsonText(doc)
        }
        append(UInt8(ascii: "}"))
    }

    private mutating func schema(_ members: [Member]) {
        literal(#""type":"object","additionalProperties":false,"required":"#)
        array(members.filter(\.isRequired)) { $1.jsonText($0.name) }
        literal(#","properties":{"#)
        for (index, member) in members.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            jsonText(member.name)
            append(UInt8(ascii: ":"))
            schema(member.shape, doc: member.doc)
        }
        append(UInt8(ascii: "}"))
    }
}
