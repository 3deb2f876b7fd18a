import CaptureModel
import HTTP1

/// A head, whole and in the runs that the first octet seeds: what is told of it may not depend on the cuts.
func runHead(_ kind: MessageKind, _ octets: [UInt8]) {
    var input = Input(octets)
    let seed = input.octet()
    let text = input.rest()
    checkHead(kind, text)
    var (whole, cut) = (MessageTrace(kind), MessageTrace(kind))
    whole.read(text)
    cut.read(text, cutBy: seed)
    compare(whole, cut)
    var midstream = MessageTrace(kind, midstream: true)
    midstream.read(text, cutBy: seed)
}

/// Content of a kind that the second octet names, whole and in runs.
func runBody(_ octets: [UInt8]) {
    var input = Input(octets)
    let (seed, framing) = (input.octet(), input.octet())
    let text = input.rest()
    let framings: [BodyFraming] = [.chunked, .length(framing / 4), .untilClose, .unknown]
    var (whole, cut) = (MessageTrace(.response), MessageTrace(.response))
    whole.expect(framings[framing % 4])
    cut.expect(framings[framing % 4])
    whole.read(text)
    cut.read(text, cutBy: seed)
    compare(whole, cut)
    var lossy = MessageTrace(.response)
    lossy.expect(framings[framing % 4])
    lossy.read(text, cutBy: seed, missing: true)
}

/// Where a head is sought, it matters where a run begins; elsewhere nothing does.
private func compare(_ whole: MessageTrace, _ cut: MessageTrace) {
    guard !whole.sought, whole.events != cut.events else { return }
    let same = max(0, zip(whole.events, cut.events).prefix { $0 == $1 }.count - 1)
    fatalError("whole \(whole.events.dropFirst(same))\ncut \(cut.events.dropFirst(same))")
}

/// Reads a head at once: its parts lie in it, and it is complete with its last octet and not before.
private func checkHead(_ kind: MessageKind, _ octets: [UInt8]) {
    let parser = HeadParser(kind: kind, limits: HTTPLimits())
    var head = MessageHead()
    let outcome = parser.parse(octets.span, into: &head)
    let end = if case .complete(let end) = outcome { end } else { octets.count }
    precondition(end <= octets.count)
    for field in head.fields {
        precondition(field.name.range.upperBound <= end && field.value.range.upperBound <= end)
    }
    if case .complete = outcome {
        precondition(parser.parse(octets.span.extracting(0..<end), into: &head) == outcome)
        precondition(parser.parse(octets.span.extracting(0..<(end - 1)), into: &head) == .partial)
    }
    _ = parser.parseCut(octets.span, into: &head)
}

/// What a reader tells of a stream.
private struct MessageTrace {
    enum Event: Equatable {
        case head(String, fields: Int, BodyFraming?)
        case content(Int)
        case contentEnd, notHTTP, http2
    }

    private var reader: MessageReader
    private var head = MessageHead()
    private(set) var events: [Event] = []
    /// Whether framing was lost, and a head sought.
    private(set) var sought = false

    init(_ kind: MessageKind, midstream: Bool = false) {
        reader = MessageReader(kind: kind, midstream: midstream, limits: HTTPLimits())
    }

    mutating func expect(_ framing: BodyFraming) {
        reader.expect(framing)
        if reader.isSeeking { sought = true }
    }

    /// Reads octets in one run, or in runs of lengths that a seed tells; with `missing`, some of these are missed.
    mutating func read(_ octets: [UInt8], cutBy seed: Int? = nil, missing: Bool = false) {
        var (start, state) = (0, seed ?? 0)
        while start < octets.count {
            state = state &* 0x5851_f42d_4c95_7f2d &+ 0x1405_7b7e_f767_814f
            let length = seed == nil ? octets.count : 1 + (state >> 33 & 0xff) % (1 + (seed ?? 0) & 31)
            let end = min(octets.count, start + length)
            if missing, state >> 50 & 7 == 0 {
                if reader.miss(end - start) == .cutsHead, reader.takeCutHead(into: &head) { takeHead(nil, octets.span) }
            } else {
                readRun(octets.span.extracting(start..<end))
            }
            start = end
        }
    }

    private mutating func readRun(_ octets: Span<UInt8>) {
        let place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0)
        var at = 0
        while true {
            let before = at
            let event = reader.read(octets, at: &at, place: place, into: &head)
            precondition(at >= before && at <= octets.count)
            if reader.isSeeking || !reader.oddities.isEmpty { sought = true }
            switch event {
            case .needMore: return
            case .head(let run): takeHead(run, octets)
            case .content(let content, let isLast):
                if case .content(let before)? = events.last {
                    events[events.count - 1] = .content(before + content.count)
                } else {
                    events.append(.content(content.count))
                }
                if isLast { events.append(.contentEnd) }
            case .contentEnd: events.append(.contentEnd)
            case .passedOver: sought = true
            case .notHTTP: events.append(.notHTTP)
            case .http2: events.append(.http2)
            }
        }
    }

    private mutating func takeHead(_ run: Range<Int>?, _ octets: Span<UInt8>) {
        let text = run.map { run in run.map { octets[$0] } } ?? reader.takeCollectedHead()
        for field in head.fields {
            precondition(field.name.range.upperBound <= text.count && field.value.range.upperBound <= text.count)
        }
        var framing: BodyFraming?
        if head.isComplete {
            var oddities = head.oddities
            switch head.start {
            case .request(let line):
                precondition(line.method.range.upperBound <= text.count && line.target.range.upperBound <= text.count)
                framing = head.framingFields.requestFraming(line.version, &oddities)
            case .response(let line):
                precondition(line.reason.range.upperBound <= text.count)
                framing = head.framingFields.responseFraming(line.version, &oddities)
            case nil: fatalError("a complete head without a start line")
            }
        }
        events.append(.head(String(decoding: text, as: UTF8.self), fields: head.fields.count, framing))
        if let framing { expect(framing) }
    }
}
