import CaptureModel
import HTTP1

/// What a reader tells of runs of octets, a line for each event.
///
/// `head GET /a`, `head~ GET /a` where the head is cut, `+5` for content, `end` for its end, `passed 3`, `not HTTP`,
/// `HTTP/2`, `missed …`. Contents of one run after the other are one line.
struct Reader {
    private var reader: MessageReader
    private var head = MessageHead()
    private(set) var lines: [String] = []
    /// How long the content of the message is whose head was told.
    var framing: (MessageHead) -> BodyFraming

    init(
        _ kind: MessageKind, midstream: Bool = false, limits: HTTPLimits = HTTPLimits(),
        framing: @escaping (MessageHead) -> BodyFraming = { ownFraming($0) }
    ) {
        reader = MessageReader(kind: kind, midstream: midstream, limits: limits)
        self.framing = framing
    }

    /// Reads the octets in runs of so many.
    mutating func read(_ text: String, every length: Int = .max) {
        read(Array(text.utf8), every: length)
    }

    mutating func read(_ octets: [UInt8], every length: Int = .max) {
        var start = 0
        while start < octets.count {
            let end = min(octets.count, length == .max ? octets.count : start + length)
            readRun(Array(octets[start..<end]))
            start = end
        }
    }

    private mutating func readRun(_ octets: [UInt8]) {
        let place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0)
        var at = 0
        while true {
            switch reader.read(octets.span, at: &at, place: place, into: &head) {
            case .needMore: return
            case .head(let run?): takeHead(Array(octets[run]))
            case .head(nil): takeHead(reader.takeCollectedHead())
            case .content(let content, let isLast):
                count("+", content.count)
                if isLast { lines.append("end") }
            case .contentEnd: lines.append("end")
            case .passedOver(let passed): count("passed ", passed.count)
            case .notHTTP: lines.append("not HTTP")
            case .http2: lines.append("HTTP/2")
            }
        }
    }

    /// Octets that were missed.
    mutating func miss(_ octets: Int) {
        let miss = reader.miss(octets)
        lines.append("missed \(miss)")
        if miss == .cutsHead, reader.takeCutHead(into: &head) { takeHead(reader.takeCollectedHead()) }
    }

    private mutating func takeHead(_ octets: [UInt8]) {
        let mark = head.isComplete ? "" : "~"
        switch head.start {
        case .request(let line): lines.append("head\(mark) \(octets.text(line.method)) \(octets.text(line.target))")
        case .response(let line): lines.append("head\(mark) \(line.status) \(octets.text(line.reason))")
        case nil: lines.append("head\(mark)")
        }
        if head.isComplete { reader.expect(framing(head)) }
    }

    private mutating func count(_ what: String, _ octets: Int) {
        if let last = lines.last, last.hasPrefix(what), let before = Int(last.dropFirst(what.count)) {
            lines[lines.count - 1] = "\(what)\(before + octets)"
        } else {
            lines.append("\(what)\(octets)")
        }
    }

    var isOff: Bool { reader.isOff }
    var oddities: Oddities { reader.oddities }
}

/// What a head's own fields say.
func ownFraming(_ head: MessageHead) -> BodyFraming {
    var oddities: Oddities = []
    switch head.start {
    case .request(let line): return head.framingFields.requestFraming(line.version, &oddities)
    case .response(let line): return head.framingFields.responseFraming(line.version, &oddities)
    case nil: return .unknown
    }
}

extension [UInt8] {
    func text(_ range: OctetRange) -> String { String(decoding: self[range.range], as: UTF8.self) }
}

/// A head read at once: what came of it, and its parts as text.
struct ParsedHead {
    var outcome: HeadParser.Outcome
    var head: MessageHead
    var octets: [UInt8]

    init(_ kind: MessageKind, _ text: String, limits: HTTPLimits = HTTPLimits()) {
        let octets = Array(text.utf8)
        var head = MessageHead()
        outcome = HeadParser(kind: kind, limits: limits).parse(octets.span, into: &head)
        (self.octets, self.head) = (octets, head)
    }

    /// The start line's parts.
    var start: [String] {
        switch head.start {
        case .request(let line): [octets.text(line.method), octets.text(line.target), "\(line.version.minor)"]
        case .response(let line): ["\(line.status)", octets.text(line.reason), "\(line.version.minor)"]
        case nil: []
        }
    }

    var fields: [String] { head.fields.map { octets.text($0.name) + "=" + octets.text($0.value) } }

    /// How long the content is, by rule, and the oddities of that included.
    mutating func framing() -> BodyFraming {
        let fields = head.framingFields
        return switch head.start {
        case .request(let line): fields.requestFraming(line.version, &head.oddities)
        case .response(let line): fields.responseFraming(line.version, &head.oddities)
        case nil: .unknown
        }
    }
}
