package import CaptureModel

/// Reads the messages of one direction of a connection from runs of octets that may be cut anywhere, with stretches
/// that the capture missed.
///
/// Theory of operation. A reader is in one phase: it expects a start line, is inside a head, is inside content whose
/// length it was told (`expect`), seeks the next head after framing was lost, or is off because this is no HTTP. It
/// keeps octets only of an unfinished head, at most `HTTPLimits.headOctets`, and never looks at an octet of it twice
/// while it waits for the end. It judges nothing: which request a response answers, and so how long its content is,
/// its owner knows.
@usableFromInline
package struct MessageReader: Sendable {
    @usableFromInline enum Phase: Hashable, Sendable {
        case start
        case preamble(Preamble)
        case head
        case length(Int)
        case chunked(ChunkedBody)
        case untilClose
        case seeking
        case off
    }

    /// What `read` met next.
    package enum Event {
        /// The run is used up.
        case needMore
        /// A head, read into the `MessageHead`; its octets are in the run, or were collected (`takeCollectedHead`).
        case head(inRun: Range<Int>?)
        /// Octets of content; the last ones, where its length was told beforehand.
        case content(Range<Int>, isLast: Bool)
        /// The content ended behind octets that were told before, with trailers if any.
        case contentEnd
        /// Octets passed over in search of the next head.
        case passedOver(Range<Int>)
        /// The stream is no HTTP/1.x; nothing more is read from it.
        case notHTTP
        /// HTTP/2's preface; nothing more is read.
        case http2
    }

    /// What a stretch that the capture missed does to the message it lies in.
    package enum Miss: Equatable {
        /// All inside content whose end is still known.
        case inContent
        /// The content ends with, or inside, the missed stretch: so many of its octets belong to it.
        case endsContent(octets: Int)
        /// The chunked framing is lost.
        case losesFraming
        /// A head is cut (`takeCutHead`).
        case cutsHead
        /// Between messages: whole messages may be missing.
        case betweenMessages
        /// Nothing new: framing was lost already, or nothing is read here.
        case nothing
    }

    @usableFromInline private(set) var phase: Phase
    package let kind: MessageKind
    /// Whether a head was ever read: then what is no head is an accident in HTTP, not another protocol.
    private var sawHead = false
    /// Leniencies that no head carries: octets between messages, chunk sizes that are none.
    @usableFromInline package private(set) var oddities: Oddities = []
    /// Where the head being read, or read last, began.
    package private(set) var headStart: StreamPlace
    private let parser: HeadParser
    /// The octets of an unfinished head.
    @usableFromInline private(set) var collected: [UInt8] = []
    /// Where in `collected` the current line begins, and from where its end is still to be looked for.
    private var lineStart = 0
    private var searched = 0
    /// Where the last octets of an unfinished head were.
    package private(set) var headEnd: StreamPlace

    /// A reader at the beginning of a stream, or, `midstream`, anywhere in it.
    package init(kind: MessageKind, midstream: Bool, limits: HTTPLimits) {
        self.kind = kind
        parser = HeadParser(kind: kind, limits: limits)
        phase = midstream ? .seeking : .start
        sawHead = midstream
        headStart = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 0, capture: 0)
        headEnd = headStart
    }

    /// Gives the leniencies away.
    package mutating func takeOddities() -> Oddities {
        let taken = oddities
        oddities = []
        return taken
    }
    /// Whether there are any.
    @inlinable package var hasOddities: Bool { oddities.rawValue != 0 }

    /// Octets kept of an unfinished head.
    @inlinable package var collectedCount: Int { collected.count }
    /// Whether octets still matter here.
    @inlinable package var isOff: Bool { if case .off = phase { true } else { false } }
    /// Whether content is due or being read.
    @inlinable package var isInContent: Bool {
        switch phase {
        case .length, .chunked, .untilClose: true
        default: false
        }
    }
    /// Octets of content that are still due, where that is known beforehand.
    package var contentDue: Int? {
        if case .length(let remaining) = phase { remaining } else { nil }
    }
    /// Whether framing was lost, and the next head is sought.
    @inlinable package var isSeeking: Bool { if case .seeking = phase { true } else { false } }
    /// Whether part of a head has been read.
    @inlinable package var isInHead: Bool { if case .head = phase { true } else { false } }
    /// Whether the stream may end here: between messages, or in content that its end delimits.
    package var mayEnd: Bool {
        switch phase {
        case .head, .length, .chunked: false
        default: true
        }
    }
    /// Whether content is read that only the connection's end delimits.
    @inlinable package var readsUntilClose: Bool { if case .untilClose = phase { true } else { false } }

    /// Tells the reader how long the content of the message is whose head it gave out last.
    package mutating func expect(_ framing: BodyFraming) {
        switch framing {
        case .none: phase = .start
        case .length(let octets): phase = octets > 0 ? .length(octets) : .start
        case .chunked: phase = .chunked(ChunkedBody())
        case .untilClose: phase = .untilClose
        case .unknown: phase = .seeking
        case .tunnel: phase = .off
        }
    }

    /// Ends content early: what follows is the next message.
    package mutating func abandonContent() {
        phase = .start
    }

    /// Passes over octets in the middle of content whose length was told; returns whether these are such.
    @inlinable
    package mutating func passMiddle(_ count: Int) -> Bool {
        guard case .length(let remaining) = phase, remaining > count else { return false }
        phase = .length(remaining &- count)
        return true
    }

    /// Looks for the next head from here on.
    package mutating func seek() {
        if !isOff { phase = .seeking }
    }

    /// Reads nothing more.
    package mutating func turnOff() {
        phase = .off
        collected = []
    }

    /// Goes on at `at` to the next thing to tell, and moves `at` behind it. Behind the last octet there is nothing to tell.
    package mutating func read(
        _ octets: Span<UInt8>, at: inout Int, place: StreamPlace, into head: inout MessageHead
    ) -> Event {
        while true {
            switch phase {
            case .off:
                at = octets.count
                return .needMore
            case .seeking:
                guard at < octets.count else { return .needMore }
                if let found = HeadSearch.nextHead(kind, octets, from: at) {
                    phase = .start
                    if found > at {
                        let passed = at..<found
                        at = found
                        return .passedOver(passed)
                    }
                } else {
                    let passed = at..<octets.count
                    at = octets.count
                    return .passedOver(passed)
                }
            case .start:
                while at < octets.count, octets[at] == 0x0d || octets[at] == 0x0a { at += 1 }
                guard at < octets.count else { return .needMore }
                headStart = place
                switch parser.parse(octets.extracting(at..<octets.count), into: &head) {
                case .complete(let end) where end <= parser.limits.headOctets:
                    let run = at..<at + end
                    at += end
                    sawHead = true
                    return .head(inRun: run)
                case .complete, .partial:
                    phase = .head
                    collected = []
                    lineStart = 0
                    searched = 0
                case .notAHead:
                    if mayHaveProxyHeader, octets[at] == 0 {
                        phase = .preamble(.proxy(ProxyHeader()))
                    } else if mayHaveProxyHeader, let end = ProxyHeader.lineEnd(octets, from: at) {
                        at = end
                    } else if !sawHead, SOCKSHandshake.mayBegin(with: octets[at], kind) {
                        phase = .preamble(.socks(SOCKSHandshake(kind)))
                    } else if let event = startsNoHead() {
                        return event
                    }
                case .http2Preface:
                    phase = .off
                    return .http2
                }
            case .preamble(var preamble):
                switch preamble.advance(octets, from: at) {
                case .needMore:
                    phase = .preamble(preamble)
                    at = octets.count
                    return .needMore
                case .end(let end):
                    at = end
                    phase = .start
                case .invalid:
                    if let event = startsNoHead() { return event }
                }
            case .head:
                guard at < octets.count else { return .needMore }
                headEnd = place
                if let event = collect(octets, &at, &head) { return event }
            case .length(let remaining):
                guard at < octets.count else { return .needMore }
                let content = at..<at + min(remaining, octets.count - at)
                at = content.upperBound
                let isLast = content.count == remaining
                phase = isLast ? .start : .length(remaining - content.count)
                return .content(content, isLast: isLast)
            case .untilClose:
                guard at < octets.count else { return .needMore }
                let content = at..<octets.count
                at = octets.count
                return .content(content, isLast: false)
            case .chunked(var body):
                switch body.advance(octets, from: at) {
                case .content(let content):
                    phase = .chunked(body)
                    at = content.upperBound
                    return .content(content, isLast: false)
                case .needMore:
                    phase = .chunked(body)
                    at = octets.count
                    return .needMore
                case .end(let end):
                    at = end
                    phase = .start
                    return .contentEnd
                case .invalid(let place):
                    at = place
                    oddities.insert(.invalidChunk)
                    phase = .seeking
                }
            }
        }
    }

    /// Adds to an unfinished head; an event when it is complete, too long, or no head after all.
    private mutating func collect(_ octets: Span<UInt8>, _ at: inout Int, _ head: inout MessageHead) -> Event? {
        let taken = min(octets.count - at, parser.limits.headOctets - collected.count)
        collected.append(octets.extracting(at..<at + taken))
        at += taken
        while let lineFeed = collected.span.firstIndex(of: 0x0a, from: searched) {
            let isEmpty = lineFeed == lineStart || lineFeed == lineStart + 1 && collected[lineStart] == 0x0d
            let isFirst = lineStart == 0
            lineStart = lineFeed + 1
            searched = lineStart
            guard isEmpty && !isFirst || isFirst else { continue }
            switch parser.parse(collected.span, into: &head) {
            case .complete(let end):
                at -= collected.count - end
                collected.removeLast(collected.count - end)
                sawHead = true
                phase = .start
                return .head(inRun: nil)
            case .partial: continue
            case .http2Preface:
                turnOff()
                return .http2
            case .notAHead:
                if mayHaveProxyHeader, let end = ProxyHeader.lineEnd(collected.span, from: 0) {
                    at -= collected.count - end
                    collected = []
                    phase = .start
                    return nil
                }
                collected = []
                return startsNoHead()
            }
        }
        searched = collected.count
        if lineStart == 0, collected.count < 4_096, !canBegin(collected.span) {
            collected = []
            return startsNoHead()
        }
        guard collected.count >= parser.limits.headOctets else { return nil }
        guard takeCutHead(into: &head) else { return startsNoHead() }
        head.oddities.insert(.headTooLong)
        return .head(inRun: nil)
    }

    /// Whether a header of the PROXY protocol may come here: at the beginning of a connection.
    private var mayHaveProxyHeader: Bool { kind == .request && !sawHead }

    private func canBegin(_ octets: Span<UInt8>) -> Bool {
        kind == .request
            ? StartLines.canBecomeRequest(octets, from: 0) : StartLines.canBecomeStatus(octets, from: 0)
    }

    /// What is no head where one should begin: another protocol, or an accident after which the next head is sought.
    private mutating func startsNoHead() -> Event? {
        guard sawHead else {
            turnOff()
            return .notHTTP
        }
        oddities.insert(.unexpectedOctets)
        phase = .seeking
        return nil
    }

    /// The octets of the head that was collected from several runs, or cut; they are given away.
    package mutating func takeCollectedHead() -> [UInt8] {
        defer { collected = [] }
        return collected
    }

    /// Reads what there is of a head that was cut, by a miss or by the end of the stream; its octets are then taken
    /// with `takeCollectedHead`. False where there is not enough of it to name it.
    package mutating func takeCutHead(into head: inout MessageHead) -> Bool {
        phase = .seeking
        guard parser.parseCut(collected.span, into: &head) else {
            collected = []
            return false
        }
        sawHead = true
        return true
    }

    /// Passes over `count` octets that the capture missed.
    package mutating func miss(_ count: Int) -> Miss {
        switch phase {
        case .off, .seeking:
            return .nothing
        case .start, .preamble:
            phase = .seeking
            return .betweenMessages
        case .head:
            return .cutsHead
        case .untilClose:
            return .inContent
        case .length(let remaining):
            if count < remaining {
                phase = .length(remaining - count)
                return .inContent
            }
            phase = count == remaining ? .start : .seeking
            return .endsContent(octets: remaining)
        case .chunked(var body):
            let held = body.skip(count)
            phase = held ? .chunked(body) : .seeking
            return held ? .inContent : .losesFraming
        }
    }
}
