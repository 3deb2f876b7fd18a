import CaptureModel
import HTTP1

/// What the request direction does to the exchanges of a connection.
extension HTTPConnection {
    mutating func readRequests(_ octets: Span<UInt8>, _ place: StreamPlace, _ shared: inout PairingContext) -> Bool {
        if doubtsContent { return readDoubtful(octets, place, &shared) }
        var at = 0
        while at < octets.count {
            switch requestSide.reader.read(octets, at: &at, place: place, into: &shared.requestHead) {
            case .needMore:
                break
            case .head(let run?):
                takeRequest(octets.extracting(run), at: place, &shared)
            case .head(nil):
                let collected = requestSide.reader.takeCollectedHead()
                takeRequest(collected.span, at: place, &shared)
            case .content(let content, let isLast):
                addContent(octets.extracting(content), at: place, shared.limits.inspectedOctets)
                if isLast { endRequest(at: place, &shared) }
            case .contentEnd:
                endRequest(at: place, &shared)
            case .passedOver:
                break
            case .notHTTP:
                leftRequests = true
                return false
            case .http2:
                leaveHTTP(&shared)
                return false
            }
        }
        return !isDone && !requestSide.reader.isOff
    }

    /// Reads what comes where content is due although the final response is there: the content after all, or the next
    /// request, and then the content was not sent (RFC 9110 section 10.1.1). Octets are kept while they may be either.
    private mutating func readDoubtful(
        _ octets: Span<UInt8>, _ place: StreamPlace, _ shared: inout PairingContext
    ) -> Bool {
        var waiting = requestSide.undecided
        waiting.keep(octets, place)
        requestSide.undecided = waiting
        let kept = waiting.octets.span
        guard let isRequest = HeadSearch.beginsWithRequest(kept) else {
            return kept.count < HTTPDirection.Undecided.limit || endDoubt(isRequest: false, &shared)
        }
        // Content that looks like the beginning of a request line is content all the same if a request follows it.
        let due = min(requestSide.reader.contentDue ?? .max, kept.count)
        return endDoubt(isRequest: isRequest && !HeadSearch.isRequest(kept, at: due), &shared)
    }

    /// Whether the announced content is sent is decided; what was kept is read. Returns whether more is wanted.
    @discardableResult
    mutating func endDoubt(isRequest: Bool, _ shared: inout PairingContext) -> Bool {
        let kept = requestSide.undecided
        requestSide.undecided = HTTPDirection.Undecided()
        doubtsContent = false
        if isRequest { requestSide.reader.abandonContent() }
        var wantsMore = true
        for run in kept.runs { wantsMore = readRequests(kept.octets.span.extracting(run.octets), run.place, &shared) }
        return wantsMore
    }

    private mutating func takeRequest(_ octets: Span<UInt8>, at place: StreamPlace, _ shared: inout PairingContext) {
        guard case .request(let line) = shared.requestHead.start else { return }
        let start = requestSide.reader.headStart
        if !open.isEmpty { makeWay(for: start, &shared) }
        let framing = shared.requestHead.framingFields.requestFraming(line.version, &shared.requestHead.oddities)
        let why = doubt.begin(whileOthersWait: !open.isEmpty)
        let index = exchangeForRequest(at: place, &shared)
        if !why.isEmpty { open.items[index].integrity.formUnion(why) }
        open.items[index].takeRequest(line, octets, framing, from: start, to: place, &shared)
        openCost += Exchange.cost(octets: octets.count, fields: shared.requestHead.fieldCount)
        if shared.isWatched { open.items[index].noteRequest(&shared.happened) }
        if shared.followsHops, shared.requestHead.isComplete {
            open.items[index].hop = shared.underWay.begin(
                line.method, line.target, in: octets, shared.requestHead.names, &ends)
        }
        if shared.requestHead.isComplete {
            requestSide.reader.expect(framing)
        } else {
            requestSide.reader.seek()
        }
        if framing.isNone {
            if shared.requestHead.isComplete { tellSettled(&shared) }
        } else {
            inspected.begin(open.items[index])
        }
    }

    /// A new request shows what became of those before it.
    private mutating func makeWay(for start: StreamPlace, _ shared: inout PairingContext) {
        inspected.stop()
        if answersEarly { return }
        for index in open.indices.reversed() {
            guard open.items[index].nextRequest == nil else { break }  // an earlier request has told those before
            open.items[index].nextRequest = start
        }
        if responseSide.reader.isSeeking, let index = open.receiving { open.items[index].isGivenUp = true }
        if let index = open.awaiting, open.items[index].number == doubtful || open.items[index].stray {
            open.items[index].isGivenUp = true
            doubt.takeForAnswered(open.items[index].missedInWait)
        }
        tellSettled(&shared)
        if !open.isEmpty, open.items[open.first].isAnswered { conclude(at: open.items[open.first].end, &shared) }
        if open.count >= shared.limits.openExchanges { giveUpOldest(&shared) }
    }

    /// The exchange of a new request: a response may have come before the request's head was complete.
    private mutating func exchangeForRequest(at place: StreamPlace, _ shared: inout PairingContext) -> Int {
        if answersEarly, let last = open.indices.last, open.items[last].request == nil {
            answersEarly = false
            return last
        }
        return begin(at: place, &shared)
    }

    /// Begins an exchange, and returns its index in the queue.
    mutating func begin(at place: StreamPlace, _ shared: inout PairingContext) -> Int {
        count += 1
        if open.items.isEmpty, let spare = shared.spares.popLast() {
            open.items = spare
            open.items[0].restart(connection: connection, number: count, end: place)
        } else {
            open.items.append(Exchange(connection: connection, number: count, end: place))
        }
        openCost += Exchange.overhead
        if !unread.isEmpty { open.items[open.items.count - 1].integrity.formUnion(unread) }
        return open.items.count - 1
    }

    /// The requests under way are from now on looked at as possible hops of a proxy.
    mutating func followHops(_ shared: inout PairingContext) {
        for index in open.indices {
            let exchange = open.items[index]
            guard let request = exchange.request, request.headComplete else { continue }
            open.items[index].hop = shared.underWay.begin(
                request.method, request.target, in: exchange.octets.span, exchange.names, &ends)
        }
    }

    private mutating func addContent(_ octets: Span<UInt8>, at place: StreamPlace, _ inspectedOctets: Int) {
        guard let index = open.indices.last else { return }
        open.items[index].request?.addContent(octets.count, at: place)
        if inspected.isActive { inspected.add(octets, limit: inspectedOctets) }
    }

    /// The newest request is complete.
    private mutating func endRequest(at place: StreamPlace, _ shared: inout PairingContext) {
        guard let index = open.indices.last, open.items[index].request != nil else { return }
        open.items[index].request?.finish(at: place)
        if shared.isWatched { open.items[index].noteRequestEnd(&shared.happened, at: place) }
        if inspected.isActive { open.items[index].legacyElement = inspected.finish() }
        tellSettled(&shared)
    }

    // MARK: Missed octets

    mutating func missRequest(_ octets: Int, _ why: Integrity, _ place: StreamPlace, _ shared: inout PairingContext) {
        if doubtsContent { endDoubt(isRequest: false, &shared) }
        let newest = open.indices.last
        let miss = requestSide.reader.miss(octets)
        if miss.mayHideMessages(octets) { doubt.missRequests(why, behind: open.waiting) }
        switch miss {
        case .inContent:
            if let newest { open.items[newest].missRequestContent(octets, why) }
        case .endsContent(let rest):
            if let newest { open.items[newest].missRequestContent(rest, why) }
            endRequest(at: place, &shared)
        case .losesFraming:
            if let newest {
                open.items[newest].request?.framing = .unknown
                open.items[newest].integrity.formUnion(why)
            }
        case .cutsHead:
            takeCutRequest(place, why, &shared)
        case .betweenMessages:
            break
        case .nothing:
            if let newest, !(open.items[newest].request?.complete ?? true) {
                open.items[newest].integrity.formUnion(why)
            }
        }
    }

    /// What there is of a head that will not be complete.
    mutating func takeCutRequest(_ place: StreamPlace, _ why: Integrity, _ shared: inout PairingContext) {
        if doubtsContent { endDoubt(isRequest: false, &shared) }
        guard requestSide.reader.isInHead, requestSide.reader.takeCutHead(into: &shared.requestHead) else { return }
        let collected = requestSide.reader.takeCollectedHead()
        takeRequest(collected.span, at: requestSide.reader.headEnd, &shared)
        if let newest = open.indices.last { open.items[newest].integrity.formUnion(why) }
    }
}

extension Request {
    fileprivate mutating func addContent(_ octets: Int, at place: StreamPlace) {
        bodyBytes += octets
        if contentBegan == nil { contentBegan = place }
    }

    fileprivate mutating func finish(at place: StreamPlace) {
        end = place
        complete = true
    }
}

extension Exchange {
    /// Takes the request over whose head, `octets`, was read into `shared.requestHead`.
    fileprivate mutating func takeRequest(
        _ line: RequestLine, _ octets: Span<UInt8>, _ framing: BodyFraming, from start: StreamPlace,
        to place: StreamPlace, _ shared: inout PairingContext
    ) {
        let offset = self.octets.count
        var request = Request(
            first: start, headEnd: place, method: line.method.shifted(by: offset),
            target: line.target.shifted(by: offset), version: line.version, fields: adopt(octets, shared.requestHead),
            framing: framing)
        if !shared.requestHead.isComplete {
            request.headComplete = false
        } else if framing.isNone {
            request.finish(at: place)
        }
        self.request = request
    }

    /// Takes over the octets and the field lines of a head that was read into `read`. Returns which of the
    /// exchange's field lines are the head's.
    mutating func adopt(_ head: Span<UInt8>, _ read: borrowing MessageHead) -> Range<Int> {
        let offset = octets.count
        let first = fields.count
        octets.append(head)
        read.addFields(to: &fields, shiftedBy: offset)
        names.formUnion(read.names)
        oddities.formUnion(read.oddities)
        if !read.oddities.isDisjoint(with: [.headTooLong, .tooManyFields]) { integrity.insert(.limit) }
        return first..<fields.count
    }

    /// Octets of the request's content that the capture missed; they count, for the framing tells of them.
    fileprivate mutating func missRequestContent(_ count: Int, _ why: Integrity) {
        request?.bodyBytes += count
        integrity.formUnion(why)
    }
}
