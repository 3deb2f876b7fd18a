package import CaptureModel
package import HTTP1
package import StreamAssembly

/// Makes exchanges of the messages on all connections.
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
    /// By the assembler's slots.
    private var connections: ContiguousArray<HTTPConnection> = []
    var shared: PairingContext

    /// A pairing without connections. `seed` is one of this run. One that `isWatched` keeps what happens, until
    /// `takeEvents` takes it away.
    package init(
        httpLimits: HTTPLimits = HTTPLimits(), limits: ExchangeLimits = ExchangeLimits(), seed: UInt64 = 0,
        isWatched: Bool = false
    ) {
        shared = PairingContext(httpLimits: httpLimits, limits: limits, seed: seed, isWatched: isWatched)
    }

    /// How often a connection had to give up what it kept, because all together kept too much.
    package var shedCount: Int { shared.shedCount }

    /// How many exchanges so far may be hops of a proxy (`Exchange.hop`), those included that are still under way.
    package var possibleHops: Int { mutating get { shared.underWay.possible } }

    /// How many addresses there was no room for among those whose requests are weighed (`ExchangeLimits.hosts`).
    package var unweighedHosts: Int { shared.underWay.unweighed }

    /// Whether there is something to take away: exchanges, or ends of connections. (Getters asked for with each packet or
    /// exchange are mutating, although they change nothing: a pairing that is borrowed would be copied.)
    package var hasTold: Bool { mutating get { !shared.finished.isEmpty || !shared.ended.isEmpty } }

    /// Takes away the exchanges that are over, or of which nothing more will be seen; those of one connection in order.
    /// What the given array holds is spent, and serves for the next one.
    package mutating func takeFinished(_ exchanges: inout ContiguousArray<Exchange>) {
        if exchanges.count == 1, shared.spares.count < PairingContext.mostSpares {
            shared.spares.append(exchanges)
            exchanges = []
        }
        if !exchanges.isEmpty { exchanges.removeAll(keepingCapacity: true) }
        swap(&shared.finished, &exchanges)
    }

    /// Takes away the connections that ended; their exchanges were finished before.
    package mutating func takeEnded(_ connections: inout ContiguousArray<EndedConnection>) {
        if !connections.isEmpty { connections.removeAll(keepingCapacity: true) }
        if !shared.ended.isEmpty { swap(&shared.ended, &connections) }
    }

    package mutating func opened(_ slot: Int, _ connection: StreamIdentity) {
        let fresh = HTTPConnection(identity: connection, limits: shared.httpLimits, seed: shared.seed)
        if connection.opener != nil { shared.hops.take(fresh.ends) }
        if slot == connections.count {
            connections.append(fresh)
            shared.isCrowded = connections.count > 4_096
        } else {
            connections[slot] = fresh
        }
    }

    package func isBusy(_ slot: Int) -> Bool { !connections[slot].open.isEmpty }

    package mutating func heard(_ direction: Direction, of slot: Int) {
        connections[slot].heard(direction)
    }

    package mutating func received(
        _ octets: Span<UInt8>, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        if shared.hops.arePossible, !shared.followsHops { followHops() }
        let wantsMore = connections[slot].received(octets, direction, at: place, &shared)
        if shared.kept > shared.limits.octetsInAll { connections[slot].shed(at: place, &shared) }
        return wantsMore
    }

    /// From now on two connections may be the hops of a proxy: requests are looked at, and those under way first.
    private mutating func followHops() {
        shared.followsHops = true
        for slot in connections.indices { connections[slot].followHops(&shared) }
    }

    package mutating func missed(
        _ octets: Int, _ cause: Loss, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        connections[slot].missed(octets, cause, direction, at: place, &shared)
    }

    package mutating func closed(
        _ direction: Direction, of slot: Int, by sign: ClosingSign, at place: StreamPlace
    ) {
        if shared.isWatched, let event = connections[slot].closing(direction, sign == .reset, place) {
            shared.happened.append(event)
        }
        connections[slot].closed(direction, sign, at: place)
    }

    package func mayEnd(_ direction: Direction, of slot: Int) -> Bool { connections[slot].mayEnd(direction) }

    package mutating func finished(_ direction: Direction, of slot: Int, at place: StreamPlace) {
        connections[slot].finished(direction, at: place, &shared)
    }

    package mutating func ended(_ slot: Int, _ end: StreamEnd, at place: StreamPlace) {
        connections[slot].ended(end, at: place, &shared)
    }
}

/// What the connections share: bounds, the heads read last, and what there is to tell.
struct PairingContext {
    let httpLimits: HTTPLimits
    let limits: ExchangeLimits
    let seed: UInt64
    var requestHead = MessageHead()
    var responseHead = MessageHead()
    /// What all connections keep, in octets; and how often one of them had to give that up.
    var kept = 0
    var shedCount = 0
    /// Whether two connections may be the hops of a proxy, and whether requests are looked at for it.
    var hops = PossibleHops()
    var followsHops = false
    var underWay: RequestsUnderWay
    var finished: ContiguousArray<Exchange> = []
    var ended: ContiguousArray<EndedConnection> = []
    /// Whether somebody wants to know what happens while it does, and what that is.
    let isWatched: Bool
    var happened = ExchangeEvents()
    /// Whether there are so many connections that one without an open exchange should not keep memory for the next.
    var isCrowded = false
    /// Exchanges that were taken away and are spent, each in an array of its own: new ones begin in their places
    /// (`Exchange.restart`).
    var spares: ContiguousArray<ContiguousArray<Exchange>> = []

    /// So many of them are kept.
    static let mostSpares = 64

    init(httpLimits: HTTPLimits, limits: ExchangeLimits, seed: UInt64, isWatched: Bool) {
        self.httpLimits = httpLimits
        self.limits = limits
        self.seed = seed
        self.isWatched = isWatched
        underWay = RequestsUnderWay(capacity: limits.hosts, seed: seed)
    }
}

/// A connection that carried exchanges and is over.
package struct EndedConnection: Sendable {
    /// Its number in order of appearance, from 1.
    package var id: Int
    package var end: ConnectionEnd
}

/// The bounds of what is kept for one connection and one exchange.
package struct ExchangeLimits: Sendable {
    /// Exchanges under way on one connection; beyond it the oldest is given up. Pipelines of real clients hold tens.
    package var openExchanges = 1_000
    /// Octets of unfinished heads and of exchanges under way, of all connections together. Beyond it the connection that
    /// grew last gives up what it has.
    package var octetsInAll = 24 << 20
    /// Interim responses kept of one exchange with their fields, and in all; beyond it they are no longer recorded.
    package var interimsWithFields = 1_000
    package var interims = 100_000
    /// Octets of one message's content that are looked through: for RFC 2518's elements, or for failures in a 207.
    package var inspectedOctets = 16_384
    /// Addresses whose requests are counted, to tell proxies from other clients; a large campus.
    package var hosts = 65_536

    package init() {}
}
