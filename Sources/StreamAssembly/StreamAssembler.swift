package import CaptureModel
package import WireFormat

/// Puts the segments of all connections in order, and tells each connection's two streams to its out.
///
/// Theory of operation. A half-stream is told up to `next`; segments behind a hole are held. A hole ends in one of
/// three ways: its octets arrive late; the receiver acknowledged them and they do not arrive within a short grace,
/// so the capture missed them; or the connection ends. Whatever one side says is told only after all that it had
/// acknowledged, or after that was given up: so a capture point that sees an answer before its question tells them in
/// order all the same. Octets captured twice are told once, from the packet that brought them first.
///
/// The consumer is a parameter of the methods and not of the type, so that the state's layout is known when this module
/// is compiled: another module need not specialise anything for it to be fast.
package struct StreamAssembler: ~Copyable {
    package internal(set) var counters = AssemblyCounters()
    let limits: AssemblyLimits
    var flows: ContiguousArray<Flow> = []
    /// The two halves of the connection in slot *n* are at 2*n* and 2*n* + 1 (`Direction.rawValue`). They stand apart from
    /// their flow so that reading a number of one copies nothing else.
    var halves: ContiguousArray<HalfStream> = []
    var table: FlowTable
    var freeSlots: [Int] = []
    /// What all halves hold out of order.
    var heldInAll = 0
    /// The slot that is looked at next for idleness, and the packets until then.
    var hand = 0
    var untilHand = 8
    /// The last packet of the run.
    private var lastPlace = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 0, capture: 0)

    /// What lies further than this from the expected octet does not belong to the connection as it is now: a RST or
    /// an acknowledgement that is forged, damaged, or from an earlier connection. Larger than windows in use.
    static var plausibleDistance: Int { 1 << 25 }

    /// An assembler without connections. `seed` is the run's random seed, see `FlowTable`.
    package init(limits: AssemblyLimits = AssemblyLimits(), seed: UInt64) {
        self.limits = limits
        table = FlowTable(seed: seed)
    }

    /// Takes one segment; `octets` holds its payload at `segment.payload`. What can be told now is told to `out`.
    package mutating func take(
        _ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace,
        into out: inout some StreamConsumer & ~Copyable
    ) {
        lastPlace = place
        untilHand -= 1
        if untilHand <= 0 { forgetIdle(place.time, &out) }
        let forward = Endpoint.precedes(segment.source, segment.destination)
        let direction: Direction = forward ? .forward : .backward
        let key = FlowKey(
            first: forward ? segment.source : segment.destination,
            second: forward ? segment.destination : segment.source, realm: segment.realm)
        var slot: Int
        if let known = table.find(key, in: flows) {
            slot = known
            if segment.flags.contains(.syn), beginsAnew(segment, slot, direction) {
                end(slot, .idle, at: flows[slot].lastPacket, &out)
                slot = open(key, segment, direction, at: place, &out)
            }
        } else {
            slot = open(key, segment, direction, at: place, &out)
        }
        flows[slot].lastPacket = place
        guard !flows[slot].isOver else { return }
        flows[slot].packets += 1
        giveUpHoles(slot, place, &out)
        guard !flows[slot].isOver else { return }
        takeParts(segment, octets, slot, direction, place, &out)
    }

    /// Ends all connections: the capture is over.
    package mutating func finish(into out: inout some StreamConsumer & ~Copyable) {
        for slot in flows.indices where flows[slot].isUsed && !flows[slot].isOver {
            end(slot, .captureEnd, at: lastPlace, &out)
        }
    }

    // MARK: One segment

    private mutating func takeParts(
        _ segment: borrowing TCPSegment, _ octets: Span<UInt8>, _ slot: Int, _ direction: Direction,
        _ place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let flags = segment.flags
        var number = SequenceNumber(segment.sequence)
        if !halves[2 * slot + side].wasCaptured {
            halves[2 * slot + side].wasCaptured = true
            out.heard(direction, of: slot)
        }
        if flags.contains(.syn) { number = takeSYN(segment, slot, direction) }
        if !halves[2 * slot + side].isEstablished, !flags.contains(.rst) {
            halves[2 * slot + side].establish(at: number)
        }
        if flags.contains(.ack) { takeAcknowledgement(segment.acknowledgement, slot, direction.reverse, place) }
        if flags.contains(.rst) {
            takeReset(number, slot, direction, place, &out)
            return
        }
        if segment.payloadLength > 0 {
            let acknowledged = flags.contains(.ack) ? SequenceNumber(segment.acknowledgement) : nil
            takePayload(
                octets.extracting(segment.payload), length: segment.payloadLength, number, acknowledged, slot,
                direction, place, &out)
        }
        if flags.contains(.fin) {
            takeFIN(number + segment.payloadLength, slot, direction, place, &out)
        }
    }

    /// A SYN sets where its direction begins; a SYN with ACK tells where the other one does. Returns the sequence
    /// number of the first octet, which a SYN may carry already (RFC 7413).
    private mutating func takeSYN(
        _ segment: borrowing TCPSegment, _ slot: Int, _ direction: Direction
    ) -> SequenceNumber {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence) + 1
        if halves[2 * slot + side].initial == nil, halves[2 * slot + side].position == 0 {
            halves[2 * slot + side].initial = SequenceNumber(segment.sequence)
            halves[2 * slot + side].establish(at: number)
        }
        let peer = direction.reverse.rawValue
        if segment.flags.contains(.ack), !halves[2 * slot + peer].isEstablished {
            halves[2 * slot + peer].establish(at: SequenceNumber(segment.acknowledgement))
        }
        return number
    }

    /// The peer of `direction` acknowledged its octets up to `acknowledgement`.
    @inline(__always)
    private mutating func takeAcknowledgement(
        _ acknowledgement: UInt32, _ slot: Int, _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        guard halves[2 * slot + side].isEstablished, halves[2 * slot + side].wasCaptured else { return }
        let offset = halves[2 * slot + side].offset(SequenceNumber(acknowledgement))
        guard offset > halves[2 * slot + side].acknowledged,
            offset - halves[2 * slot + side].position < Self.plausibleDistance
        else { return }
        halves[2 * slot + side].acknowledged = offset
        if offset > halves[2 * slot + side].position, halves[2 * slot + side].owedSince == nil,
            !halves[2 * slot + side].isFinished
        {
            halves[2 * slot + side].owedSince = place.time
            halves[2 * slot + side].owedAtPacket = flows[slot].packets
        }
    }

    private mutating func takePayload(
        _ captured: Span<UInt8>, length: Int, _ number: SequenceNumber, _ acknowledged: SequenceNumber?, _ slot: Int,
        _ direction: Direction, _ place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let start = halves[2 * slot + side].offset(number)
        let skipped = halves[2 * slot + side].position - start
        guard skipped < length else { return }  // told already: a retransmission, a frame seen twice, a keep-alive probe
        if skipped >= 0, halves[2 * slot + side].held.isEmpty, mayBeTold(acknowledged, slot, direction) {
            let from = min(skipped, captured.count)
            tell(captured.extracting(from..<captured.count), length: length - skipped, slot, direction, place, &out)
            settle(slot, direction, &out)
            return
        }
        guard halves[2 * slot + side].isWanted else {
            // Nobody wants the octets: only the count goes on, holes and all.
            halves[2 * slot + side].advance(length - skipped)
            return
        }
        let before = halves[2 * slot + side].held.cost
        let from = min(max(skipped, 0), captured.count)
        if halves[2 * slot + side].held.insert(
            captured.extracting(from..<captured.count), length: length - max(skipped, 0),
            at: start + max(skipped, 0), place: place, acknowledged: acknowledged)
        {
            counters.differingOverlaps += 1
        }
        heldInAll += halves[2 * slot + side].held.cost - before
        drain(slot, direction, &out)
        while halves[2 * slot + side].held.cost > limits.octetsPerHalf || heldInAll > limits.octetsInAll {
            guard !halves[2 * slot + side].held.isEmpty else { break }
            counters.holesByLimit += 1
            giveUp(slot, direction, cause: .limit, at: place, &out)
        }
    }

    private mutating func takeFIN(
        _ number: SequenceNumber, _ slot: Int, _ direction: Direction, _ place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        if halves[2 * slot + side].finOffset == nil {
            halves[2 * slot + side].finOffset = halves[2 * slot + side].offset(number)
            halves[2 * slot + side].finPlace = place
            out.closed(direction, of: slot, reset: false, at: place)
        }
        settle(slot, direction, &out)
    }

    private mutating func takeReset(
        _ number: SequenceNumber, _ slot: Int, _ direction: Direction, _ place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        if halves[2 * slot + side].isEstablished,
            abs(halves[2 * slot + side].next.distance(to: number)) > Self.plausibleDistance, number.rawValue != 0
        {
            return
        }
        let bothFinished = halves[2 * slot + 0].finOffset != nil && halves[2 * slot + 1].finOffset != nil
        out.closed(direction, of: slot, reset: true, at: place)
        end(slot, bothFinished ? .fin : .reset, at: place, &out)
    }
}
