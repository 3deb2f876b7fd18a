import CaptureModel

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
        guard let firstEnd = octets.firstIndex(of: 0x0a, from: 0) else {
            return canBegin(octets) ? .partial : .notAHead
        }
        switch startLine(octets, lineEnd(octets, 0, firstEnd, &head.oddities), &head) {
        case .line: break
        case .http2Preface: return .http2Preface
        case .partial, .no: return .notAHead
        }
        head.makeRoom(limits)
        var section = HeaderSection(oddities: head.oddities)
        let end = readLines(octets, from: firstEnd + 1, &section, &head.room, head.familiar)
        head.take(section)
        guard let end else { return .partial }
        head.isComplete = true
        head.readFramingFields(octets, section.framing)
        if section.isNews, head.oddities.isEmpty, end <= limits.headOctets {
            head.familiar.remember(octets.extracting(0..<end), head.room, head.fieldCount)
        }
        return .complete(end: end)
    }

    /// Reads field lines up to the empty one; returns where that ends, `nil` where it is not there yet.
    @inline(__always)
    private func readLines(
        _ octets: Span<UInt8>, from start: Int, _ section: inout HeaderSection, _ room: inout [FieldLine],
        _ familiar: borrowing FamiliarLines
    ) -> Int? {
        var lines = room.mutableSpan
        let most = min(limits.fieldLines, lines.count)
        var lineStart = start
        while true {
            var namesake: FamiliarLines.Line?
            if section.next < familiar.lines.count, section.count < most {
                namesake = section.takeFamiliar(familiar, octets, &lineStart, &lines, most: most)
            }
            if octets.has(emptyLine: lineStart) { return lineStart + 2 }
            guard let lineFeed = octets.firstIndex(of: 0x0a, from: lineStart) else { return nil }
            let end = lineEnd(octets, lineStart, lineFeed, &section.oddities)
            if end == lineStart { return lineFeed + 1 }
            let isTaken = namesake.map { section.take($0, octets, lineEnd: end, &lines) } ?? false
            if !isTaken { fieldLine(octets, lineStart, end, &section, &lines) }
            lineStart = lineFeed + 1
        }
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
        var section = HeaderSection(continuing: head)
        let lineStart = lastLineStart(octets)
        if lineStart < octets.count, lineStart > 0 {
            var lines = head.room.mutableSpan
            fieldLine(octets, lineStart, octets.count, &section, &lines)
        }
        head.take(section)
        head.readFramingFields(octets, section.framing)
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
    private func lineEnd(_ octets: Span<UInt8>, _ start: Int, _ lineFeed: Int, _ oddities: inout Oddities) -> Int {
        if lineFeed > start, octets[lineFeed - 1] == 0x0d { return lineFeed - 1 }
        oddities.formUnion(.bareLF)
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
        _ octets: Span<UInt8>, _ lineStart: Int, _ lineEnd: Int, _ section: inout HeaderSection,
        _ lines: inout MutableSpan<FieldLine>
    ) {
        let first = octets[lineStart]
        if StartLines.isBlank(first), section.count > 0 {
            section.oddities.formUnion(.foldedField)
            section.unfold(to: StartLines.trimmedEnd(octets, lineStart, lineEnd), from: lineStart, in: &lines)
            return
        }
        if first == UInt8(ascii: "H"), lineEnd - lineStart > 6, octets[lineStart + 1] == UInt8(ascii: "T"),
            octets.hasPrefix("HTTP/1.", at: lineStart)
        {
            section.oddities.formUnion(.nestedStatusLine)
        }
        guard let colon = octets.nearIndex(of: UInt8(ascii: ":"), from: lineStart, to: lineEnd) else {
            section.oddities.formUnion(.lineWithoutColon)
            return
        }
        let nameEnd = StartLines.trimmedEnd(octets, lineStart, colon)
        if nameEnd != colon { section.oddities.formUnion(.spaceBeforeColon) }
        var start = colon + 1
        while start < lineEnd, StartLines.isBlank(octets[start]) { start += 1 }
        let name = OctetRange(lineStart, nameEnd)
        if section.count >= limits.fieldLines {
            section.oddities.formUnion(.tooManyFields)
            // What frames the content is kept all the same, or the next message would begin inside it.
            guard FramingFields.mayBeOne(name) else { return }
        }
        guard section.count < lines.count else { return }
        let line = FieldLine(name: name, value: OctetRange(start, StartLines.trimmedEnd(octets, start, lineEnd)))
        section.add(line, NameDigest(lineStart..<nameEnd, in: octets), to: &lines)
    }
}

extension MessageHead {
    fileprivate mutating func take(_ section: HeaderSection) {
        (fieldCount, names, oddities) = (section.count, section.names, section.oddities)
    }

    /// What the fields of `stretch` say of the content's length.
    @inline(__always)
    fileprivate mutating func readFramingFields(_ octets: Span<UInt8>, _ stretch: Range<Int>) {
        for index in stretch where FramingFields.mayBeOne(room[index].name) {
            framingFields.read(room[index], octets, &oddities)
        }
    }
}
