import CaptureModel

/// One direction of a connection: how far it has been told, what is held behind a hole, how it closed.
struct HalfStream: Sendable {
    // What every packet looks at comes first, to be near each other in memory.

    /// The sequence number of the next octet to tell; meaningless until `isEstablished`.
    var next = SequenceNumber(0)
    /// Whether `next` is known: from a SYN, or from the first segment captured.
    var isEstablished = false
    /// Whether any packet of this direction was captured.
    var wasCaptured = false
    /// Whether the consumer still wants octets.
    var isWanted = true
    var isFinished = false
    /// Offset of the next octet from the beginning of what was captured.
    var position = 0
    /// How far the peer has acknowledged this direction, as an offset like `position`.
    var acknowledged = 0
    /// Offset behind the last octet, once a FIN was captured.
    var finOffset: Int?
    /// Where the peer acknowledged octets that were not told yet; `nil` while it has not.
    var owedSince: StreamPlace?
    var held = HeldSegments()
    /// The connection's packet count at `owedSince`.
    var owedAtPacket = 0
    /// How far the peer had acknowledged at that moment.
    var owedUpTo = 0
    /// Whether a SYN, or the answer to it, told where this direction begins.
    var isAnchored = false
    /// The sequence number of the SYN, where it was seen.
    var initial: SequenceNumber?
    var finPlace: StreamPlace?
    /// Whether that FIN was missed: only an acknowledgement of one more octet tells of it, and octets may still show that
    /// it was none.
    var isFINMissed = false
    /// What the FIN acknowledged.
    var finAcknowledges: SequenceNumber?

    /// The offset of a sequence number.
    func offset(_ number: SequenceNumber) -> Int {
        position + next.distance(to: number)
    }

    /// What is above the position and yet no octet: a FIN takes a sequence number of its own.
    var finAllowance: Int { finOffset == position ? 1 : 0 }

    /// Whether the peer has acknowledged octets that were not told.
    var isOwed: Bool { acknowledged > position + finAllowance }

    /// Takes one octet that the peer acknowledged, and nothing follows, for a FIN.
    mutating func missFIN(at place: StreamPlace) {
        finOffset = position
        finPlace = place
        isFINMissed = true
    }

    /// Octets up to `end` show that what was taken for a missed FIN was none.
    mutating func doubtFIN(_ end: Int) {
        guard isFINMissed, !isFinished, end > position + 1 else { return }
        finOffset = nil
        isFINMissed = false
    }

    mutating func advance(_ octets: Int) {
        position += octets
        next = next + octets
    }

    /// Begins the stream earlier, at `number`, where it was begun with a packet that carried nothing and may have
    /// overtaken octets. A keep-alive probe repeats the last octet, and is none that was overtaken.
    mutating func beginEarlier(at number: SequenceNumber, length: Int) {
        let earlier = number.distance(to: next)
        guard earlier > 0, earlier < AssemblyContext.resetReach, earlier > 1 || length > 1 else { return }
        guard position == 0, !isAnchored, finOffset == nil, held.isEmpty else { return }
        next = number
        acknowledged += earlier
        owedUpTo += earlier
    }

    /// Begins the stream at `number`.
    mutating func establish(at number: SequenceNumber) {
        next = number
        isEstablished = true
        acknowledged = position
    }
}

/// A connection in the assembler: its key, its two halves, and whether it is over.
struct Flow: Sendable {
    let key: FlowKey
    let slot: Int
    var lastPacket: StreamPlace
    /// Packets of this connection so far.
    var packets = 0
    /// When its first packet was captured.
    let began: Timestamp
    /// Whether the direction that was not captured yet may come late: what may answer it waits. What the opener says
    /// answers nothing at first.
    var isAwaitingPeer: Bool
    var isOver = false
    /// Whether this slot holds a connection at all.
    var isUsed = true
    /// A SYN that does not belong to this connection, until its answer shows that it began another: who sent it, and the
    /// number of the first octet behind it.
    var rival: (direction: Direction, number: UInt32)?
    /// The first RST that belongs to the connection, and the packet count then. Octets that it overtook may still come.
    var reset: StreamPlace?
    var resetAtPacket = 0
    /// Who sent it, and where in its stream: what that side says from there on is not of this connection.
    var resetSide = 0
    var resetOffset = 0
    let id: Int
    /// By `Direction.rawValue`.
    var halves: InlineArray<2, HalfStream> = InlineArray(repeating: HalfStream())

    init(key: FlowKey, id: Int, slot: Int, at place: StreamPlace, isAwaitingPeer: Bool) {
        self.key = key
        self.id = id
        self.slot = slot
        lastPacket = place
        began = place.time
        self.isAwaitingPeer = isAwaitingPeer
    }
}

extension Flow {
    /// What is held in either direction takes no more room than it needs.
    mutating func shrink(_ spares: inout SpareArrays) {
        if !halves[0].held.isEmpty { halves[0].held.shrink(&spares) }
        if !halves[1].held.isEmpty { halves[1].held.shrink(&spares) }
    }

    /// What decides whether a connection is forgotten. It is asked of flows in a span, which lends them where they are; an
    /// array's own subscript would copy a flow for it.
    var standing: (isUsed: Bool, isOver: Bool, lastTime: Timestamp) {
        (isUsed, isOver || reset != nil, lastPacket.time)
    }
}

/// Both endpoints of a connection in a fixed order, and the realm that keeps equal ones apart.
struct FlowKey: Hashable, Sendable {
    var first: Endpoint
    var second: Endpoint
    var realm: UInt32
}

/// What the flows of one assembler share.
struct AssemblyContext: Sendable {
    let limits: AssemblyLimits
    /// What all halves hold out of order.
    var heldInAll = 0
    /// What serves halves that hold something again.
    var spares = SpareArrays()
    var counters = AssemblyCounters()

    init(limits: AssemblyLimits) {
        self.limits = limits
    }

    /// What lies further than this from the expected octet does not belong to the connection as it is now: a RST or
    /// an acknowledgement that is forged, damaged, or from an earlier connection. Larger than windows in use.
    static let plausibleDistance = 1 << 25
    /// So much is held, in octets, for a direction of which no packet was captured yet.
    static let patienceForPeer = 1 << 16
    /// How far a RST may lie beyond what was seen of its sender: four windows without scaling.
    static let resetReach = 1 << 18
}
