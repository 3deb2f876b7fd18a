import CaptureModel
import HTTP1

/// How exchanges end and are told.
extension HTTPConnection {
    /// Tells the exchanges at the front of the queue that nothing can change any more.
    mutating func tellSettled(_ shared: inout PairingContext) {
        while firstIsSettled { conclude(at: open.items[open.first].end, &shared) }
    }

    @inline(__always)
    private var firstIsSettled: Bool {
        guard !open.isEmpty else { return false }
        if open.items[open.first].isGivenUp { return true }
        guard open.items[open.first].isAnswered else { return false }
        if open.count > 1 { return true }  // a newer request shows that the content of this one was not sent
        guard let isComplete = open.items[open.first].request?.complete else { return !answersEarly }
        return isComplete
    }

    /// HTTP/1.x ends on this connection.
    mutating func leaveHTTP(_ shared: inout PairingContext) {
        while !open.isEmpty, open.items[open.first].isAnswered { conclude(at: open.items[open.first].end, &shared) }
        isDone = true
        requestSide.reader.turnOff()
        responseSide.reader.turnOff()
    }

    /// Tells the first exchange of the queue, of which nothing more will come. `place` is where the capture ended, for
    /// one that is still waiting.
    mutating func conclude(at place: StreamPlace, _ shared: inout PairingContext) {
        if open.items[open.first].isAnswered {
            tell(open.items[open.first].completion, at: open.items[open.first].end, &shared)
        } else if open.items[open.first].stray {
            tell(.unanswered, at: open.items[open.first].end, &shared)
        } else if open.items[open.first].isGivenUp || open.items[open.first].number == doubtful
            || open.items[open.first].endIsMissing
        {
            tell(.lost, at: open.items[open.first].lastOctet, &shared)
        } else if let (side, close) = decisiveClose(after: open.items[open.first].lastOctet.time) {
            let outcome: Outcome =
                switch (side, close.isReset) {
                case (.client, true): .resetByClient
                case (.client, false): .closedByClient
                case (.server, true): .resetByServer
                case (.server, false): .closedByServer
                }
            // A request may meet a connection that the peer had closed before: its end is then its own last octet.
            let last = open.items[open.first].lastOctet
            tell(outcome, at: close.place.time < last.time ? last : close.place, &shared)
        } else {
            tell(.unanswered, at: place, &shared)
        }
    }

    /// The first FIN or RST at or after `moment`, or, where there is none, the first of all.
    func decisiveClose(after moment: Timestamp) -> (side: Side, close: Close)? {
        guard let client = requestSide.close else { return responseSide.close.map { (.server, $0) } }
        guard let server = responseSide.close else { return (.client, client) }
        let (clientIsLate, serverIsLate) = (client.place.time >= moment, server.place.time >= moment)
        if clientIsLate != serverIsLate { return clientIsLate ? (.client, client) : (.server, server) }
        if responseSide.isCloseMissed, server.place == client.place { return (.server, server) }
        return server.place.precedes(client.place) ? (.server, server) : (.client, client)
    }

    /// Makes room when all connections together keep too much: this one, which grew last, gives up what it keeps.
    mutating func shed(at place: StreamPlace, _ shared: inout PairingContext) {
        defer { account(&shared) }
        shared.shedCount += 1
        if requestSide.reader.isInHead { takeCutRequest(place, .limit, &shared) }
        if doubtsAnswerContent || responseSide.reader.isInHead { takeCutResponse(place, .limit, &shared) }
        while !open.isEmpty { giveUpOldest(&shared) }
        requestSide.undecided = HTTPDirection.Undecided()
        responseSide.undecided = HTTPDirection.Undecided()
    }

    private mutating func tell(_ outcome: Outcome, at end: StreamPlace, _ shared: inout PairingContext) {
        var oddities: Oddities = []
        if requestSide.reader.hasOddities || responseSide.reader.hasOddities {
            oddities = requestSide.reader.takeOddities().union(responseSide.reader.takeOddities())
        }
        // One change of the exchange: each looks whether the array is its own.
        open.items[open.first].settle(
            outcome, at: end, requestSide.close, responseSide.close, oddities,
            isOneSided: !requestSide.wasHeard || !responseSide.wasHeard)
        if doubtful != nil, doubtful == open.items[open.first].number { doubtful = nil }
        shared.underWay.end(&open.items[open.first].hop, &ends)
        openCost -= open.items[open.first].cost
        open.moveFirst(to: &shared.finished, keepsRoom: !shared.isCrowded)
    }
}

extension Exchange {
    /// What an exchange takes beside its octets and arrays, and what an interim response does.
    static let overhead = 1_024
    static let interimCost = 96

    /// What a head takes.
    static func cost(octets: Int, fields: Int) -> Int { octets + 16 * fields }

    /// What it takes in memory, in octets, about.
    @inline(__always)
    fileprivate var cost: Int {
        Self.overhead + Self.cost(octets: octets.count, fields: fields.count) + Self.interimCost * interims.count
    }
}

extension Exchange {
    /// Whether its final response is complete.
    @inline(__always)
    var isAnswered: Bool { final?.complete == true }

    /// The outcome of an exchange whose final response is complete.
    @inline(__always)
    fileprivate var completion: Outcome {
        guard final?.framing.isTunnel == true else { return .completed }
        return final?.status == 101 ? .switchedProtocols : .tunnel
    }

    /// It is over. `client` and `server` are the first FIN or RST of either side so far.
    fileprivate mutating func settle(
        _ outcome: Outcome, at end: StreamPlace, _ client: Close?, _ server: Close?, _ oddities: Oddities,
        isOneSided: Bool
    ) {
        self.outcome = outcome
        self.end = end
        self.oddities.formUnion(oddities)
        if isOneSided { integrity.insert(.oneSided) }
        if let client, client.place.time <= end.time { clientClose = client }
        if let server, server.place.time <= end.time { serverClose = server }
    }

    /// Whether a miss cut the head of its final response, or lost where its content ends.
    fileprivate var endIsMissing: Bool {
        guard let final, !final.complete, !integrity.isDisjoint(with: [.gap, .snaplen, .limit]) else { return false }
        return !final.headComplete || final.framing == .unknown
    }

    /// Its last octet so far, of either side.
    fileprivate var lastOctet: StreamPlace {
        var last = origin
        for place in [request?.headEnd, request?.end, interims.last?.headEnd, final?.end] {
            if let place, place.time > last.time { last = place }
        }
        return last
    }
}
