package import CaptureModel
package import WireFormat

/// Puts the segments of all connections in order, and tells each connection's two streams to its consumer.
///
/// Theory of operation. A half-stream is told up to `next`; segments behind a hole are held. A hole ends in one of
/// three ways: its octets arrive late; the receiver acknowledged them and they do not arrive within a short grace,
/// so the capture missed them; or the connection ends. Whatever one side says is told only after all that it had
/// acknowledged, or after that was given up: so a capture point that sees an answer before its question tells them in
/// order all the same. Octets captured twice are told once, from the packet that brought them first.
package struct StreamAssembler<Consumer: StreamConsumer & ~Copyable>: SegmentConsumer, ~Copyable {
    package var consumer: Consumer
    package private(set) var counters = AssemblyCounters()
    private let limits: AssemblyLimits
    private var flows: ContiguousArray<Flow> = []
    private var table: FlowTable
    private var freeSlots: [Int] = []
    /// What all halves hold out of order.
    private var heldInAll = 0
    /// The slot that is looked at next for idleness, and the packets until then.
    private var hand = 0
    private var untilHand = 8
    /// The last packet of the run.
    private var lastPlace = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 0, capture: 0)

    /// What lies further than this from the expected octet does not belong to the connection as it is now: a RST or
    /// an acknowledgement that is forged, damaged, or from an earlier connection. Larger than windows in use.
    private static var plausibleDistance: Int { 1 << 25 }

    package init(consumer: consuming Consumer, limits: AssemblyLimits = AssemblyLimits(), seed: UInt64) {
        self.consumer = consumer
        self.limits = limits
        table = FlowTable(seed: seed)
    }

    package mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        lastPlace = place
        untilHand -= 1
        if untilHand <= 0 { forgetIdle(place.time) }
        let forward = Endpoint.precedes(segment.source, segment.destination)
        let direction: Direction = forward ? .forward : .backward
        let key = FlowKey(
            first: forward ? segment.source : segment.destination,
            second: forward ? segment.destination : segment.source, realm: segment.realm)
        var slot: Int
        if let known = table.find(key, in: flows) {
            slot = known
            if segment.flags.contains(.syn), beginsAnew(segment, slot, direction) {
                end(slot, .idle, at: flows[slot].lastPacket)
                slot = open(key, segment, direction, at: place)
            }
        } else {
            slot = open(key, segment, direction, at: place)
        }
        flows[slot].lastPacket = place
        guard !flows[slot].isOver else { return }
        flows[slot].packets += 1
        giveUpHoles(slot, place)
        guard !flows[slot].isOver else { return }
        take(segment, octets, slot, direction, place)
    }

    /// Ends all connections: the capture is over.
    package mutating func finish() {
        for slot in flows.indices where flows[slot].isUsed && !flows[slot].isOver {
            end(slot, .captureEnd, at: lastPlace)
        }
    }

    // MARK: One segment

    private mutating func take(
        _ segment: borrowing TCPSegment, _ octets: Span<UInt8>, _ slot: Int, _ direction: Direction,
        _ place: StreamPlace
    ) {
        let side = direction.rawValue
        let flags = segment.flags
        var number = SequenceNumber(segment.sequence)
        if !flows[slot].halves[side].wasCaptured {
            flows[slot].halves[side].wasCaptured = true
            consumer.heard(direction, of: slot)
        }
        if flags.contains(.syn) { number = takeSYN(segment, slot, direction) }
        if !flows[slot].halves[side].isEstablished, !flags.contains(.rst) {
            flows[slot].halves[side].establish(at: number)
        }
        if flags.contains(.ack) { takeAcknowledgement(segment.acknowledgement, slot, direction.reverse, place) }
        if flags.contains(.rst) {
            takeReset(number, slot, direction, place)
            return
        }
        if segment.payloadLength > 0 {
            let acknowledged = flags.contains(.ack) ? SequenceNumber(segment.acknowledgement) : nil
            takePayload(
                octets.extracting(segment.payload), length: segment.payloadLength, number, acknowledged, slot,
                direction, place)
        }
        if flags.contains(.fin) {
            takeFIN(number + segment.payloadLength, slot, direction, place)
        }
    }

    /// A SYN sets where its direction begins; a SYN with ACK tells where the other one does. Returns the sequence
    /// number of the first octet, which a SYN may carry already (RFC 7413).
    private mutating func takeSYN(
        _ segment: borrowing TCPSegment, _ slot: Int, _ direction: Direction
    ) -> SequenceNumber {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence) + 1
        if flows[slot].halves[side].initial == nil, flows[slot].halves[side].position == 0 {
            flows[slot].halves[side].initial = SequenceNumber(segment.sequence)
            flows[slot].halves[side].establish(at: number)
        }
        let peer = direction.reverse.rawValue
        if segment.flags.contains(.ack), !flows[slot].halves[peer].isEstablished {
            flows[slot].halves[peer].establish(at: SequenceNumber(segment.acknowledgement))
        }
        return number
    }

    /// The peer of `direction` acknowledged its octets up to `acknowledgement`.
    @inline(__always)
    private mutating func takeAcknowledgement(
        _ acknowledgement: UInt32, _ slot: Int, _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        guard flows[slot].halves[side].isEstablished, flows[slot].halves[side].wasCaptured else { return }
        let offset = flows[slot].halves[side].offset(SequenceNumber(acknowledgement))
        guard offset > flows[slot].halves[side].acknowledged,
            offset - flows[slot].halves[side].position < Self.plausibleDistance
        else { return }
        flows[slot].halves[side].acknowledged = offset
        if offset > flows[slot].halves[side].position, flows[slot].halves[side].owedSince == nil,
            !flows[slot].halves[side].isFinished
        {
            flows[slot].halves[side].owedSince = place.time
            flows[slot].halves[side].owedAtPacket = flows[slot].packets
        }
    }

    private mutating func takePayload(
        _ captured: Span<UInt8>, length: Int, _ number: SequenceNumber, _ acknowledged: SequenceNumber?, _ slot: Int,
        _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        let start = flows[slot].halves[side].offset(number)
        let skipped = flows[slot].halves[side].position - start
        guard skipped < length else { return }  // told already: a retransmission, a frame seen twice, a keep-alive probe
        if skipped >= 0, flows[slot].halves[side].held.isEmpty, mayBeTold(acknowledged, slot, direction) {
            let from = min(skipped, captured.count)
            tell(captured.extracting(from..<captured.count), length: length - skipped, slot, direction, place)
            settle(slot, direction)
            return
        }
        guard flows[slot].halves[side].isWanted else {
            // Nobody wants the octets: only the count goes on, holes and all.
            flows[slot].halves[side].advance(length - skipped)
            return
        }
        let before = flows[slot].halves[side].held.cost
        let from = min(max(skipped, 0), captured.count)
        if flows[slot].halves[side].held.insert(
            captured.extracting(from..<captured.count), length: length - max(skipped, 0),
            at: start + max(skipped, 0), place: place, acknowledged: acknowledged)
        {
            counters.differingOverlaps += 1
        }
        heldInAll += flows[slot].halves[side].held.cost - before
        drain(slot, direction)
        while flows[slot].halves[side].held.cost > limits.octetsPerHalf || heldInAll > limits.octetsInAll {
            guard !flows[slot].halves[side].held.isEmpty else { break }
            counters.holesByLimit += 1
            giveUp(slot, direction, cause: .limit, at: place)
        }
    }

    private mutating func takeFIN(_ number: SequenceNumber, _ slot: Int, _ direction: Direction, _ place: StreamPlace) {
        let side = direction.rawValue
        if flows[slot].halves[side].finOffset == nil {
            flows[slot].halves[side].finOffset = flows[slot].halves[side].offset(number)
            flows[slot].halves[side].finPlace = place
            consumer.closed(direction, of: slot, reset: false, at: place)
        }
        settle(slot, direction)
    }

    private mutating func takeReset(
        _ number: SequenceNumber, _ slot: Int, _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        if flows[slot].halves[side].isEstablished,
            abs(flows[slot].halves[side].next.distance(to: number)) > Self.plausibleDistance, number.rawValue != 0
        {
            return
        }
        let bothFinished = flows[slot].halves[0].finOffset != nil && flows[slot].halves[1].finOffset != nil
        consumer.closed(direction, of: slot, reset: true, at: place)
        end(slot, bothFinished ? .fin : .reset, at: place)
    }

    // MARK: Telling

    /// Whether all that the sender had acknowledged of the other direction was told, or is of no concern.
    @inline(__always)
    private func mayBeTold(_ acknowledged: SequenceNumber?, _ slot: Int, _ direction: Direction) -> Bool {
        guard let acknowledged else { return true }
        let peer = direction.reverse.rawValue
        guard flows[slot].halves[peer].isEstablished, flows[slot].halves[peer].wasCaptured,
            flows[slot].halves[peer].isWanted, !flows[slot].halves[peer].isFinished
        else { return true }
        let ahead = flows[slot].halves[peer].next.distance(to: acknowledged)
        return ahead <= finAllowance(slot, peer) || ahead >= Self.plausibleDistance
    }

    /// A FIN takes a sequence number of its own, which no octet will ever bring.
    @inline(__always)
    private func finAllowance(_ slot: Int, _ side: Int) -> Int {
        flows[slot].halves[side].finOffset == flows[slot].halves[side].position ? 1 : 0
    }

    /// Tells `length` octets from the expected one on, the captured of them as octets, the rest as cut.
    private mutating func tell(
        _ captured: Span<UInt8>, length: Int, _ slot: Int, _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        flows[slot].halves[side].advance(length)
        guard flows[slot].halves[side].isWanted else { return }
        var wanted = true
        if captured.count > 0 {
            wanted = consumer.received(captured, direction, of: slot, at: place)
        }
        if wanted, captured.count < length {
            wanted = consumer.missed(length - captured.count, .snaplen, direction, of: slot, at: place)
        }
        if !wanted { dismiss(slot, direction) }
    }

    /// Nobody wants more of this direction.
    private mutating func dismiss(_ slot: Int, _ direction: Direction) {
        let side = direction.rawValue
        flows[slot].halves[side].isWanted = false
        heldInAll -= flows[slot].halves[side].held.cost
        flows[slot].halves[side].held = HeldSegments()
        flows[slot].halves[side].owedSince = nil
    }

    /// After octets of `direction` were told: what the peer held back because of them may follow, and a FIN.
    @inline(__always)
    private mutating func settle(_ slot: Int, _ direction: Direction) {
        let side = direction.rawValue
        if flows[slot].halves[side].owedSince != nil,
            flows[slot].halves[side].acknowledged <= flows[slot].halves[side].position + finAllowance(slot, side)
        {
            flows[slot].halves[side].owedSince = nil
        }
        if flows[slot].halves[side].finOffset != nil { finishIfOver(slot, direction) }
        if !flows[slot].halves[direction.reverse.rawValue].held.isEmpty { drain(slot, direction.reverse) }
    }

    /// Tells what is held and due now, in both directions by turns, until nothing more can be told.
    private mutating func drain(_ slot: Int, _ direction: Direction) {
        var (direction, idleTurns) = (direction, 0)
        while idleTurns < 2 {
            let side = direction.rawValue
            var moved = false
            while let first = flows[slot].halves[side].held.first,
                first.start <= flows[slot].halves[side].position, mayBeTold(first.acknowledged, slot, direction)
            {
                let piece = removeFirst(slot, side)
                let skipped = flows[slot].halves[side].position - piece.start
                if skipped < piece.length {
                    let from = min(skipped, piece.octets.count)
                    tell(
                        piece.octets.span.extracting(from..<piece.octets.count), length: piece.length - skipped, slot,
                        direction, piece.place)
                }
                moved = true
            }
            if moved { settleWithoutDrain(slot, direction) }
            idleTurns = moved ? 1 : idleTurns + 1
            direction = direction.reverse
        }
    }

    private mutating func settleWithoutDrain(_ slot: Int, _ direction: Direction) {
        let side = direction.rawValue
        if flows[slot].halves[side].acknowledged <= flows[slot].halves[side].position + finAllowance(slot, side) {
            flows[slot].halves[side].owedSince = nil
        }
        if flows[slot].halves[side].finOffset != nil { finishIfOver(slot, direction) }
    }

    private mutating func removeFirst(_ slot: Int, _ side: Int) -> HeldSegments.Piece {
        let before = flows[slot].halves[side].held.cost
        let piece = flows[slot].halves[side].held.removeFirst()
        heldInAll -= before - flows[slot].halves[side].held.cost
        return piece
    }

    /// Tells the end of a direction once all before its FIN was told; both ends end the connection.
    private mutating func finishIfOver(_ slot: Int, _ direction: Direction) {
        let side = direction.rawValue
        guard !flows[slot].halves[side].isFinished, let offset = flows[slot].halves[side].finOffset,
            flows[slot].halves[side].position >= offset || !flows[slot].halves[side].isWanted
        else { return }
        flows[slot].halves[side].isFinished = true
        let place = flows[slot].halves[side].finPlace ?? flows[slot].lastPacket
        consumer.finished(direction, of: slot, at: place)
        if flows[slot].halves[direction.reverse.rawValue].isFinished { end(slot, .fin, at: place) }
    }

    // MARK: Giving up

    /// Declares holes lost whose octets were acknowledged and did not come within the grace.
    @inline(__always)
    private mutating func giveUpHoles(_ slot: Int, _ place: StreamPlace) {
        if flows[slot].halves[0].owedSince != nil { giveUpHole(slot, .forward, place) }
        if flows[slot].halves[1].owedSince != nil { giveUpHole(slot, .backward, place) }
    }

    private mutating func giveUpHole(_ slot: Int, _ direction: Direction, _ place: StreamPlace) {
        let side = direction.rawValue
        guard !flows[slot].isOver, let since = flows[slot].halves[side].owedSince,
            place.time.since(since) >= limits.graceNanoseconds
                || flows[slot].packets - flows[slot].halves[side].owedAtPacket >= limits.gracePackets
        else { return }
        // The octets may be here, held back by a hole of the other direction: then that one is given up in its turn.
        if let first = flows[slot].halves[side].held.first, first.start <= flows[slot].halves[side].position {
            flows[slot].halves[side].owedSince = place.time
            flows[slot].halves[side].owedAtPacket = flows[slot].packets
            return
        }
        flows[slot].halves[side].owedSince = nil
        giveUp(slot, direction, cause: .gap, at: place)
        if flows[slot].isUsed, !flows[slot].isOver,
            flows[slot].halves[side].acknowledged > flows[slot].halves[side].position + finAllowance(slot, side)
        {
            flows[slot].halves[side].owedSince = since
        }
    }

    /// Declares the first hole of a direction lost, and tells what was held behind it. Where nothing is held, the hole
    /// reaches as far as the peer has acknowledged, or to the FIN.
    private mutating func giveUp(_ slot: Int, _ direction: Direction, cause: Loss, at place: StreamPlace) {
        let side = direction.rawValue
        let position = flows[slot].halves[side].position
        var to = flows[slot].halves[side].held.first?.start ?? flows[slot].halves[side].acknowledged
        if let fin = flows[slot].halves[side].finOffset { to = min(to, fin) }
        let lost = max(0, to - position)
        if lost > 0 {
            let at = flows[slot].halves[side].held.first?.place ?? place
            flows[slot].halves[side].advance(lost)
            if flows[slot].halves[side].isWanted, !consumer.missed(lost, cause, direction, of: slot, at: at) {
                dismiss(slot, direction)
            }
        } else if !flows[slot].halves[side].held.isEmpty {
            // What is held is due, but for what its sender had acknowledged: tell it without waiting for that.
            let piece = removeFirst(slot, side)
            let from = min(max(0, position - piece.start), piece.octets.count)
            tell(
                piece.octets.span.extracting(from..<piece.octets.count),
                length: max(0, piece.end - position), slot, direction, piece.place)
        }
        settleWithoutDrain(slot, direction)
        if flows[slot].isUsed, !flows[slot].isOver { drain(slot, direction) }
    }

    // MARK: Beginning and ending

    /// Whether a SYN begins a new connection on known endpoints: the old one is over, or it began at another number.
    private func beginsAnew(_ segment: borrowing TCPSegment, _ slot: Int, _ direction: Direction) -> Bool {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence)
        let isReply = segment.flags.contains(.ack)
        if let initial = flows[slot].halves[side].initial {
            return initial != number && (!isReply || flows[slot].isOver)
        }
        // A direction known without its SYN: a SYN just before its first octet is its own, captured late.
        if flows[slot].isOver { return true }
        if !flows[slot].halves[side].isEstablished { return flows[slot].halves[direction.reverse.rawValue].position > 0 }
        return abs(flows[slot].halves[side].next.distance(to: number)) > flows[slot].halves[side].position + 1
    }

    private mutating func open(
        _ key: FlowKey, _ segment: borrowing TCPSegment, _ direction: Direction, at place: StreamPlace
    ) -> Int {
        if flows.count - freeSlots.count >= limits.connections { evictOne(place) }
        counters.connections += 1
        let opener = segment.flags.contains(.syn) ? segment.flags.contains(.ack) ? direction.reverse : direction : nil
        let flow = Flow(key: key, id: counters.connections, opener: opener, at: place)
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            flows[slot] = flow
        } else {
            slot = flows.count
            flows.append(flow)
        }
        table.insert(key, slot: slot)
        consumer.opened(
            slot, StreamIdentity(id: flow.id, first: key.first, second: key.second, opener: opener))
        return slot
    }

    /// Tells all that is held, holes declared lost, and then the end. The slot of a connection that closed stays for a
    /// while, so that late copies of its packets are known; the others are freed.
    private mutating func end(_ slot: Int, _ reason: StreamEnd, at place: StreamPlace) {
        guard !flows[slot].isOver else {
            if reason == .idle { free(slot) }
            return
        }
        while !flows[slot].isOver, let direction = directionWithHole(slot) {
            giveUp(slot, direction, cause: .gap, at: place)
        }
        if !flows[slot].isOver {
            flows[slot].isOver = true
            consumer.ended(slot, reason, at: place)
        }
        if reason == .idle { free(slot) }
    }

    private func directionWithHole(_ slot: Int) -> Direction? {
        for direction in [Direction.forward, .backward] {
            let side = direction.rawValue
            guard flows[slot].halves[side].isWanted, !flows[slot].halves[side].isFinished else { continue }
            if !flows[slot].halves[side].held.isEmpty { return direction }
            let fin = flows[slot].halves[side].finOffset ?? .max
            if flows[slot].halves[side].wasCaptured,
                min(flows[slot].halves[side].acknowledged, fin) > flows[slot].halves[side].position
            {
                return direction
            }
        }
        return nil
    }

    private mutating func free(_ slot: Int) {
        guard flows[slot].isUsed else { return }
        table.remove(flows[slot].key, slot: slot)
        flows[slot].isUsed = false
        flows[slot].isOver = true
        heldInAll -= flows[slot].halves[0].held.cost + flows[slot].halves[1].held.cost
        flows[slot].halves = InlineArray(repeating: HalfStream())
        freeSlots.append(slot)
    }

    /// Looks at one connection and forgets it if it is over or idle; called every few packets, so that the cost of
    /// looking is a fixed share of each packet's, whatever the clock of a capture does.
    private mutating func forgetIdle(_ now: Timestamp) {
        untilHand = 8
        guard !flows.isEmpty else { return }
        hand = hand + 1 < flows.count ? hand + 1 : 0
        guard flows[hand].isUsed else { return }
        let silence = now.since(flows[hand].lastPacket.time)
        if flows[hand].isOver {
            if silence > 60_000_000_000 { free(hand) }
        } else if silence > limits.idleNanoseconds, !consumer.isBusy(hand) {
            end(hand, .idle, at: flows[hand].lastPacket)
        }
    }

    /// Makes room for one connection: of some neighbours the one that is over, else the one without an open exchange
    /// that was silent longest, else the one that was silent longest.
    private mutating func evictOne(_ place: StreamPlace) {
        var choice: (slot: Int, rank: Int, time: Timestamp)?
        for _ in 0..<min(64, flows.count) {
            hand = hand + 1 < flows.count ? hand + 1 : 0
            guard flows[hand].isUsed else { continue }
            let rank = flows[hand].isOver ? 0 : consumer.isBusy(hand) ? 2 : 1
            let time = flows[hand].lastPacket.time
            if let best = choice, (best.rank, best.time.nanoseconds) <= (rank, time.nanoseconds) { continue }
            choice = (hand, rank, time)
            if rank == 0 { break }
        }
        guard let choice else { return }
        if choice.rank > 0 { counters.evicted += 1 }
        if choice.rank == 2 { counters.evictedBusy += 1 }
        end(choice.slot, .idle, at: flows[choice.slot].lastPacket)
    }
}
