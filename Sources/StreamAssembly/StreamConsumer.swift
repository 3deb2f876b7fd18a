package import CaptureModel

/// Takes the two streams of each connection as they come out of the assembler: octets in order, what the capture
/// missed in its place between them, and the connection's closing.
///
/// A connection is named by its slot, a small number that is given again once `ended` was called for it. Octets are lent
/// for the duration of a call. What one side said is told only after everything that it had acknowledged, so the
/// calls come in an order in which the two ends could have acted.
package protocol StreamConsumer: ~Copyable {
    /// A connection appeared.
    mutating func opened(_ slot: Int, _ connection: StreamIdentity)

    /// The first packet of one direction was captured, with octets or without.
    mutating func heard(_ direction: Direction, of slot: Int)

    /// Octets of one direction, all from one packet. Returns whether more of this direction is wanted.
    mutating func received(_ octets: Span<UInt8>, _ direction: Direction, of slot: Int, at place: StreamPlace) -> Bool

    /// Octets of one direction that nobody will see: the capture missed them, or cut the packet that held them.
    /// Returns whether more of this direction is wanted.
    mutating func missed(
        _ octets: Int, _ cause: Loss, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool

    /// The first FIN or RST of one direction, when it was captured; octets before it may still be told.
    mutating func closed(_ direction: Direction, of slot: Int, by sign: ClosingSign, at place: StreamPlace)

    /// The stream of one direction ended in order, with its FIN; no octets follow.
    mutating func finished(_ direction: Direction, of slot: Int, at place: StreamPlace)

    /// The connection is over; its slot will be given to another.
    mutating func ended(_ slot: Int, _ end: StreamEnd, at place: StreamPlace)

    /// Whether the connection has something open, for which it must be kept as long as memory allows.
    func isBusy(_ slot: Int) -> Bool

    /// Whether a direction may end here as far as its octets tell: one missed octet that nothing follows is its FIN then.
    func mayEnd(_ direction: Direction, of slot: Int) -> Bool
}

/// What shows that one direction of a connection is closed.
package enum ClosingSign: Hashable, Sendable {
    case fin
    /// A FIN that the other direction's acknowledges, which was captured before: so this one was sent first.
    case overtakenFIN
    /// A FIN that the capture missed: the peer acknowledged it there.
    case missedFIN
    case reset
}

/// One of the two directions of a connection, by the order of its endpoints; who is the client is another question.
@usableFromInline
package enum Direction: Int, Hashable, Sendable {
    /// From the endpoint that comes first in the flow's key.
    case forward = 0
    case backward = 1

    /// The other direction.
    @inlinable package var reverse: Direction { self == .forward ? .backward : .forward }
}

/// What is known of a connection when it appears.
package struct StreamIdentity: Hashable, Sendable {
    /// Its number in order of appearance, from 1.
    package var id: Int
    /// Where the forward direction comes from, and the backward one.
    package var first: Endpoint
    package var second: Endpoint
    /// The direction of the one who opened it; `nil` when no SYN was seen.
    package var opener: Direction?

    /// The endpoint that sends in `direction`.
    package func sender(_ direction: Direction) -> Endpoint { direction == .forward ? first : second }
}

/// Why octets are missing.
package enum Loss: Hashable, Sendable {
    /// The receiver acknowledged them, or the connection ended, and no packet had brought them.
    case gap
    /// The capture kept only the beginning of the packet (snap length).
    case snaplen
    /// A bound of the assembler was reached while it waited for them.
    case limit
}

/// How a connection ended for the assembler.
package enum StreamEnd: Hashable, Sendable {
    /// Both directions sent FIN.
    case fin
    /// A RST.
    case reset
    /// Silent for too long, or replaced by a new connection on the same endpoints.
    case idle
    /// Forgotten to make room for others.
    case evicted
    /// The capture ended first.
    case captureEnd
}

/// The assembler's bounds. Each has a default that ordinary captures do not reach.
package struct AssemblyLimits: Sendable {
    /// Octets held out of order for one direction, bookkeeping included; more declares its first hole lost. Twice the
    /// largest receive window of common systems.
    package var octetsPerHalf = 4 << 20
    /// Octets held out of order in all.
    package var octetsInAll = 16 << 20
    /// Connections remembered at once; beyond it those without an open exchange go first.
    package var connections = 65_536
    /// A connection without an open exchange that is silent for so long is over: two hours and four minutes, after
    /// which RFC 5382 (REQ-5) lets a NAT forget it.
    package var idleNanoseconds: Int64 = 7_440 * 1_000_000_000
    /// How long a hole that the receiver has acknowledged is still waited for, since a capture point may see an
    /// acknowledgement before its data: in packet time, and in packets of the connection.
    package var graceNanoseconds: Int64 = 100_000_000
    package var gracePackets = 64

    package init() {}
}

/// What the assembler counted.
package struct AssemblyCounters: Hashable, Sendable {
    /// Connections seen.
    package var connections = 0
    /// Segments whose octets differ from ones that are held out of order for the same place; the first captured are kept.
    /// What was told already is kept nowhere, so copies of it are not compared.
    package var differingOverlaps = 0
    /// Holes given up because a bound was reached.
    package var holesByLimit = 0
    /// Connections forgotten because there were too many; and those among them that had an open exchange.
    package var evicted = 0
    package var evictedBusy = 0

    package init() {}
}
