import CaptureModel

/// A line of a dialogue that cannot be understood.
package struct DialogueError: Error, Hashable, CustomStringConvertible {
    /// The line's number, from 1.
    package var line: Int
    package var problem: String

    package var description: String { "line \(line): \(problem)" }
}

extension Dialogue {
    /// Reads the text of a dialogue file.
    package init(parsing text: String) throws(DialogueError) {
        self.init()
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first, first.hasPrefix("expect:") else {
            throw DialogueError(line: 1, problem: "the first line must begin with “expect:”")
        }
        var block: Block?
        for (index, line) in lines.enumerated() {
            let number = index + 1
            switch Marker(line) {
            case .comment: break
            case .payload:
                if block != nil {
                    try block?.append(line, number)
                } else if line.hasPrefix("expect:") {
                    expected = Self.ids(line)
                } else if line.hasPrefix("also:") {
                    also = Self.ids(line)
                } else if !line.isEmpty {
                    throw DialogueError(line: number, problem: "text outside a block")
                }
            case .block(let side):
                block?.finish(into: &steps)
                block = try Block(side, Words(line, number))
            case .directive:
                block?.finish(into: &steps)
                block = nil
                try direct(Words(line, number))
            }
        }
        block?.finish(into: &steps)
    }

    /// The ids behind the first colon; none for `nothing`.
    private static func ids(_ line: Substring) -> [String] {
        line.split(separator: " ").dropFirst().map(String.init).filter { $0 != "nothing" }
    }

    private mutating func direct(_ words: Words) throws(DialogueError) {
        var words = words
        switch words.peek {
        case "start":
            words.next()
            guard words.next() == "midstream" else { throw words.error("“start” knows “midstream” only") }
            steps.append(.startMidstream)
        case "new":
            words.next()
            guard words.next() == "connection" else { throw words.error("“new” knows “connection” only") }
            guard !words.peek.isEmpty else {
                steps.append(.newConnection(client: 1, server: 2))
                break
            }
            let client = try words.count()
            guard words.next() == "to" else { throw words.error("“to” is missing between two hosts") }
            steps.append(.newConnection(client: client, server: try words.count()))
        case "cut":
            words.next()
            steps.append(.cut(try words.count()))
        case "only":
            words.next()
            only = try words.side()
        case "snaplen":
            words.next()
            snaplen = try words.count()
        case "end":
            words.next()
            end = try words.time()
        default:
            let at = try words.time()
            if words.peek == "gap" {
                words.next()
                let side = try words.side()
                steps.append(.miss(side, at: at, count: try words.count()))
            } else {
                let side = try words.side()
                switch words.next() {
                case "fin": steps.append(.finish(side, at: at))
                case "rst": steps.append(.reset(side, at: at))
                default: throw words.error("“fin” or “rst” is missing")
                }
            }
        }
        guard words.peek.isEmpty else { throw words.error("“\(words.peek)” is too much") }
    }
}

/// What a line of a dialogue is.
private enum Marker: Equatable {
    case comment
    case block(Side)
    case directive
    case payload

    init(_ line: Substring) {
        if line.hasPrefix("#") {
            self = .comment
        } else if line.hasPrefix(">>> ") {
            self = .block(.client)
        } else if line.hasPrefix("<<< ") {
            self = .block(.server)
        } else if line.hasPrefix("--- ") {
            self = .directive
        } else {
            self = .payload
        }
    }
}

/// The words of a line behind its marker, taken one by one.
private struct Words {
    private var words: ArraySlice<Substring>
    private let line: Int

    init(_ line: Substring, _ number: Int) {
        words = line.split(separator: " ").dropFirst()
        self.line = number
    }

    /// The next word; empty at the end.
    var peek: Substring { words.first ?? "" }

    @discardableResult
    mutating func next() -> Substring {
        words.popFirst() ?? ""
    }

    func error(_ problem: String) -> DialogueError { DialogueError(line: line, problem: problem) }

    /// Seconds with at most nine decimals, as nanoseconds.
    mutating func time() throws(DialogueError) -> Int64 {
        let word = next()
        let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0, whole < 1_000_000_000 else {
            throw error("“\(word)” is no time in seconds")
        }
        guard parts.count == 2 else { return whole * 1_000_000_000 }
        let decimals = parts[1].prefix(9)
        guard let fraction = Int64(decimals), fraction >= 0, decimals.count == parts[1].count else {
            throw error("“\(word)” is no time in seconds")
        }
        return whole * 1_000_000_000 + (decimals.count..<9).reduce(fraction) { value, _ in value * 10 }
    }

    mutating func count() throws(DialogueError) -> Int {
        let word = next()
        guard let count = Int(word), count > 0, count <= 100_000_000 else { throw error("“\(word)” is no number") }
        return count
    }

    mutating func side() throws(DialogueError) -> Side {
        switch next() {
        case "client": return .client
        case "server": return .server
        default: throw error("“client” or “server” is missing")
        }
    }
}

/// The octets of one side at one time, perhaps said again and again.
private struct Block {
    let side: Side
    let time: Int64
    private var times = 1
    private var every: Int64 = 0
    private var octets: [UInt8] = []

    /// Reads `0.5`, or `0.5 repeat 3 every 2`.
    init(_ side: Side, _ words: Words) throws(DialogueError) {
        var words = words
        self.side = side
        time = try words.time()
        if words.peek == "repeat" {
            words.next()
            times = try words.count()
            guard words.next() == "every" else { throw words.error("“every SECONDS” is missing") }
            every = try words.time()
        }
        guard words.peek.isEmpty else { throw words.error("“\(words.peek)” is too much") }
    }

    /// Appends one line with its escapes resolved, and CRLF unless it ends in a backslash.
    mutating func append(_ line: Substring, _ number: Int) throws(DialogueError) {
        var rest = Array(line.utf8)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "\\") else {
                octets.append(octet)
                continue
            }
            guard let escaped = rest.popFirst() else { return }
            switch escaped {
            case UInt8(ascii: "r"): octets.append(0x0d)
            case UInt8(ascii: "n"): octets.append(0x0a)
            case UInt8(ascii: "\\"): octets.append(escaped)
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
                    throw DialogueError(line: number, problem: "“\\x” wants two hexadecimal digits")
                }
                octets.append(value)
                rest = rest.dropFirst(2)
            default: throw DialogueError(line: number, problem: "unknown escape")
            }
        }
        octets += [0x0d, 0x0a]
    }

    func finish(into steps: inout [Dialogue.Step]) {
        for turn in 0..<Int64(times) { steps.append(.say(side, at: time + turn * every, octets)) }
    }
}
