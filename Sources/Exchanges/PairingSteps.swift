import CaptureModel
import HTTP1
import StreamAssembly

/// The steps of the pairing: what a request, an interim and a final response do to the exchanges of a connection.
extension ExchangePairing {
    // MARK: Requests

    mutating func takeRequest(_ line: RequestLine, _ octets: Span<UInt8>, _ slot: Int, _ place: StreamPlace) {
        let side = (connections[slot].requests ?? .forward).rawValue
        let start = directions[2 * slot + side].reader?.headStart ?? place
        makeWay(slot, for: start)
        let framing = head.framingFields.requestFraming(line.version, &head.oddities)
        let index = exchangeForRequest(slot, at: place)
        let (offset, fields) = adopt(octets, slot, index)
        var request = Request(
            first: start, headEnd: place, method: line.method.shifted(by: offset),
            target: line.target.shifted(by: offset), version: line.version, fields: fields, framing: framing)
        request.headComplete = head.isComplete
        connections[slot].open[index].request = request
        connections[slot].inspected.begin(connections[slot].open[index])
        if head.isComplete {
            directions[2 * slot + side].reader?.expect(framing)
            if framing == .none { endRequest(slot, at: place) }
        } else {
            directions[2 * slot + side].reader?.seek()
        }
    }

    /// A new request shows what became of those before it.
    private mutating func makeWay(_ slot: Int, for start: StreamPlace) {
        guard !connections[slot].open.isEmpty else { return }
        _ = connections[slot].inspected.finish()
        for index in connections[slot].open.indices where connections[slot].open[index].nextRequest == nil {
            connections[slot].open[index].nextRequest = start
        }
        let responses = (connections[slot].requests ?? .forward).reverse.rawValue
        if directions[2 * slot + responses].reader?.isSeeking ?? false, let index = connections[slot].receiving {
            connections[slot].open[index].isGivenUp = true
        }
        if let index = connections[slot].awaiting,
            connections[slot].open[index].number == connections[slot].doubtful
                || connections[slot].open[index].stray && !connections[slot].answersEarly
        {
            connections[slot].open[index].isGivenUp = true
        }
        tellSettled(slot)
        if let first = connections[slot].open.first, first.final?.complete ?? false { conclude(slot, at: first.end) }
        if connections[slot].open.count >= limits.openExchanges {
            connections[slot].open[0].integrity.insert(.limit)
            conclude(slot, at: connections[slot].open[0].end)
        }
    }

    /// The exchange of a new request: a response may have come before the request's head was complete.
    private mutating func exchangeForRequest(_ slot: Int, at place: StreamPlace) -> Int {
        if connections[slot].answersEarly, let last = connections[slot].open.indices.last,
            connections[slot].open[last].request == nil
        {
            connections[slot].answersEarly = false
            connections[slot].open[last].stray = false
            return last
        }
        return begin(slot, at: place)
    }

    private mutating func begin(_ slot: Int, at place: StreamPlace) -> Int {
        connections[slot].count += 1
        connections[slot].open.append(
            Exchange(
                connection: connections[slot].connectionIdentity, number: connections[slot].count, end: place))
        return connections[slot].open.count - 1
    }

    /// Takes the head's octets and field lines over into the exchange. Returns where they begin in it.
    private mutating func adopt(_ octets: Span<UInt8>, _ slot: Int, _ index: Int) -> (Int, Range<Int>) {
        let offset = connections[slot].open[index].octets.count
        connections[slot].open[index].octets.append(octets)
        let first = connections[slot].open[index].fields.count
        if offset == 0, first == 0 {
            connections[slot].open[index].fields = head.fields
        } else {
            for field in head.fields {
                connections[slot].open[index].fields.append(
                    FieldLine(name: field.name.shifted(by: offset), value: field.value.shifted(by: offset)))
            }
        }
        connections[slot].open[index].oddities.formUnion(head.oddities)
        return (offset, first..<first + head.fields.count)
    }

    /// The newest request is complete.
    mutating func endRequest(_ slot: Int, at place: StreamPlace) {
        guard let index = connections[slot].open.indices.last, connections[slot].open[index].request != nil else {
            return
        }
        connections[slot].open[index].request?.end = place
        connections[slot].open[index].request?.complete = true
        connections[slot].open[index].legacyElement = connections[slot].inspected.finish()
        tellSettled(slot)
    }

    // MARK: Responses

    mutating func takeResponse(_ line: StatusLine, _ octets: Span<UInt8>, _ slot: Int, _ place: StreamPlace) {
        let side = (connections[slot].requests ?? .forward).reverse.rawValue
        let start = directions[2 * slot + side].reader?.headStart ?? place
        endLostResponse(slot)
        let isInterim = line.status < 200 && line.status != 101
        let index = connections[slot].awaiting ?? orphan(slot, at: start)
        if isInterim, connections[slot].open[index].interims.count >= limits.interimsWithFields {
            addBareInterim(line, slot, index, start, place)
            directions[2 * slot + side].reader?.expect(.none)
            return
        }
        let framing = responseFraming(line, connections[slot].open[index])
        let (offset, fields) = adopt(octets, slot, index)
        if isInterim {
            connections[slot].open[index].interims.append(
                InterimResponse(
                    status: line.status, version: line.version, reason: line.reason.shifted(by: offset), first: start,
                    headEnd: place, fields: fields))
            connections[slot].open[index].end = place
            directions[2 * slot + side].reader?.expect(.none)
            return
        }
        var final = FinalResponse(
            status: line.status, version: line.version, reason: line.reason.shifted(by: offset), first: start,
            headEnd: place, fields: fields, framing: framing)
        final.headComplete = head.isComplete
        connections[slot].open[index].final = final
        connections[slot].open[index].end = place
        guard head.isComplete else { return }
        directions[2 * slot + side].reader?.expect(framing)
        if framing == .none { endResponse(slot, at: place) }
        if framing == .tunnel {
            connections[slot].open[index].final?.complete = true
            directions[2 * slot + side].reader?.turnOff()
            leaveHTTP(slot)
        }
    }

    /// Beyond the limit, an interim response is counted with its status and times, without its octets.
    private mutating func addBareInterim(
        _ line: StatusLine, _ slot: Int, _ index: Int, _ start: StreamPlace, _ place: StreamPlace
    ) {
        connections[slot].open[index].integrity.insert(.limit)
        guard connections[slot].open[index].interims.count < limits.interims else { return }
        connections[slot].open[index].interims.append(
            InterimResponse(
                status: line.status, version: line.version, reason: OctetRange(0, 0), first: start, headEnd: place,
                fields: 0..<0))
        connections[slot].open[index].end = place
    }

    /// How long the content of a response is (RFC 9112 section 6.3).
    private mutating func responseFraming(_ line: StatusLine, _ exchange: borrowing Exchange) -> BodyFraming {
        if line.status == 101 { return .tunnel }
        if line.status < 200 || line.status == 204 || line.status == 304 { return .none }
        if let request = exchange.request {
            if exchange.isMethod(request, "HEAD") { return .none }
            if exchange.isMethod(request, "CONNECT"), line.status < 300 { return .tunnel }
        }
        return head.framingFields.responseFraming(line.version, &head.oddities)
    }

    /// An exchange for a response whose request was not captured, or that nobody asked for.
    private mutating func orphan(_ slot: Int, at place: StreamPlace) -> Int {
        let index = begin(slot, at: place)
        let requests = connections[slot].requests ?? .forward
        if directions[2 * slot + requests.rawValue].reader?.isInHead ?? false {
            connections[slot].answersEarly = true
        } else if connections[slot].sawAllRequests {
            connections[slot].open[index].stray = true
        } else {
            connections[slot].open[index].integrity.insert(
                connections[slot].missedRequests ? .gap : .midstream)
        }
        return index
    }

    /// The final response being received is complete: at `place`, or, with `nil`, where its last octet was.
    mutating func endResponse(_ slot: Int, at place: StreamPlace?) {
        guard let index = connections[slot].receiving else { return }
        if let place {
            connections[slot].open[index].final?.end = place
            connections[slot].open[index].end = place
        }
        connections[slot].open[index].final?.complete = true
        tellSettled(slot)
    }

    /// A response is being received whose end was missed, and the next one begins.
    private mutating func endLostResponse(_ slot: Int) {
        guard let index = connections[slot].receiving else { return }
        connections[slot].open[index].isGivenUp = true
        tellSettled(slot)
    }

    /// Octets of a response whose framing was lost: it lasted at least until here.
    mutating func extendLostResponse(_ slot: Int, _ place: StreamPlace) {
        guard let index = connections[slot].receiving else { return }
        connections[slot].open[index].final?.end = place
        connections[slot].open[index].end = place
    }

    // MARK: Content

    mutating func addContent(
        _ octets: Span<UInt8>, _ count: Int, _ kind: MessageKind, _ slot: Int, _ place: StreamPlace
    ) {
        switch kind {
        case .request:
            guard let index = connections[slot].open.indices.last else { return }
            connections[slot].open[index].request?.bodyBytes += count
            if connections[slot].open[index].request?.contentBegan == nil {
                connections[slot].open[index].request?.contentBegan = place
            }
            if connections[slot].inspected.isActive {
                connections[slot].inspected.add(octets, limit: limits.inspectedOctets)
            }
        case .response:
            guard let index = connections[slot].receiving else { return }
            connections[slot].open[index].final?.bodyBytes += count
            connections[slot].open[index].final?.end = place
            connections[slot].open[index].end = place
        }
    }

    mutating func addMissedContent(_ count: Int, _ kind: MessageKind, _ slot: Int) {
        switch kind {
        case .request:
            guard let index = connections[slot].open.indices.last else { return }
            connections[slot].open[index].request?.bodyBytes += count
        case .response:
            guard let index = connections[slot].receiving else { return }
            connections[slot].open[index].final?.bodyBytes += count
        }
    }

    /// The chunked framing of a message was lost: where its content ends, nobody knows.
    mutating func loseFraming(_ kind: MessageKind, _ slot: Int) {
        switch kind {
        case .request:
            guard let index = connections[slot].open.indices.last else { return }
            connections[slot].open[index].request?.framing = .unknown
        case .response:
            guard let index = connections[slot].receiving else { return }
            connections[slot].open[index].final?.framing = .unknown
        }
    }

    // MARK: Telling

    /// Tells the exchanges at the front of the queue that are over.
    private mutating func tellSettled(_ slot: Int) {
        while connections[slot].firstIsSettled { conclude(slot, at: connections[slot].open[0].end) }
    }

    /// HTTP/1.x ends on this connection.
    mutating func leaveHTTP(_ slot: Int) {
        while !connections[slot].open.isEmpty, connections[slot].open[0].final?.complete ?? false {
            conclude(slot, at: connections[slot].open[0].end)
        }
        connections[slot].isDone = true
    }

    /// Tells the first exchange of the queue, of which nothing more will come. `place` is where the capture ended, for
    /// one that is still waiting.
    mutating func conclude(_ slot: Int, at place: StreamPlace) {
        if connections[slot].open[0].final?.complete ?? false {
            tell(slot, connections[slot].open[0].completion, at: connections[slot].open[0].end)
        } else if connections[slot].open[0].stray {
            tell(slot, .unanswered, at: connections[slot].open[0].end)
        } else if connections[slot].open[0].isGivenUp || connections[slot].open[0].number == connections[slot].doubtful
            || connections[slot].open[0].endIsMissing
        {
            tell(slot, .lost, at: connections[slot].open[0].lastOctet)
        } else if let (side, close) = decisiveClose(slot, after: connections[slot].open[0].lastOctet.time) {
            let outcome: Outcome =
                switch (side, close.isReset) {
                case (.client, true): .resetByClient
                case (.client, false): .closedByClient
                case (.server, true): .resetByServer
                case (.server, false): .closedByServer
                }
            tell(slot, outcome, at: close.place)
        } else {
            tell(slot, .unanswered, at: place)
        }
    }

    /// The first FIN or RST at or after `moment`, or, where there is none, the first of all.
    func decisiveClose(_ slot: Int, after moment: Timestamp) -> (Side, Close)? {
        let client = connections[slot].requests ?? .forward
        var all: [(Side, Close)] = []
        if let close = directions[2 * slot + client.rawValue].close { all.append((.client, close)) }
        if let close = directions[2 * slot + client.reverse.rawValue].close { all.append((.server, close)) }
        let later = all.filter { $0.1.place.time >= moment }
        return (later.isEmpty ? all : later).min { $0.1.place.time < $1.1.place.time }
    }

    private mutating func tell(_ slot: Int, _ outcome: Outcome, at end: StreamPlace) {
        var exchange = connections[slot].open.removeFirst()
        exchange.outcome = outcome
        exchange.end = end
        let client = (connections[slot].requests ?? .forward).rawValue
        let server = (connections[slot].requests ?? .forward).reverse.rawValue
        if let close = directions[2 * slot + client].close, close.place.time <= end.time { exchange.clientClose = close }
        if let close = directions[2 * slot + server].close, close.place.time <= end.time { exchange.serverClose = close }
        if !directions[2 * slot + client].wasHeard || !directions[2 * slot + server].wasHeard { exchange.integrity.insert(.oneSided) }
        if connections[slot].doubtful == exchange.number { connections[slot].doubtful = nil }
        for side in [client, server] {
            if let oddities = directions[2 * slot + side].reader?.oddities, !oddities.isEmpty {
                exchange.oddities.formUnion(oddities)
                directions[2 * slot + side].reader?.oddities = []
            }
        }
        tell(.finished(exchange))
    }
}

extension Exchange {
    /// The outcome of an exchange whose final response is complete.
    var completion: Outcome {
        guard let final, final.framing == .tunnel else { return .completed }
        return final.status == 101 ? .switchedProtocols : .tunnel
    }

    /// Whether a miss cut the head of its final response, or lost where its content ends.
    var endIsMissing: Bool {
        guard let final, !final.complete, !integrity.isDisjoint(with: [.gap, .snaplen, .limit]) else { return false }
        return !final.headComplete || final.framing == .unknown
    }

    /// Its last octet so far, of either side.
    var lastOctet: StreamPlace {
        var last = origin
        for place in [request?.headEnd, request?.end, interims.last?.headEnd, final?.end] {
            if let place, place.time > last.time { last = place }
        }
        return last
    }
}
