import CaptureModel
import HTTP1

/// What the request direction does to the exchanges of a connection.
extension HTTPConnection {
    mutating func readRequests(_ octets: Span<UInt8>, _ place: StreamPlace, _ shared: inout PairingContext) -> Bool {
        if requestSide.reader.isInContent { dropUnsentContent(octets) }
        var at = 0
        while true {
            switch requestSide.reader.read(octets, at: &at, place: place, into: &shared.head) {
            case .needMore:
                return !isDone && !requestSide.reader.isOff
            case .head(let run?):
                takeRequest(octets.extracting(run), at: place, &shared)
            case .head(nil):
                let collected = requestSide.reader.takeCollectedHead()
                takeRequest(collected.span, at: place, &shared)
            case .content(let content):
                addContent(octets.extracting(content), at: place, shared.limits)
            case .contentEnd:
                endRequest(at: place, &shared)
            case .passedOver:
                break
            case .notHTTP:
                return false
            case .http2:
                leaveHTTP(&shared)
                return false
            }
        }
    }

    /// A request whose final response came first, and then a request line where its content was due: the content was
    /// not sent.
    private mutating func dropUnsentContent(_ octets: Span<UInt8>) {
        guard let newest = open.indices.last, open[newest].final != nil, HeadSearch.isRequest(octets, at: 0) else {
            return
        }
        requestSide.reader.abandonContent()
    }

    private mutating func takeRequest(_ octets: Span<UInt8>, at place: StreamPlace, _ shared: inout PairingContext) {
        guard case .request(let line) = shared.head.start else { return }
        let start = requestSide.reader.headStart
        if !open.isEmpty { makeWay(for: start, &shared) }
        let framing = shared.head.framingFields.requestFraming(line.version, &shared.head.oddities)
        let index = exchangeForRequest(at: place)
        open[index].takeRequest(line, octets, framing, from: start, to: place, &shared)
        if shared.head.isComplete {
            requestSide.reader.expect(framing)
        } else {
            requestSide.reader.seek()
        }
        if framing.isNone {
            if shared.head.isComplete { tellSettled(&shared) }
        } else {
            inspected.begin(open[index])
        }
    }

    /// A new request shows what became of those before it.
    private mutating func makeWay(for start: StreamPlace, _ shared: inout PairingContext) {
        inspected.stop()
        if answersEarly { return }
        for index in open.indices where open[index].nextRequest == nil { open[index].nextRequest = start }
        if responseSide.reader.isSeeking, let index = open.receiving { open[index].isGivenUp = true }
        if let index = open.awaiting, open[index].number == doubtful || open[index].stray {
            open[index].isGivenUp = true
        }
        tellSettled(&shared)
        if !open.isEmpty, open[0].isAnswered { conclude(at: open[0].end, &shared) }
        if open.count >= shared.limits.openExchanges {
            open[0].integrity.insert(.limit)
            conclude(at: open[0].end, &shared)
        }
    }

    /// The exchange of a new request: a response may have come before the request's head was complete.
    private mutating func exchangeForRequest(at place: StreamPlace) -> Int {
        if answersEarly, let last = open.indices.last, open[last].request == nil {
            answersEarly = false
            return last
        }
        return begin(at: place)
    }

    /// Begins an exchange, and returns its index in the queue.
    mutating func begin(at place: StreamPlace) -> Int {
        count += 1
        open.append(Exchange(connection: connection, number: count, end: place))
        return open.count - 1
    }

    private mutating func addContent(_ octets: Span<UInt8>, at place: StreamPlace, _ limits: ExchangeLimits) {
        guard let index = open.indices.last else { return }
        open[index].request?.bodyBytes += octets.count
        if open[index].request?.contentBegan == nil { open[index].request?.contentBegan = place }
        if inspected.isActive { inspected.add(octets, limit: limits.inspectedOctets) }
    }

    /// The newest request is complete.
    private mutating func endRequest(at place: StreamPlace, _ shared: inout PairingContext) {
        guard let index = open.indices.last, open[index].request != nil else { return }
        open[index].request?.end = place
        open[index].request?.complete = true
        if inspected.isActive { open[index].legacyElement = inspected.finish() }
        tellSettled(&shared)
    }

    // MARK: Missed octets

    mutating func missRequest(_ octets: Int, _ why: Integrity, _ place: StreamPlace, _ shared: inout PairingContext) {
        let newest = open.indices.last
        switch requestSide.reader.miss(octets) {
        case .inContent:
            if let newest { open[newest].missRequestContent(octets, why) }
        case .endsContent(let rest):
            if let newest { open[newest].missRequestContent(rest, why) }
            endRequest(at: place, &shared)
        case .losesFraming:
            if let newest {
                open[newest].request?.framing = .unknown
                open[newest].integrity.formUnion(why)
            }
        case .cutsHead:
            takeCutRequest(place, why, &shared)
        case .betweenMessages:
            break
        case .nothing:
            if let newest, !(open[newest].request?.complete ?? true) { open[newest].integrity.formUnion(why) }
        }
    }

    /// What there is of a head that will not be complete.
    mutating func takeCutRequest(_ place: StreamPlace, _ why: Integrity, _ shared: inout PairingContext) {
        guard requestSide.reader.isInHead, requestSide.reader.takeCutHead(into: &shared.head) else { return }
        let collected = requestSide.reader.takeCollectedHead()
        takeRequest(collected.span, at: requestSide.reader.headEnd, &shared)
        if let newest = open.indices.last { open[newest].integrity.formUnion(why) }
    }
}

extension Exchange {
    /// Takes the request over whose head, `octets`, was read into `shared.head`.
    fileprivate mutating func takeRequest(
        _ line: RequestLine, _ octets: Span<UInt8>, _ framing: BodyFraming, from start: StreamPlace,
        to place: StreamPlace, _ shared: inout PairingContext
    ) {
        let offset = self.octets.count
        request = Request(
            first: start, headEnd: place, method: line.method.shifted(by: offset),
            target: line.target.shifted(by: offset), version: line.version, fields: adopt(octets, &shared),
            framing: framing)
        if !shared.head.isComplete {
            request?.headComplete = false
        } else if framing.isNone {
            request?.end = place
            request?.complete = true
        }
    }

    /// Takes over the octets and the field lines of a head that was read into `shared.head`. Returns which of the
    /// exchange's field lines are the head's.
    mutating func adopt(_ head: Span<UInt8>, _ shared: inout PairingContext) -> Range<Int> {
        let offset = octets.count
        let first = fields.count
        if offset == 0 {
            octets.reserveCapacity(max(head.count, shared.usualOctets))
            fields.reserveCapacity(max(shared.head.fields.count, shared.usualFields))
        }
        octets.append(head)
        fields.append(contentsOf: shared.head.fields)
        if offset > 0 {
            var lines = fields.mutableSpan
            for index in first..<lines.count { lines[index] = lines[index].shifted(by: offset) }
        }
        oddities.formUnion(shared.head.oddities)
        if !shared.head.oddities.isDisjoint(with: [.headTooLong, .tooManyFields]) { integrity.insert(.limit) }
        return first..<fields.count
    }

    /// Octets of the request's content that the capture missed; they count, for the framing tells of them.
    fileprivate mutating func missRequestContent(_ count: Int, _ why: Integrity) {
        request?.bodyBytes += count
        integrity.formUnion(why)
    }
}
