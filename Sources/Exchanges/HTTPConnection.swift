import CaptureModel
import HTTP1
import StreamAssembly

/// A connection as HTTP sees it: who is the client, what is being read in each direction, and the exchanges under way.
struct HTTPConnection: Sendable {
    // What every packet with octets looks at comes first, to be near each other in memory.

    /// The direction in which requests go; `nil` until the SYN or the octets told.
    private(set) var requests: Direction?
    /// HTTP/1.x is over here: a tunnel, an upgrade, HTTP/2, or it never was.
    var isDone = false
    /// Whether octets came in the direction of the responses.
    private var wasAnswered = false
    /// A response came while the head of its request was still arriving; the newest exchange waits for that head.
    var answersEarly = false
    /// The final response came while content of its request was due: the next octets show whether that is sent.
    var doubtsContent = false
    /// Whether octets of the request direction were missed, which may have been requests.
    var missedRequests = false
    /// Whether the request direction said something that is no HTTP, and is not read any more: what it asks is not known.
    var leftRequests = false
    /// Why responses are no longer read: whose they are is not known any more.
    var unread: Integrity = []
    /// The exchanges under way, in the order of their requests; the first ones may have their final response already.
    var open = ExchangeQueue()
    /// What the exchanges under way cost in memory, in octets (`Exchange.cost`).
    var openCost = 0
    /// What `account` found last.
    private var accounted = 0
    /// Exchanges begun so far.
    var count = 0
    /// The number of the exchange whose final response may have been among missed octets.
    var doubtful: Int?
    /// Whether answers belong to the requests they seem to belong to.
    var doubt = PairingDoubt()
    /// The final response just begun may answer another request, a HEAD: what comes shows whether it has content.
    var doubtsAnswerContent = false
    /// The requests that were given up while they waited, and whose answers are still to come.
    var owed = OwedAnswers()
    /// The two directions. While nobody knows who is the client, the forward one is taken for the requests'.
    var requestSide: HTTPDirection
    var responseSide: HTTPDirection
    /// How exchanges name this connection, by what is known of the client.
    private(set) var connection: ConnectionIdentity
    /// The same, to be compared with other connections.
    var ends: ConnectionEnds
    /// Content of the newest request under inspection: the beginning of it.
    var inspected = ContentInspection()
    /// Content of the final response being received under inspection.
    var inspectedAnswer = MultistatusInspection()
    let identity: StreamIdentity

    init(identity: StreamIdentity, limits: HTTPLimits, seed: UInt64) {
        self.identity = identity
        requests = identity.opener
        connection = ConnectionIdentity(identity, client: identity.opener ?? .forward)
        ends = ConnectionEnds(connection, seed: seed)
        let midstream = identity.opener == nil
        requestSide = HTTPDirection(MessageReader(kind: .request, midstream: midstream, limits: limits))
        responseSide = HTTPDirection(MessageReader(kind: .response, midstream: midstream, limits: limits))
    }

    /// Whether every request sent so far was seen: then a response that none waits for is a stray one.
    var sawAllRequests: Bool {
        identity.opener != nil && requestSide.wasHeard && !missedRequests && !leftRequests
    }

    /// What of the capture is to blame where not every request was seen; nothing, where one could not be read.
    var whyNotAllRequests: Integrity {
        if missedRequests { return .gap }
        if identity.opener == nil { return .midstream }
        return requestSide.wasHeard ? [] : .oneSided
    }

    /// Tells how much more, or less, this connection keeps in memory than at the last time. Called in place and with
    /// stored numbers only: a getter of a value as large as this one copies it.
    mutating func account(_ shared: inout PairingContext) {
        let cost =
            openCost + owed.cost + requestSide.reader.collectedCount + requestSide.undecided.octets.count
            + responseSide.reader.collectedCount + responseSide.undecided.octets.count
        shared.kept += cost - accounted
        accounted = cost
    }

    /// Whether requests go in this direction. (`==` of a `MessageKind` is a call from another module.)
    private func isRequests(_ direction: Direction) -> Bool {
        direction.rawValue == (requests ?? .forward).rawValue
    }

    // MARK: What the assembler tells

    mutating func heard(_ direction: Direction) {
        if isRequests(direction) { requestSide.wasHeard = true } else { responseSide.wasHeard = true }
    }

    mutating func closed(_ direction: Direction, _ sign: ClosingSign, at place: StreamPlace) {
        if isRequests(direction) {
            requestSide.close(sign, at: place, &responseSide)
        } else {
            responseSide.close(sign, at: place, &requestSide)
        }
        guard sign == .missedFIN else { return }
        for index in open.indices where !open.items[index].isAnswered { open.items[index].integrity.insert(.gap) }
    }

    /// Whether no message of this direction is in the middle of its head or of content whose length is known.
    func mayEnd(_ direction: Direction) -> Bool {
        isRequests(direction) ? requestSide.reader.mayEnd : responseSide.reader.mayEnd
    }

    /// The event of the connection's first FIN or RST, which comes in `direction`; `nil` for a later one, or where
    /// there was no exchange.
    func closing(_ direction: Direction, _ isReset: Bool, _ place: StreamPlace) -> ExchangeEvent? {
        guard count > 0, requestSide.close == nil, responseSide.close == nil else { return nil }
        let side: Side = isRequests(direction) ? .client : .server
        return ExchangeEvent(
            kind: .closed(side, isReset: isReset), connection: connection, number: count, place: place)
    }

    /// Octets of one direction; returns whether more of it is wanted.
    mutating func received(
        _ octets: Span<UInt8>, _ direction: Direction, at place: StreamPlace, _ shared: inout PairingContext
    ) -> Bool {
        if isDone { return false }
        if wasAnswered, !isRequests(direction), passMiddle(octets.count, at: place) { return true }
        defer { account(&shared) }
        if requests == nil, !decideRoles(octets, direction, place, &shared) { return true }
        if !wasAnswered, !isRequests(direction) {
            wasAnswered = true
            // Whoever accepted the connection may be the one who asks; the first octets tell.
            if count == 0, !requestSide.reader.isInHead, HeadSearch.isRequest(octets, at: 0) {
                exchangeRoles(direction, &shared)
            }
        }
        if isRequests(direction) { return readRequests(octets, place, &shared) }
        return readResponses(octets, place, &shared)
    }

    /// Takes `client` for the direction of the requests instead of the other one; nothing was read of either.
    private mutating func exchangeRoles(_ client: Direction, _ shared: inout PairingContext) {
        knowClient(client, &shared)
        swapSides(shared.httpLimits, midstream: false)
    }

    mutating func missed(
        _ octets: Int, _ cause: Loss, _ direction: Direction, at place: StreamPlace, _ shared: inout PairingContext
    ) -> Bool {
        if isDone { return false }
        defer { account(&shared) }
        guard requests != nil else {
            // What follows does not go on where the kept octets end.
            if direction == .forward {
                requestSide.undecided = HTTPDirection.Undecided()
            } else {
                responseSide.undecided = HTTPDirection.Undecided()
            }
            return true
        }
        let why: Integrity =
            switch cause {
            case .gap: .gap
            case .snaplen: .snaplen
            case .limit: .limit
            }
        if isRequests(direction) {
            missedRequests = true
            missRequest(octets, why, place, &shared)
            return !requestSide.reader.isOff
        }
        missResponse(octets, why, place, &shared)
        return !responseSide.reader.isOff
    }

    mutating func finished(_ direction: Direction, at place: StreamPlace, _ shared: inout PairingContext) {
        guard !isDone, requests != nil else { return }
        defer { account(&shared) }
        if isRequests(direction) {
            takeCutRequest(place, [], &shared)
            return
        }
        takeCutResponse(place, [], &shared)
        if responseSide.reader.readsUntilClose {
            // The end of the stream is the end of the content (RFC 9112 section 6.3, rule 8).
            responseSide.reader.abandonContent()
            endResponse(at: nil, &shared)
        }
    }

    mutating func ended(_ end: StreamEnd, at place: StreamPlace, _ shared: inout PairingContext) {
        defer { account(&shared) }
        if requests != nil, !isDone {
            takeCutRequest(place, [], &shared)
            takeCutResponse(place, [], &shared)
        }
        if end == .evicted {
            for index in open.indices { open.items[index].integrity.insert(.limit) }
        }
        while !open.isEmpty { conclude(at: place, &shared) }
        if count > 0 {
            let kind: ConnectionEnd.Kind =
                switch end {
                case .fin: .fin
                case .reset: .reset
                case .idle, .evicted: .idle
                case .captureEnd: .open
                }
            let closer = decisiveClose(after: Timestamp(nanoseconds: .min))?.side
            shared.ended.append(
                EndedConnection(id: identity.id, end: ConnectionEnd(kind: kind, closedFirst: closer)))
        }
        isDone = true
        open = ExchangeQueue()
        owed = OwedAnswers()
        requestSide.undecided = HTTPDirection.Undecided()
        responseSide.undecided = HTTPDirection.Undecided()
        requestSide.reader.turnOff()
        responseSide.reader.turnOff()
    }

    // MARK: Who is who

    /// Finds out from the octets who is the client. While they do not tell, a few are kept.
    private mutating func decideRoles(
        _ octets: Span<UInt8>, _ direction: Direction, _ place: StreamPlace, _ shared: inout PairingContext
    ) -> Bool {
        var waiting = direction == .forward ? requestSide.undecided : responseSide.undecided
        waiting.keep(octets.extracting(0..<min(octets.count, HTTPDirection.Undecided.limit)), place)
        let kind = waiting.runs.count > 1 ? HeadSearch.kind(of: waiting.octets.span) : HeadSearch.kind(of: octets)
        guard let kind else {
            let mayGrow =
                waiting.octets.count < HTTPDirection.Undecided.limit
                && HeadSearch.mayBecomeHead(waiting.octets.span)
            if !mayGrow { waiting = HTTPDirection.Undecided() }
            if direction == .forward { requestSide.undecided = waiting } else { responseSide.undecided = waiting }
            return false
        }
        let client = kind == .request ? direction : direction.reverse
        knowClient(client, &shared)
        if requests == .backward { swapSides(shared.httpLimits, midstream: true) }
        requestSide.undecided = HTTPDirection.Undecided()
        responseSide.undecided = HTTPDirection.Undecided()
        for run in waiting.runs.dropLast() {
            let kept = waiting.octets.span.extracting(run.octets)
            switch kind {
            case .request: _ = readRequests(kept, run.place, &shared)
            case .response: _ = readResponses(kept, run.place, &shared)
            }
        }
        return true
    }

    /// The client sends in the direction `client`.
    private mutating func knowClient(_ client: Direction, _ shared: inout PairingContext) {
        requests = client
        connection = ConnectionIdentity(identity, client: client)
        ends = ConnectionEnds(connection, seed: shared.seed)
        shared.hops.take(ends)
    }

    private mutating func swapSides(_ limits: HTTPLimits, midstream: Bool) {
        let side = requestSide
        requestSide = responseSide
        responseSide = side
        requestSide.reader = MessageReader(kind: .request, midstream: midstream, limits: limits)
        responseSide.reader = MessageReader(kind: .response, midstream: midstream, limits: limits)
    }
}

extension ConnectionIdentity {
    /// A connection whose client sends in the direction `client`.
    fileprivate init(_ identity: StreamIdentity, client: Direction) {
        self.init(
            id: identity.id, client: identity.sender(client), server: identity.sender(client.reverse),
            start: identity.opener == nil ? .midstream : .handshake)
    }
}

/// One direction of a connection as HTTP sees it.
struct HTTPDirection: Sendable {
    var reader: MessageReader
    /// Its first FIN or RST.
    var close: Close?
    /// Whether that FIN was missed, and its place is where the peer acknowledged it.
    private(set) var isCloseMissed = false
    /// Whether any packet of it was captured.
    var wasHeard = false
    var undecided = Undecided()

    init(_ reader: MessageReader) {
        self.reader = reader
    }

    /// Takes a FIN or RST. One that was overtaken in the capture changes places with the other: it was on the wire
    /// when that was captured, which came after it.
    fileprivate mutating func close(_ sign: ClosingSign, at place: StreamPlace, _ other: inout HTTPDirection) {
        guard close == nil else { return }
        close = Close(place: place, isReset: sign == .reset)
        isCloseMissed = sign == .missedFIN
        if sign == .overtakenFIN, let first = other.close, !first.isReset {
            close?.place = first.place
            other.close?.place = place
        }
    }

    /// Octets kept while nobody knows who is the client, or whether announced content is sent: the beginning of a head,
    /// perhaps.
    struct Undecided: Sendable {
        private(set) var octets: [UInt8] = []
        /// Which of them came together, and where.
        private(set) var runs: [(octets: Range<Int>, place: StreamPlace)] = []

        /// Enough for most start lines.
        static let limit = 2_048

        mutating func keep(_ run: Span<UInt8>, _ place: StreamPlace) {
            runs.append((octets.count..<octets.count + run.count, place))
            octets.append(run)
        }
    }
}
