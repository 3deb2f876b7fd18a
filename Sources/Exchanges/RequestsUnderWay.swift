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

    package init(key: UInt64, isPossible: Bool = false, asked: Int = 0) {
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
    private var hostByAddress: [UInt64: Int32] = [:]
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

    /// What is to be noted of a request whose head, complete, holds method and target in `octets`, and fields of these
    /// names. `ends` are those of its connection.
    mutating func begin(
        _ method: OctetRange, _ target: OctetRange, in octets: Span<UInt8>, _ names: NameDigest,
        _ ends: inout ConnectionEnds
    ) -> HopSign {
        if ends.host == 0 { meet(&ends) }
        let path = octets.pathStart(of: target)
        let key = hash(octets, path..<Int(target.end), hash(octets, method.range, seed))
        let group = groups.place(key)
        groups[group].open += 1
        if path > Int(target.start) { groups[group].hasAuthority = true }
        if groups[group].isPossible { possible += 1 }
        groups[group].hops.take(ends)
        let isAlone = !groups[group].hops.arePossible
        var mayBeProxy = !names.isDisjoint(with: Self.marks) || groups[group].hasAuthority
        var sign = HopSign(key: key)
        if ends.host > 0 {
            let index = Int(ends.host) - 1
            if !isAlone || hosts[index].lastAlone != key { sign.asked = 1 }
            if isAlone { hosts[index].lastAlone = key } else { hosts[index].met += 1 }
            hosts[index].asked += sign.asked
            let (asked, met) = (hosts[index].asked, hosts[index].met)
            mayBeProxy = mayBeProxy || hosts[index].isServer || asked <= Self.doubted || met * 4 >= asked * 3
        }
        if !isAlone, mayBeProxy, !groups[group].isPossible {
            groups[group].isPossible = true
            possible += groups[group].open
        }
        return sign
    }

    /// Takes one that is over.
    @inline(__always)
    mutating func end(_ sign: inout HopSign, _ ends: inout ConnectionEnds) {
        if ends.host == 0 { meet(&ends) }
        let host = Int(ends.host) - 1
        guard sign.key != 0 else {
            guard host >= 0 else { return }
            hosts[host].asked += 1
            hosts[host].over += 1
            return
        }
        let group = groups.place(sign.key)
        sign.isPossible = groups[group].isPossible
        groups[group].open -= 1
        if groups[group].open == 0 { groups.remove(group) }
        if host >= 0 { hosts[host].over += sign.asked }
        sign.asked = host >= 0 ? hosts[host].over : .max
    }

    /// Makes the acquaintance of a connection's client; its server is noted as one.
    private mutating func meet(_ ends: inout ConnectionEnds) {
        let server = number(of: ends.serverAddress)
        if server > 0 { hosts[Int(server) - 1].isServer = true }
        ends.host = number(of: ends.client)
    }

    /// What an address is known by, from 1; -1 where there is no room for it.
    private mutating func number(of address: UInt64) -> Int32 {
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
    struct Group: BitwiseCopyable {
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
