import CaptureModel

/// The head of a message, read: its start line, its field lines, and what they say of the content's length.
///
/// One value serves all streams of a run, so that its arrays are allocated once. Ranges count from the head's first
/// octet.
package struct MessageHead: Sendable {
    /// The start line, by the kind of message.
    package enum Start: Sendable {
        case request(RequestLine)
        case response(StatusLine)
    }

    package var start: Start?
    package var fields: [FieldLine] = []
    package var oddities: Oddities = []
    /// Whether the empty line was seen; a head cut by a gap, a snap length or a limit lacks it.
    package var isComplete = false
    /// What Content-Length, Transfer-Encoding and Connection say, gathered while reading.
    package var framingFields = FramingFields()
    /// Whether any field may be one of those: then they are read when the head is whole.
    var hasFraming = false

    package init() {}

    mutating func reset() {
        start = nil
        fields.removeAll(keepingCapacity: true)
        oddities = []
        isComplete = false
        framingFields = FramingFields()
        hasFraming = false
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

    /// Reads the head that begins at `start` into `head`. On `.partial`, `head` holds what was complete so far.
    package func parse(_ octets: Span<UInt8>, from start: Int, into head: inout MessageHead) -> Outcome {
        head.reset()
        guard let firstEnd = octets.firstIndex(of: 0x0a, from: start) else {
            return canBegin(octets, start) ? .partial : .notAHead
        }
        switch startLine(octets, start..<lineEnd(octets, start, firstEnd, &head), start, &head) {
        case .line: break
        case .http2Preface: return .http2Preface
        case .partial, .no: return .notAHead
        }
        var lineStart = firstEnd + 1
        while let lineFeed = octets.firstIndex(of: 0x0a, from: lineStart) {
            let end = lineEnd(octets, lineStart, lineFeed, &head)
            if end == lineStart {
                head.isComplete = true
                readFramingFields(octets, start, &head)
                return .complete(end: lineFeed + 1)
            }
            fieldLine(octets, lineStart..<end, start, &head)
            lineStart = lineFeed + 1
        }
        return .partial
    }

    /// Reads what there is of a head that will never be complete: its last line is cut, and taken as it is.
    /// Returns whether the start line was there to be read, in part at least.
    package func parseCut(_ octets: Span<UInt8>, into head: inout MessageHead) -> Bool {
        switch parse(octets, from: 0, into: &head) {
        case .complete: return true
        case .http2Preface, .notAHead: return false
        case .partial: break
        }
        if head.start != nil {
            let lineStart = lastLineStart(octets)
            if lineStart < octets.count, lineStart > 0 { fieldLine(octets, lineStart..<octets.count, 0, &head) }
            readFramingFields(octets, 0, &head)
            return true
        }
        return cutStartLine(octets, &head)
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

    private func canBegin(_ octets: Span<UInt8>, _ start: Int) -> Bool {
        switch kind {
        case .request: StartLines.canBecomeRequest(octets, from: start)
        case .response: StartLines.canBecomeStatus(octets, from: start)
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

    private func startLine(_ octets: Span<UInt8>, _ line: Range<Int>, _ base: Int, _ head: inout MessageHead) -> Found {
        switch kind {
        case .request:
            switch StartLines.request(octets, line) {
            case .line(let found, let loose):
                if loose { head.oddities.insert(.looseStartLine) }
                head.start = .request(
                    RequestLine(
                        method: found.method.shifted(by: -base), target: found.target.shifted(by: -base),
                        version: found.version))
                return .line
            case .partial: return .partial
            case .http2Preface: return .http2Preface
            case .no: return .no
            }
        case .response:
            guard case .line(let found, let loose) = StartLines.status(octets, line) else { return .no }
            if loose { head.oddities.insert(.looseStartLine) }
            head.start = .response(
                StatusLine(version: found.version, status: found.status, reason: found.reason.shifted(by: -base)))
            return .line
        }
    }

    /// One line of the header section (RFC 9112 section 5).
    @inline(__always)
    private func fieldLine(_ octets: Span<UInt8>, _ line: Range<Int>, _ base: Int, _ head: inout MessageHead) {
        if StartLines.isBlank(octets[line.lowerBound]), !head.fields.isEmpty {
            head.oddities.insert(.foldedField)
            let trimmed = trimmedEnd(octets, line)
            guard trimmed > line.lowerBound else { return }
            let end = trimmed - base
            let last = head.fields.count - 1
            if end > Int(head.fields[last].value.end) { head.fields[last].value.end = UInt32(end) }
            return
        }
        guard head.fields.count < limits.fieldLines else {
            head.oddities.insert(.tooManyFields)
            return
        }
        if octets[line.lowerBound] == UInt8(ascii: "H"), octets.hasPrefix("HTTP/1.", at: line.lowerBound) {
            head.oddities.insert(.nestedStatusLine)
        }
        guard let colon = octets.firstIndex(of: UInt8(ascii: ":"), from: line.lowerBound, to: line.upperBound) else {
            head.oddities.insert(.lineWithoutColon)
            return
        }
        var nameEnd = colon
        while nameEnd > line.lowerBound, StartLines.isBlank(octets[nameEnd - 1]) { nameEnd -= 1 }
        if nameEnd != colon { head.oddities.insert(.spaceBeforeColon) }
        var start = colon + 1
        while start < line.upperBound, StartLines.isBlank(octets[start]) { start += 1 }
        let end = trimmedEnd(octets, start..<line.upperBound)
        let name = OctetRange(line.lowerBound - base, nameEnd - base)
        head.fields.append(FieldLine(name: name, value: OctetRange(start - base, end - base)))
        if FramingFields.mayBeOne(name) { head.hasFraming = true }
    }

    @inline(__always)
    private func trimmedEnd(_ octets: Span<UInt8>, _ line: Range<Int>) -> Int {
        var end = line.upperBound
        while end > line.lowerBound, StartLines.isBlank(octets[end - 1]) { end -= 1 }
        return end
    }

    /// What the fields say of the content's length; only now, for a folded line adds to the field before it.
    private func readFramingFields(_ octets: Span<UInt8>, _ base: Int, _ head: inout MessageHead) {
        guard head.hasFraming else { return }
        for field in head.fields where FramingFields.mayBeOne(field.name) {
            head.framingFields.read(field, octets, base, &head.oddities)
        }
    }
}
