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
    fileprivate static let overhead = 96

    private var first: [Kept] = []
    private var before: [Kept] = []
    private var latest: [Kept] = []
    private var firstCost = 0
    private var beforeCost = 0
    private var latestCost = 0
    /// What came before this packet proves nothing any more, but for the handshake; `nil` where all may.
    private var start: StreamPlace?
    /// Packets between the first and the latest ones that there was no room for.
    private(set) var leftOut = 0

    /// The octets that it takes, about.
    var cost: Int { firstCost + beforeCost + latestCost }

    mutating func add(_ record: PacketRecord, _ octets: Span<UInt8>) {
        let packet = Kept(record: record, octets: Array(copying: octets))
        if latestCost + packet.cost > Self.octets { makeRoom() }
        if latest.isEmpty, before.isEmpty, firstCost + packet.cost <= Self.octets {
            firstCost += packet.cost
            return first.append(packet)
        }
        latestCost += packet.cost
        latest.append(packet)
    }

    /// The latest packets fill their room: those that prove nothing go, else those before them.
    private mutating func makeRoom() {
        if let start {
            let useful = packets.dropFirst(Self.handshake).filter { $0.record.isNot(before: start) }
            let kept = packets.prefix(Self.handshake) + useful
            let cost = kept.reduce(0) { $0 + $1.cost }
            if cost <= Self.octets {
                (first, firstCost) = (Array(kept), cost)
                return (before, beforeCost, latest, latestCost, leftOut) = ([], 0, [], 0, 0)
            }
        }
        leftOut += before.count
        (before, beforeCost) = (latest, latestCost)
        (latest, latestCost) = ([], 0)
    }

    /// What came so far proves nothing: only how the connection began is kept.
    mutating func forget() {
        first = Array(first.prefix(Self.handshake))
        firstCost = first.reduce(0) { $0 + $1.cost }
        (before, beforeCost, latest, latestCost, leftOut, start) = ([], 0, [], 0, 0, nil)
    }

    /// What came before `start` proves nothing; it goes when there is no room.
    mutating func forget(before start: StreamPlace) {
        self.start = start
    }

    /// Whether it has the packet at `place`.
    func holds(_ place: StreamPlace) -> Bool {
        [latest, before, first].contains { part in part.contains { $0.record.place == place } }
    }

    /// All that is kept, in order.
    var packets: [Kept] { first + before + latest }
}

extension PacketTrail.Kept {
    /// The octets that it takes, about.
    fileprivate var cost: Int { octets.count + PacketTrail.overhead }
}

extension PacketRecord {
    /// Whether it was read after `place`, or is there itself.
    fileprivate func isNot(before place: StreamPlace) -> Bool {
        (capture, frame) >= (place.capture, place.frame)
    }
}
