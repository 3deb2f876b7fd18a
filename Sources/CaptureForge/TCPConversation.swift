package import CaptureModel

/// Two ends of a TCP connection that say what they are told to, with the numbers right: sequence, acknowledgement,
/// handshake, and a pure ACK by the peer 0.1 ms after everything that takes sequence space.
///
/// A conversation that is never opened looks like one that began before the capture did.
package struct TCPConversation: Sendable {
    /// Every segment so far, in the order in which they were asked for; `inTimeOrder` sorts them.
    package private(set) var segments: [ForgedSegment] = []
    /// Segments carry at most so many octets of payload; from 1.
    package var maximumSegment: Int

    private var client: End
    private var server: End

    /// One end: its address, its next sequence number, and when it sent a RST.
    private struct End {
        var endpoint: Endpoint
        var next: UInt32
        var resetAt: Timestamp?
    }

    /// How long after a segment its peer acknowledges it: 0.1 ms.
    package static let acknowledgementDelay: Int64 = 100_000
    /// The time between two segments of one write: 10 µs.
    package static let segmentSpacing: Int64 = 10_000

    /// A connection between two endpoints. The first octet of each side has its initial sequence number plus one.
    package init(
        client: Endpoint, server: Endpoint, clientISN: UInt32 = 1_000, serverISN: UInt32 = 500_000,
        maximumSegment: Int = 1448
    ) {
        self.client = End(endpoint: client, next: clientISN &+ 1)
        self.server = End(endpoint: server, next: serverISN &+ 1)
        self.maximumSegment = maximumSegment
    }

    /// The three-way handshake; its SYN has the time `time`, its last ACK comes twice the ACK delay later.
    package mutating func open(at time: Timestamp) {
        client.next &-= 1
        server.next &-= 1
        append(from: .client, at: time, flags: [.syn], acknowledgement: 0)
        append(from: .server, at: time.later(by: Self.acknowledgementDelay), flags: [.syn, .ack])
        append(from: .client, at: time.later(by: 2 * Self.acknowledgementDelay), flags: [.ack])
    }

    /// `octets` in as many segments as they need, the first at `time`.
    package mutating func send(_ octets: [UInt8], from side: Side, at time: Timestamp) {
        var start = 0
        var moment = time
        while start < octets.count {
            let end = min(start + max(1, maximumSegment), octets.count)
            let flags: ForgedSegment.Flags = end == octets.count ? [.psh, .ack] : [.ack]
            append(from: side, at: moment, flags: flags, payload: Array(octets[start..<end]))
            acknowledge(from: side.peer, at: moment)
            moment = moment.later(by: Self.segmentSpacing)
            start = end
        }
    }

    /// `count` octets that were sent and acknowledged, but that the capture missed.
    package mutating func miss(_ count: Int, from side: Side, at time: Timestamp) {
        self[side].next &+= UInt32(truncatingIfNeeded: count)
        acknowledge(from: side.peer, at: time)
    }

    /// A FIN, acknowledged by the peer.
    package mutating func finish(_ side: Side, at time: Timestamp) {
        append(from: side, at: time, flags: [.fin, .ack])
        acknowledge(from: side.peer, at: time)
    }

    /// A RST; whatever this side would have acknowledged after it is left out.
    package mutating func reset(_ side: Side, at time: Timestamp) {
        append(from: side, at: time, flags: [.rst, .ack])
        self[side].resetAt = min(time, self[side].resetAt ?? time)
    }

    /// The segments as the wire carried them: by time, without pure ACKs of an end that had reset the connection, and
    /// without acknowledgements of what was said later (one side may be told what to say ahead of the other).
    package var inTimeOrder: [ForgedSegment] {
        segments.filter { segment in
            let end = segment.source == client.endpoint ? client : server
            guard let resetAt = end.resetAt, segment.flags == [.ack], segment.payload.isEmpty else { return true }
            return segment.time < resetAt
        }.inTimeOrder.acknowledgingWhatWasSeen
    }

    private mutating func acknowledge(from side: Side, at time: Timestamp) {
        append(from: side, at: time.later(by: Self.acknowledgementDelay), flags: [.ack])
    }

    private mutating func append(
        from side: Side, at time: Timestamp, flags: ForgedSegment.Flags, acknowledgement: UInt32? = nil,
        payload: [UInt8] = []
    ) {
        let segment = ForgedSegment(
            time: time, source: self[side].endpoint, destination: self[side.peer].endpoint, sequence: self[side].next,
            acknowledgement: acknowledgement ?? self[side.peer].next, flags: flags, payload: payload)
        self[side].next &+= segment.sequenceLength
        segments.append(segment)
    }

    private subscript(side: Side) -> End {
        get { side == .client ? client : server }
        set { if side == .client { client = newValue } else { server = newValue } }
    }
}

extension Timestamp {
    /// The moment `nanoseconds` later.
    package func later(by nanoseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: self.nanoseconds &+ nanoseconds)
    }
}

extension [ForgedSegment] {
    /// Sorted by time; segments of the same time keep their order.
    package var inTimeOrder: [ForgedSegment] {
        enumerated().sorted { left, right in
            (left.element.time, left.offset) < (right.element.time, right.offset)
        }.map(\.element)
    }
}
