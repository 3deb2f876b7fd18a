import CaptureModel

/// One direction of a connection: how far it has been told, what is held behind a hole, how it closed.
struct HalfStream: Sendable {
    /// The sequence number of the next octet to tell; meaningless until `isEstablished`.
    var next = SequenceNumber(0)
    /// Offset of that octet from the beginning of what was captured.
    var position = 0
    /// Whether `next` is known: from a SYN, or from the first segment captured.
    var isEstablished = false
    /// The sequence number of the SYN, where it was seen.
    var initial: SequenceNumber?
    /// Whether any packet of this direction was captured.
    var wasCaptured = false
    /// Whether the consumer still wants octets.
    var isWanted = true
    var held = HeldSegments()
    /// How far the peer has acknowledged this direction, as an offset like `position`.
    var acknowledged = 0
    /// Since when the peer has acknowledged octets that were not told yet; `nil` while it has not.
    var owedSince: Timestamp?
    /// The connection's packet count at that moment.
    var owedAtPacket = 0
    /// Offset behind the last octet, once a FIN was captured.
    var finOffset: Int?
    var finPlace: StreamPlace?
    var isFinished = false

    /// The offset of a sequence number.
    @inline(__always)
    func offset(_ number: SequenceNumber) -> Int {
        position + next.distance(to: number)
    }

    @inline(__always)
    mutating func advance(_ octets: Int) {
        position += octets
        next = next + octets
    }

    /// Begins the stream at `number`.
    mutating func establish(at number: SequenceNumber) {
        next = number
        isEstablished = true
        acknowledged = position
    }
}

/// A connection in the assembler: its key, and whether it is over. Its halves stand beside it.
struct Flow: Sendable {
    var key: FlowKey
    var id: Int
    var opener: Direction?
    var lastPacket: StreamPlace
    /// Packets of this connection so far.
    var packets = 0
    var isOver = false
    /// Whether this slot holds a connection at all.
    var isUsed = true

    init(key: FlowKey, id: Int, opener: Direction?, at place: StreamPlace) {
        self.key = key
        self.id = id
        self.opener = opener
        lastPacket = place
    }
}

/// Both endpoints of a connection in a fixed order, and the realm that keeps equal ones apart.
struct FlowKey: Hashable, Sendable {
    var first: Endpoint
    var second: Endpoint
    var realm: UInt32
}
