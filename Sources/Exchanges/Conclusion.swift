import CaptureModel
import HTTP1

/// How exchanges end and are told.
extension HTTPConnection {
    /// Tells the exchanges at the front of the queue that nothing can change any more.
    mutating func tellSettled(_ shared: inout PairingContext) {
        while firstIsSettled { conclude(at: open[0].end, &shared) }
    }

    @inline(__always)
    private var firstIsSettled: Bool {
        guard !open.isEmpty else { return false }
        if open[0].isGivenUp { return true }
        guard open[0].isAnswered else { return false }
        if open.count > 1 { return true }  // a newer request shows that the content of this one was not sent
        guard let isComplete = open[0].request?.complete else { return !answersEarly }
        return isComplete
    }

    /// HTTP/1.x ends on this connection.
    mutating func leaveHTTP(_ shared: inout PairingContext) {
        while !open.isEmpty, open[0].isAnswered { conclude(at: open[0].end, &shared) }
        isDone = true
        requestSide.reader.turnOff()
        responseSide.reader.turnOff()
    }

    /// Tells the first exchange of the queue, of which nothing more will come. `place` is where the capture ended, for
    /// one that is still waiting.
    mutating func conclude(at place: StreamPlace, _ shared: inout PairingContext) {
        if open[0].isAnswered {
            tell(open[0].completion, at: open[0].end, &shared)
        } else if open[0].stray {
            tell(.unanswered, at: open[0].end, &shared)
        } else if open[0].isGivenUp || open[0].number == doubtful || open[0].endIsMissing {
            tell(.lost, at: open[0].lastOctet, &shared)
        } else if let (side, close) = decisiveClose(after: open[0].lastOctet.time) {
            let outcome: Outcome =
                switch (side, close.isReset) {
                case (.client, true): .resetByClient
                case (.client, false): .closedByClient
                case (.server, true): .resetByServer
                case (.server, false): .closedByServer
                }
            // A request may meet a connection that the peer had closed before: its end is then its own last octet.
            let last = open[0].lastOctet
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
        return client.place.time <= server.place.time ? (.client, client) : (.server, server)
    }

    /// Makes room when all connections together keep too much: this one, which grew last, gives up what it keeps.
    mutating func shed(at place: StreamPlace, _ shared: inout PairingContext) {
        defer { account(&shared) }
        shared.shedCount += 1
        if requestSide.reader.isInHead { takeCutRequest(place, .limit, &shared) }
        if responseSide.reader.isInHead { takeCutResponse(place, .limit, &shared) }
        while !open.isEmpty { giveUpOldest(&shared) }
        requestSide.undecided = HTTPDirection.Undecided()
        responseSide.undecided = HTTPDirection.Undecided()
    }

    private mutating func tell(_ outcome: Outcome, at end: StreamPlace, _ shared: inout PairingContext) {
        open[0].settle(outcome, at: end, client: requestSide.close, server: responseSide.close)
        if !requestSide.wasHeard || !responseSide.wasHeard { open[0].integrity.insert(.oneSided) }
        if doubtful != nil, doubtful == open[0].number { doubtful = nil }
        if requestSide.reader.hasOddities { open[0].oddities.formUnion(requestSide.reader.takeOddities()) }
        if responseSide.reader.hasOddities { open[0].oddities.formUnion(responseSide.reader.takeOddities()) }
        openCost -= open[0].cost
        if open.count == 1, shared.finished.isEmpty {
            swap(&open, &shared.finished)  // the usual case, and an exchange is some hundred octets
        } else {
            shared.finished.append(open.removeFirst())
        }
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

/// The exchanges under way on one connection, in the order of their requests.
extension ContiguousArray<Exchange> {
    /// The index of the exchange that the next response belongs to: the first without a final one (RFC 9112 9.2).
    var awaiting: Int? {
        for index in indices where self[index].final == nil && !self[index].isGivenUp { return index }
        return nil
    }

    /// The index of the exchange whose final response is being received.
    var receiving: Int? {
        for index in indices where self[index].final?.complete == false && !self[index].isGivenUp { return index }
        return nil
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
    fileprivate mutating func settle(_ outcome: Outcome, at end: StreamPlace, client: Close?, server: Close?) {
        self.outcome = outcome
        self.end = end
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
