import CaptureModel

/// The packets of one connection that may have to prove something: its first ones, then as many of the latest as there
/// is room for.
struct PacketTrail: Sendable {
    /// A packet that was kept.
    struct Kept: Sendable {
        var record: PacketRecord
        var octets: [UInt8]
    }

    /// Octets of packets that stay from the beginning, and twice at most of the latest ones.
    private static let octets = 128 << 10
    /// Packets that open a connection.
    private static let handshake = 3
    /// What keeping a packet costs beside its octets.
    private static let overhead = 96

    private var first: [Kept] = []
    private var before: [Kept] = []
    private var latest: [Kept] = []
    private var firstCost = 0
    private var beforeCost = 0
    private var latestCost = 0
    /// Packets between the first and the latest ones that there was no room for.
    private(set) var leftOut = 0
    /// Whether packets of exchanges that are over were let go of.
    private(set) var hasForgotten = false

    /// The octets that it takes, about.
    var cost: Int { firstCost + beforeCost + latestCost }

    mutating func add(_ record: PacketRecord, _ octets: Span<UInt8>) {
        var copy: [UInt8] = []
        copy.append(octets)
        let cost = copy.count + Self.overhead
        if latest.isEmpty, before.isEmpty, firstCost + cost <= Self.octets {
            firstCost += cost
            return first.append(Kept(record: record, octets: copy))
        }
        if latestCost + cost > Self.octets {
            leftOut += before.count
            (before, beforeCost) = (latest, latestCost)
            (latest, latestCost) = ([], 0)
        }
        latestCost += cost
        latest.append(Kept(record: record, octets: copy))
    }

    /// What came so far proves nothing: only how the connection began is kept.
    mutating func forget() {
        hasForgotten = true
        first = Array(first.prefix(Self.handshake))
        firstCost = first.reduce(0) { $0 + $1.octets.count + Self.overhead }
        (before, beforeCost, latest, latestCost, leftOut) = ([], 0, [], 0, 0)
    }

    /// All that is kept, in order.
    var packets: [Kept] { first + before + latest }
}
