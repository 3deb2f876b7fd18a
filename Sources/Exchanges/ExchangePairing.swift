package import CaptureModel
package import HTTP1
package import StreamAssembly

/// Makes exchanges of the messages on each connection.
///
/// Theory of operation. Requests queue up in `HTTPConnection.open`. A response belongs to the first request without a
/// final response (RFC 9112 section 9.2): an interim response (100–199 but 101) is added to it and takes nothing away;
/// a final one settles it. An exchange is told when its final response and its request are complete, or when nothing
/// more can come: the client went on without sending the announced content; what the capture missed held the answer;
/// the connection ended. Those of one connection are told in order.
///
/// | event | first without final | state after |
/// | --- | --- | --- |
/// | request head | – | queued; the content of the one before is over, complete or not |
/// | 1xx but 101 | there is one | added to it |
/// | 1xx but 101 | none | an exchange without request: *stray* if all requests were seen |
/// | 101, or 2xx to CONNECT | | settled; HTTP ends on the connection |
/// | other final head | there is one, or none | settled when its content ends; without one, an exchange without request |
/// | octets missed between responses | there is one | in doubt: the next request shows that its answer was missed |
package struct ExchangePairing: StreamConsumer, ~Copyable {
    /// What there is to tell, in order; whoever drives the pairing takes it away after each packet (`swapTold`).
    package private(set) var hasTold = false
    private var told: [ExchangeEvent] = []
    let httpLimits: HTTPLimits
    let limits: ExchangeLimits
    /// By the assembler's slots.
    var connections: ContiguousArray<HTTPConnection> = []
    /// The directions of the connection in slot *n* are at 2*n* and 2*n* + 1 (`Direction.rawValue`).
    var directions: ContiguousArray<HTTPDirection> = []
    /// The head read last, of whatever connection.
    var head = MessageHead()

    package init(httpLimits: HTTPLimits = HTTPLimits(), limits: ExchangeLimits = ExchangeLimits()) {
        self.httpLimits = httpLimits
        self.limits = limits
    }

    /// Takes away what there is to tell, by exchange with an empty array whose room is used again.
    package mutating func swapTold(_ events: inout [ExchangeEvent]) {
        events.removeAll(keepingCapacity: true)
        swap(&told, &events)
        hasTold = false
    }

    mutating func tell(_ event: consuming ExchangeEvent) {
        told.append(event)
        hasTold = true
    }

    package mutating func opened(_ slot: Int, _ connection: StreamIdentity) {
        if slot == connections.count {
            connections.append(HTTPConnection(identity: connection))
            directions.append(HTTPDirection())
            directions.append(HTTPDirection())
        } else {
            connections[slot] = HTTPConnection(identity: connection)
            directions[2 * slot] = HTTPDirection()
            directions[2 * slot + 1] = HTTPDirection()
        }
    }

    package func isBusy(_ slot: Int) -> Bool { !connections[slot].open.isEmpty }

    package mutating func heard(_ direction: Direction, of slot: Int) {
        directions[2 * slot + direction.rawValue].wasHeard = true
    }

    package mutating func received(
        _ octets: Span<UInt8>, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        if connections[slot].isDone { return false }
        if connections[slot].requests == nil, !decideRoles(octets, direction, slot, place) { return true }
        prepareReader(direction, slot, place)
        return read(octets, direction, slot, place)
    }

    package mutating func closed(_ direction: Direction, of slot: Int, reset: Bool, at place: StreamPlace) {
        if directions[2 * slot + direction.rawValue].close == nil {
            directions[2 * slot + direction.rawValue].close = Close(place: place, isReset: reset)
        }
    }

    package mutating func finished(_ direction: Direction, of slot: Int, at place: StreamPlace) {
        guard !connections[slot].isDone, connections[slot].requests != nil else { return }
        takeCutHead(direction, slot, place, why: [])
        guard directions[2 * slot + direction.rawValue].reader?.readsUntilClose ?? false else { return }
        // The end of the stream is the end of the content (RFC 9112 section 6.3, rule 8).
        directions[2 * slot + direction.rawValue].reader?.abandonContent()
        if connections[slot].kind(of: direction) == .response { endResponse(slot, at: nil) }
    }

    package mutating func ended(_ slot: Int, _ end: StreamEnd, at place: StreamPlace) {
        if connections[slot].requests != nil, !connections[slot].isDone {
            for direction in [Direction.forward, .backward] { takeCutHead(direction, slot, place, why: []) }
        }
        while !connections[slot].open.isEmpty { conclude(slot, at: place) }
        if connections[slot].count > 0 {
            tell(.ended(connection: connections[slot].identity.id, connectionEnd(slot, end)))
        }
        connections[slot].isDone = true
        directions[2 * slot] = HTTPDirection()
        directions[2 * slot + 1] = HTTPDirection()
    }

    private func connectionEnd(_ slot: Int, _ end: StreamEnd) -> ConnectionEnd {
        let kind: ConnectionEnd.Kind =
            switch end {
            case .fin: .fin
            case .reset: .reset
            case .idle: .idle
            case .captureEnd: .open
            }
        return ConnectionEnd(kind: kind, closedFirst: decisiveClose(slot, after: Timestamp(nanoseconds: .min))?.0)
    }

    // MARK: Who is who

    /// Finds out from the octets who is the client. While they do not tell, a few are kept.
    private mutating func decideRoles(
        _ octets: Span<UInt8>, _ direction: Direction, _ slot: Int, _ place: StreamPlace
    ) -> Bool {
        let side = direction.rawValue
        var waiting = directions[2 * slot + side].undecided
        if waiting.octets.isEmpty { waiting.place = place }
        let before = waiting.octets.count
        waiting.octets.append(octets.extracting(0..<min(octets.count, HTTPDirection.Undecided.limit)))
        let kind = before > 0 ? HeadSearch.kind(of: waiting.octets.span) : HeadSearch.kind(of: octets)
        if let kind {
            connections[slot].requests = kind == .request ? direction : direction.reverse
            let kept = waiting.octets
            directions[2 * slot + side].undecided = HTTPDirection.Undecided()
            if before > 0 {
                prepareReader(direction, slot, waiting.place)
                _ = read(kept.span.extracting(0..<before), direction, slot, waiting.place)
            }
            return true
        }
        let mayGrow = waiting.octets.count < HTTPDirection.Undecided.limit
            && HeadSearch.mayBecomeHead(waiting.octets.span)
        directions[2 * slot + side].undecided = mayGrow ? waiting : HTTPDirection.Undecided()
        return false
    }

    private mutating func prepareReader(_ direction: Direction, _ slot: Int, _ place: StreamPlace) {
        guard directions[2 * slot + direction.rawValue].reader == nil else { return }
        directions[2 * slot + direction.rawValue].reader = MessageReader(
            kind: connections[slot].kind(of: direction), midstream: connections[slot].identity.opener == nil,
            limits: httpLimits, at: place)
    }

    // MARK: Reading

    private mutating func read(
        _ octets: Span<UInt8>, _ direction: Direction, _ slot: Int, _ place: StreamPlace
    ) -> Bool {
        let side = direction.rawValue
        let kind = connections[slot].kind(of: direction)
        if kind == .request { dropUnsentContent(octets, slot, side) }
        var at = 0
        while true {
            let event =
                directions[2 * slot + side].reader?.read(octets, at: &at, place: place, into: &head) ?? .needMore
            switch event {
            case .needMore:
                return !connections[slot].isDone && !(directions[2 * slot + side].reader?.isOff ?? true)
            case .head(let run?):
                takeHead(octets.extracting(run), kind, slot, place)
            case .head(nil):
                let collected = directions[2 * slot + side].reader?.takeCollectedHead() ?? []
                takeHead(collected.span, kind, slot, place)
            case .content(let content):
                addContent(octets.extracting(content), content.count, kind, slot, place)
            case .contentEnd:
                if kind == .request { endRequest(slot, at: place) } else { endResponse(slot, at: place) }
            case .passedOver:
                if kind == .response { extendLostResponse(slot, place) }
            case .notHTTP:
                return false
            case .http2:
                leaveHTTP(slot)
                return false
            }
        }
    }

    /// A request whose final response came first, and then a request line where its content was due: the content was
    /// not sent.
    private mutating func dropUnsentContent(_ octets: Span<UInt8>, _ slot: Int, _ side: Int) {
        guard directions[2 * slot + side].reader?.isInContent ?? false,
            let newest = connections[slot].open.last, newest.final != nil, HeadSearch.isRequest(octets, at: 0)
        else { return }
        directions[2 * slot + side].reader?.abandonContent()
    }

    private mutating func takeHead(_ octets: Span<UInt8>, _ kind: MessageKind, _ slot: Int, _ place: StreamPlace) {
        switch head.start {
        case .request(let line): takeRequest(line, octets, slot, place)
        case .response(let line): takeResponse(line, octets, slot, place)
        case nil: break
        }
    }

    /// What there is of a head that will not be complete.
    private mutating func takeCutHead(_ direction: Direction, _ slot: Int, _ place: StreamPlace, why: Integrity) {
        let side = direction.rawValue
        guard directions[2 * slot + side].reader?.isInHead ?? false else { return }
        guard directions[2 * slot + side].reader?.takeCutHead(into: &head) ?? false else {
            if connections[slot].kind(of: direction) == .response { doubtAnswer(slot, why) }
            return
        }
        let collected = directions[2 * slot + side].reader?.takeCollectedHead() ?? []
        let kind = connections[slot].kind(of: direction)
        takeHead(collected.span, kind, slot, directions[2 * slot + side].reader?.headEnd ?? place)
        directions[2 * slot + side].reader?.seek()
        flag(kind, slot, why)
    }

    // MARK: Missed octets

    package mutating func missed(
        _ octets: Int, _ cause: Loss, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        if connections[slot].isDone { return false }
        let why: Integrity =
            switch cause {
            case .gap: .gap
            case .snaplen: .snaplen
            case .limit: .limit
            }
        guard connections[slot].requests != nil else { return true }
        prepareReader(direction, slot, place)
        let kind = connections[slot].kind(of: direction)
        if kind == .request { connections[slot].missedRequests = true }
        switch directions[2 * slot + direction.rawValue].reader?.miss(octets) ?? .nothing {
        case .inContent:
            addMissedContent(octets, kind, slot)
            flag(kind, slot, why)
        case .endsContent(let rest):
            addMissedContent(rest, kind, slot)
            flag(kind, slot, why)
            if kind == .request { endRequest(slot, at: place) } else { endResponse(slot, at: place) }
            if rest < octets, kind == .response { doubtAnswer(slot, why) }
        case .losesFraming:
            flag(kind, slot, why)
            loseFraming(kind, slot)
        case .cutsHead:
            takeCutHead(direction, slot, place, why: why)
        case .betweenMessages:
            if kind == .response { doubtAnswer(slot, why) }
        case .nothing:
            flag(kind, slot, why)
        }
        return !(directions[2 * slot + direction.rawValue].reader?.isOff ?? true)
    }

    /// The exchange that waits may have been answered by what was missed; its next request will show.
    private mutating func doubtAnswer(_ slot: Int, _ why: Integrity) {
        guard let awaiting = connections[slot].awaiting else { return }
        connections[slot].open[awaiting].integrity.formUnion(why)
        connections[slot].doubtful = connections[slot].open[awaiting].number
    }

    /// Notes on the exchange whose message is under way that part of it was missed.
    private mutating func flag(_ kind: MessageKind, _ slot: Int, _ why: Integrity) {
        let index: Int? =
            switch kind {
            case .request: connections[slot].open.indices.last
            case .response: connections[slot].receiving ?? connections[slot].awaiting
            }
        if let index { connections[slot].open[index].integrity.formUnion(why) }
    }
}
