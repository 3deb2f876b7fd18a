import CaptureModel

/// The head of a message, read: its start line, its field lines, and what they say of the content's length.
///
/// One value serves all streams of a run, so that its arrays are allocated once. Ranges count from the head's first
/// octet.
@usableFromInline
package struct MessageHead: Sendable {
    /// The start line, by the kind of message.
    package enum Start: Sendable {
        case request(RequestLine)
        case response(StatusLine)
    }

    package var start: Start?
    package var oddities: Oddities = []
    /// Whether the empty line was seen; a head cut by a gap, a snap length or a limit lacks it.
    package var isComplete = false
    /// What Content-Length, Transfer-Encoding and Connection say, gathered while reading.
    package var framingFields = FramingFields()
    /// Which names its field lines may have.
    package private(set) var names: NameDigest = []
    /// Room for field lines, of which the first `fieldCount` are the head's.
    @usableFromInline var room: [FieldLine] = []
    /// How many field lines it has.
    @usableFromInline package private(set) var fieldCount = 0
    /// The first field that may be one of those, by its name's length: from it on they are read when the head is whole.
    fileprivate private(set) var firstFraming: Int?

    package init() {}

    /// Its field lines, in their order.
    @inlinable package var fields: ArraySlice<FieldLine> { room[..<fieldCount] }

    mutating func reset() {
        start = nil
        fieldCount = 0
        names = []
        oddities = []
        isComplete = false
        framingFields = FramingFields()
        firstFraming = nil
    }

    /// Adds a field line whose name begins with `first` and ends with `last` to those in `lines`, which is the head's
    /// room and has some left.
    @inline(__always)
    fileprivate mutating func add(
        _ line: FieldLine, first: UInt8, last: UInt8, to lines: inout MutableSpan<FieldLine>
    ) {
        names.formUnion(NameDigest(rawValue: NameDigest.bit(length: line.name.count, first: first, last: last)))
        if firstFraming == nil, FramingFields.mayBeOne(line.name) { firstFraming = fieldCount }
        lines[fieldCount] = line
        fieldCount &+= 1
    }

    /// Lengthens the value of the last field line up to `end`: it is folded.
    @inline(__always)
    fileprivate mutating func unfold(to end: Int, in lines: inout MutableSpan<FieldLine>) {
        let last = fieldCount - 1
        if end > Int(lines[last].value.end) { lines[last].value.end = UInt32(end) }
    }

    /// What the fields say of the content's length; only when the head is whole, for a folded line adds to the field
    /// before it.
    @inline(__always)
    fileprivate mutating func readFramingFields(_ octets: Span<UInt8>, _ lines: borrowing MutableSpan<FieldLine>) {
        guard let first = firstFraming else { return }
        for index in first..<fieldCount where FramingFields.mayBeOne(lines[index].name) {
            framingFields.read(lines[index], octets, &oddities)
        }
    }
}

/// Which kind of message a stream carries.
package enum MessageKind: Sendable {
    case request
    case response
}

/// Reads a head in one pass over its octets.
package struct HeadParser {
    /// What came of an attempt.
    package enum Outcome: Equatable {
        /// The head ends before this index.
        case complete(end: Int)
        /// No empty line yet.
        case partial
        /// The first line is none of the wanted kind, or cannot become one.
        case notAHead
        /// HTTP/2 begins here.
        case http2Preface
    }

    package let kind: MessageKind
    package let limits: HTTPLimits

    package init(kind: MessageKind, limits: HTTPLimits) {
        self.kind = kind
        self.limits = limits
    }

    /// Reads the head that `octets` begin with into `head`. On `.partial`, `head` holds what was complete so far.
    package func parse(_ octets: Span<UInt8>, into head: inout MessageHead) -> Outcome {
        head.reset()
        return withRoom(of: &head) { head, lines in
            guard let firstEnd = octets.firstIndex(of: 0x0a, from: 0) else {
                return canBegin(octets) ? .partial : .notAHead
            }
            switch startLine(octets, lineEnd(octets, 0, firstEnd, &head), &head) {
            case .line: break
            case .http2Preface: return .http2Preface
            case .partial, .no: return .notAHead
            }
            var lineStart = firstEnd + 1
            while let lineFeed = octets.firstIndex(of: 0x0a, from: lineStart) {
                let end = lineEnd(octets, lineStart, lineFeed, &head)
                if end == lineStart {
                    head.isComplete = true
                    head.readFramingFields(octets, lines)
                    return .complete(end: lineFeed + 1)
                }
                fieldLine(octets, lineStart, end, &head, &lines)
                lineStart = lineFeed + 1
            }
            return .partial
        }
    }

    /// Lends a head's room for field lines, once for the whole head. There is room for as many as a head may have: the
    /// fewer that its octets allow, of two for a line at least.
    @inline(__always)
    private func withRoom<Result>(
        of head: inout MessageHead, _ body: (inout MessageHead, inout MutableSpan<FieldLine>) -> Result
    ) -> Result {
        var room: [FieldLine] = []
        swap(&room, &head.room)
        if room.isEmpty {
            room = Array(
                repeating: FieldLine(name: OctetRange(0, 0), value: OctetRange(0, 0)),
                count: min(limits.fieldLines + HTTPLimits.framingLines, limits.headOctets / 2 + 1))
        }
        var lines = room.mutableSpan
        let result = body(&head, &lines)
        swap(&room, &head.room)
        return result
    }

    /// Reads what there is of a head that will never be complete: its last line is cut, and taken as it is.
    /// Returns whether the start line was there to be read, in part at least.
    package func parseCut(_ octets: Span<UInt8>, into head: inout MessageHead) -> Bool {
        switch parse(octets, into: &head) {
        case .complete: return true
        case .http2Preface, .notAHead: return false
        case .partial: break
        }
        guard head.start != nil else { return cutStartLine(octets, &head) }
        withRoom(of: &head) { head, lines in
            let lineStart = lastLineStart(octets)
            if lineStart < octets.count, lineStart > 0 { fieldLine(octets, lineStart, octets.count, &head, &lines) }
            head.readFramingFields(octets, lines)
        }
        return true
    }

    private func lastLineStart(_ octets: Span<UInt8>) -> Int {
        var at = octets.count
        while at > 0, octets[at - 1] != 0x0a { at -= 1 }
        return at
    }

    /// A start line cut short: a request whose method is whole, a response whose status is.
    private func cutStartLine(_ octets: Span<UInt8>, _ head: inout MessageHead) -> Bool {
        if kind == .response {
            guard case .line(let line, _) = StartLines.status(octets, 0..<octets.count) else { return false }
            head.start = .response(line)
            return true
        }
        guard StartLines.canBecomeRequest(octets, from: 0) else { return false }
        var space = 0
        while space < octets.count, octets[space] != 0x20 { space += 1 }
        guard space + 1 < octets.count else { return false }
        var end = octets.count
        while end > space + 1, octets[end - 1] == 0x0d { end -= 1 }
        if let versionStart = (space + 1..<end).first(where: { octets[$0] == 0x20 }) { end = versionStart }
        head.start = .request(
            RequestLine(
                method: OctetRange(0, space), target: OctetRange(space + 1, end),
                version: HTTPVersion(major: 1, minor: 1)))
        return true
    }

    private func canBegin(_ octets: Span<UInt8>) -> Bool {
        switch kind {
        case .request: StartLines.canBecomeRequest(octets, from: 0)
        case .response: StartLines.canBecomeStatus(octets, from: 0)
        }
    }

    /// The end of a line's text: before its CR LF, or its LF alone.
    @inline(__always)
    private func lineEnd(_ octets: Span<UInt8>, _ start: Int, _ lineFeed: Int, _ head: inout MessageHead) -> Int {
        if lineFeed > start, octets[lineFeed - 1] == 0x0d { return lineFeed - 1 }
        head.oddities.insert(.bareLF)
        return lineFeed
    }

    private enum Found { case line, partial, no, http2Preface }

    /// The first line, which ends before `end`.
    @inline(__always)
    private func startLine(_ octets: Span<UInt8>, _ end: Int, _ head: inout MessageHead) -> Found {
        switch kind {
        case .request:
            switch StartLines.request(octets, 0..<end) {
            case .line(let found, let loose):
                if loose { head.oddities.insert(.looseStartLine) }
                head.start = .request(found)
                return .line
            case .partial: return .partial
            case .http2Preface: return .http2Preface
            case .no: return .no
            }
        case .response:
            guard case .line(let found, let loose) = StartLines.status(octets, 0..<end) else { return .no }
            if loose { head.oddities.insert(.looseStartLine) }
            head.start = .response(found)
            return .line
        }
    }

    /// The line of the header section (RFC 9112 section 5) from `lineStart` to `lineEnd`, which is not empty.
    @inline(__always)
    private func fieldLine(
        _ octets: Span<UInt8>, _ lineStart: Int, _ lineEnd: Int, _ head: inout MessageHead,
        _ lines: inout MutableSpan<FieldLine>
    ) {
        let first = octets[lineStart]
        if StartLines.isBlank(first), head.fieldCount > 0 {
            head.oddities.insert(.foldedField)
            let end = trimmedEnd(octets, lineStart, lineEnd)
            if end > lineStart { head.unfold(to: end, in: &lines) }
            return
        }
        if first == UInt8(ascii: "H"), lineEnd - lineStart > 6, octets[lineStart + 1] == UInt8(ascii: "T"),
            octets.hasPrefix("HTTP/1.", at: lineStart)
        {
            head.oddities.insert(.nestedStatusLine)
        }
        guard let colon = octets.nearIndex(of: UInt8(ascii: ":"), from: lineStart, to: lineEnd) else {
            head.oddities.insert(.lineWithoutColon)
            return
        }
        let nameEnd = trimmedEnd(octets, lineStart, colon)
        if nameEnd != colon { head.oddities.insert(.spaceBeforeColon) }
        var start = colon + 1
        while start < lineEnd, StartLines.isBlank(octets[start]) { start += 1 }
        let name = OctetRange(lineStart, nameEnd)
        if head.fieldCount >= limits.fieldLines {
            head.oddities.insert(.tooManyFields)
            // What frames the content is kept all the same, or the next message would begin inside it.
            guard FramingFields.mayBeOne(name) else { return }
        }
        guard head.fieldCount < lines.count else { return }
        let value = OctetRange(start, trimmedEnd(octets, start, lineEnd))
        let last = octets[max(nameEnd - 1, lineStart)]
        head.add(FieldLine(name: name, value: value), first: first, last: last, to: &lines)
    }

    /// Where the octets from `start` to `end` end when the white space behind them is left out.
    @inline(__always)
    private func trimmedEnd(_ octets: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, StartLines.isBlank(octets[end - 1]) { end -= 1 }
        return end
    }
}
