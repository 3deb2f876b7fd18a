import CaptureModel
import HTTP1

/// What is noted of a request so that the two hops of a proxy can be found.
package struct HopSign: Sendable, BitwiseCopyable {
    /// A hash of its method, and of path and query of its target; 0 where the request was not looked at.
    package fileprivate(set) var key: UInt64 = 0
    /// Whether another with that key was under way at the same time, to another server, that may be its other hop.
    package fileprivate(set) var isPossible = false
    /// How many requests of its client's address were over with this one; the same over and over (the checks that a
    /// proxy makes of its servers) are one. `Int.max` where they were not counted.
    package fileprivate(set) var asked = 0

    package init() {}

    /// For tests of what keeps signs.
    package init(key: UInt64, isPossible: Bool, asked: Int) {
        (self.key, self.isPossible, self.asked) = (key, isPossible, asked)
    }
}

/// The requests under way by method and target. Two hops of a proxy are two of them with one key, to two servers.
///
/// In a busy network many others are so too, by chance. So that these cost nothing, a client has to look like a proxy: it
/// is a server itself, or its request says that it was forwarded, or nearly each of its requests so far met another with
/// its key.
struct RequestsUnderWay: Sendable {
    /// How many possible hops there were so far.
    private(set) var possible = 0
    /// How many addresses there was no room for.
    private(set) var unweighed = 0
    private var groups = AlikeRequests()
    private var hosts: ContiguousArray<Host> = []
    private var hostByAddress: [IPAddress: Int32] = [:]
    private let capacity: Int
    private let seed: UInt64

    /// One address: whether it was a server, how many requests it began (`HopSign.asked`), how many of them met another
    /// with the same key, and how many are over.
    private struct Host {
        var isServer = false
        var asked = 0
        var met = 0
        var over = 0
        /// The key of its last request that was alone.
        var lastAlone: UInt64 = 0
    }

    /// So many requests of a client are followed before it is known whether it may be a proxy.
    private static let doubted = 4

    /// What requests carry that came by a proxy.
    private static let marks = NameDigest([
        "x-forwarded-for", "forwarded", "x-real-ip", "via", "traceparent", "x-request-id", "x-correlation-id",
    ])

    /// `capacity` is the number of addresses remembered, `seed` one of this run.
    init(capacity: Int, seed: UInt64) {
        self.capacity = capacity
        self.seed = seed
    }

    /// Takes a request whose head is complete. `host` is what this table knows the connection's client by, once it does.
    mutating func begin(_ exchange: inout Exchange, host: inout Int32) {
        guard let request = exchange.request, request.headComplete else { return }
        if host == 0 { host = numbers(exchange.connection) }
        let key = exchange.targetKey(seed: seed)
        exchange.hop.key = key
        let group = groups.place(key)
        if exchange.targetStart > Int(request.target.start) { groups[group].hasAuthority = true }
        groups[group].open += 1
        if groups[group].isPossible { possible += 1 }
        groups[group].hops.take(exchange.connection)
        let isAlone = !groups[group].hops.arePossible
        var mayBeProxy = !exchange.names.isDisjoint(with: Self.marks) || groups[group].hasAuthority
        if host > 0 {
            let index = Int(host) - 1
            if !isAlone { hosts[index].met += 1 }
            if !isAlone || hosts[index].lastAlone != key { exchange.hop.asked = 1 }
            if isAlone { hosts[index].lastAlone = key }
            hosts[index].asked += exchange.hop.asked
            let (asked, met) = (hosts[index].asked, hosts[index].met)
            mayBeProxy = mayBeProxy || hosts[index].isServer || asked <= Self.doubted || met * 4 >= asked * 3
        }
        if !isAlone, mayBeProxy, !groups[group].isPossible {
            groups[group].isPossible = true
            possible += groups[group].open
        }
    }

    /// Takes one that is over.
    mutating func end(_ exchange: inout Exchange, host: inout Int32) {
        let key = exchange.hop.key
        guard key != 0 else {
            guard exchange.request != nil else { return }
            if host == 0 { host = numbers(exchange.connection) }
            if host > 0 {
                hosts[Int(host) - 1].asked += 1
                hosts[Int(host) - 1].over += 1
            }
            return
        }
        let group = groups.place(key)
        exchange.hop.isPossible = groups[group].isPossible
        if host > 0 {
            hosts[Int(host) - 1].over += exchange.hop.asked
            exchange.hop.asked = hosts[Int(host) - 1].over
        } else {
            exchange.hop.asked = .max
        }
        groups[group].open -= 1
        if groups[group].open == 0 { groups.remove(group) }
    }

    /// What the client is known by; the server is noted as one.
    private mutating func numbers(_ connection: ConnectionIdentity) -> Int32 {
        let server = number(of: connection.server.address)
        if server > 0 { hosts[Int(server) - 1].isServer = true }
        return number(of: connection.client.address)
    }

    /// What an address is known by, from 1; -1 where there is no room for it.
    private mutating func number(of address: IPAddress) -> Int32 {
        if let known = hostByAddress[address] { return known }
        guard hosts.count < capacity else {
            unweighed += 1
            return -1
        }
        hosts.append(Host())
        hostByAddress[address] = Int32(hosts.count)
        return Int32(hosts.count)
    }
}

/// Groups of requests under way, each of one key: a hash table with open addressing. There are no more of them than
/// exchanges under way, which `ExchangeLimits.octetsInAll` bounds.
private struct AlikeRequests: Sendable {
    struct Group {
        var key: UInt64 = 0
        /// How many are under way; 0 where the place is free.
        var open = 0
        var isPossible = false
        /// Whether one has its target in absolute form, as requests to proxies have.
        var hasAuthority = false
        var hops = PossibleHops()
    }

    private var places = ContiguousArray(repeating: Group(), count: 64)
    private var used = 0

    subscript(place: Int) -> Group {
        @inline(__always) _read { yield places[place] }
        @inline(__always) _modify { yield &places[place] }
    }

    /// The place of the group with this key: its own, or a free one that is its own now.
    mutating func place(_ key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: key) & (places.count - 1)
        while places[place].open > 0 {
            if places[place].key == key { return place }
            place = (place + 1) & (places.count - 1)
        }
        if used * 2 >= places.count {
            grow()
            return self.place(key)
        }
        used += 1
        places[place] = Group(key: key)
        return place
    }

    /// Frees the place of a group that has no request under way, and moves up those that it stood in the way of.
    mutating func remove(_ place: Int) {
        used -= 1
        let mask = places.count - 1
        var (free, at) = (place, (place + 1) & mask)
        while places[at].open > 0 {
            let wanted = Int(truncatingIfNeeded: places[at].key) & mask
            if (at - wanted) & mask >= (at - free) & mask {
                places[free] = places[at]
                free = at
            }
            at = (at + 1) & mask
        }
        places[free].open = 0
    }

    private mutating func grow() {
        let old = places
        places = ContiguousArray(repeating: Group(), count: old.count * 2)
        used = 0
        for group in old where group.open > 0 { places[place(group.key)] = group }
    }
}
