import CaptureModel
import WireFormat

/// What one segment does to its connection.
extension Flow {
    mutating func take(
        _ segment: borrowing TCPSegment, _ octets: Span<UInt8>, _ direction: Direction, _ place: StreamPlace,
        _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        lastPacket = place
        guard !isOver else { return }
        packets += 1
        if reset != nil || halves[0].owedSince != nil || halves[1].owedSince != nil {
            giveUpHoles(place, &context, &out)
        }
        guard !isOver else { return }
        let side = direction.rawValue
        let flags = segment.flags
        var number = SequenceNumber(segment.sequence)
        if !halves[side].wasCaptured {
            halves[side].wasCaptured = true
            out.heard(direction, of: slot)
        }
        if flags.contains(.syn) { number = takeSYN(segment, direction) }
        if !halves[side].isEstablished, !flags.contains(.rst) { halves[side].establish(at: number) }
        if flags.contains(.ack) { takeAcknowledgement(segment.acknowledgement, by: number, direction.reverse, place) }
        if flags.contains(.rst) { return takeReset(number, direction, place, &context, &out) }
        if segment.payloadLength > 0 {
            takePayload(segment, octets, number, direction, place, &context, &out)
        }
        if flags.contains(.fin) {
            let acknowledged = flags.contains(.ack) ? SequenceNumber(segment.acknowledgement) : nil
            takeFIN(number + segment.payloadLength, acknowledged, direction, place, &context, &out)
        }
        if isAwaitingPeer { awaitPeer(direction, place, &context, &out) }
    }

    /// Waits no longer for a direction without packets when one has come, or none within the grace.
    private mutating func awaitPeer(
        _ direction: Direction, _ place: StreamPlace, _ context: inout AssemblyContext,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        isAwaitingPeer =
            !halves[direction.reverse.rawValue].wasCaptured
            && place.time.since(began) < context.limits.graceNanoseconds && packets < context.limits.gracePackets
            && halves[direction.rawValue].held.cost < AssemblyContext.patienceForPeer
        if !isAwaitingPeer, !isOver { drain(direction, &context, &out) }
    }

    /// A SYN sets where its direction begins; a SYN with ACK tells where the other one does. Returns the sequence
    /// number of the first octet, which a SYN may carry already (RFC 7413).
    private mutating func takeSYN(_ segment: borrowing TCPSegment, _ direction: Direction) -> SequenceNumber {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence) + 1
        if halves[side].initial == nil, halves[side].position == 0 {
            halves[side].initial = SequenceNumber(segment.sequence)
            halves[side].establish(at: number)
            halves[side].isAnchored = true
        }
        let peer = direction.reverse.rawValue
        if segment.flags.contains(.ack), !halves[peer].isEstablished {
            halves[peer].establish(at: SequenceNumber(segment.acknowledgement))
            halves[peer].isAnchored = true
        }
        return number
    }

    /// The peer of `direction` acknowledged its octets up to `acknowledgement`, with a packet numbered `number`.
    @inline(__always)
    private mutating func takeAcknowledgement(
        _ acknowledgement: UInt32, by number: SequenceNumber, _ direction: Direction, _ place: StreamPlace
    ) {
        let side = direction.rawValue
        guard halves[side].isEstablished, halves[side].wasCaptured else {
            return learnBeginning(of: direction, from: acknowledgement, by: number)
        }
        let offset = halves[side].offset(SequenceNumber(acknowledgement))
        guard offset > halves[side].acknowledged,
            offset - halves[side].position < AssemblyContext.plausibleDistance
        else { return }
        halves[side].acknowledged = offset
        if offset > halves[side].position, halves[side].owedSince == nil, !halves[side].isFinished {
            halves[side].owedSince = place
            halves[side].owedAtPacket = packets
            halves[side].owedUpTo = offset
        }
    }

    /// Whoever opened the connection acknowledges the other's SYN before it says anything: that tells where the other
    /// direction begins, though its SYN was missed, and perhaps its first octets with it.
    private mutating func learnBeginning(
        of direction: Direction, from acknowledgement: UInt32, by number: SequenceNumber
    ) {
        let (side, opener) = (direction.rawValue, direction.reverse.rawValue)
        guard !halves[side].isEstablished, let initial = halves[opener].initial, number == initial + 1 else { return }
        halves[side].establish(at: SequenceNumber(acknowledgement))
    }

    @inline(__always)
    private mutating func takePayload(
        _ segment: borrowing TCPSegment, _ octets: Span<UInt8>, _ number: SequenceNumber, _ direction: Direction,
        _ place: StreamPlace, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        halves[side].beginEarlier(at: number, length: segment.payloadLength)
        let start = halves[side].offset(number)
        halves[side].doubtFIN(start + segment.payloadLength)
        var length = segment.payloadLength
        if let fin = halves[side].finOffset { length = max(0, min(length, fin - start)) }  // nothing follows a FIN
        let skipped = halves[side].position - start
        if reset != nil, side == resetSide, start >= resetOffset { return }
        // Told already: a retransmission, a frame seen twice, a keep-alive probe.
        guard length > 0, skipped < length else { return }
        let from = segment.payload.lowerBound
        let captured = octets.extracting(from..<min(segment.payload.upperBound, from + length))
        let acknowledged = segment.flags.contains(.ack) ? SequenceNumber(segment.acknowledgement) : nil
        if skipped >= 0, halves[side].held.isEmpty, mayBeTold(acknowledged, direction) {
            let rest = captured.extracting(min(skipped, captured.count)...)
            tell(rest, length: length - skipped, direction, place, &context, &out)
            settle(direction, &context, &out)
            if !halves[direction.reverse.rawValue].held.isEmpty { drain(direction.reverse, &context, &out) }
            return
        }
        guard halves[side].isWanted else {
            halves[side].advance(length - skipped)  // nobody wants the octets: only the count goes on, holes and all
            return
        }
        let before = halves[side].held.cost
        let told = max(skipped, 0)
        if halves[side].held.insert(
            captured.extracting(min(told, captured.count)...), length: length - told, at: start + told, place: place,
            acknowledged: acknowledged, &context.spares)
        {
            context.counters.differingOverlaps += 1
        }
        context.heldInAll += halves[side].held.cost - before
        drain(direction, &context, &out)
        if isAwaitingPeer, context.heldInAll > context.limits.octetsInAll {
            isAwaitingPeer = false
            drain(direction, &context, &out)
        }
        while !halves[side].held.isEmpty,
            halves[side].held.cost > context.limits.octetsPerHalf || context.heldInAll > context.limits.octetsInAll
        {
            context.counters.holesByLimit += 1
            giveUp(direction, .limit, at: place, &context, &out)
        }
    }

    private mutating func takeFIN(
        _ number: SequenceNumber, _ acknowledged: SequenceNumber?, _ direction: Direction, _ place: StreamPlace,
        _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let ahead = halves[side].next.distance(to: number)
        // One behind: its own number was acknowledged, and passed over with a hole.
        if halves[side].finOffset == nil, ahead >= -1, ahead < AssemblyContext.plausibleDistance {
            let offset = halves[side].position + ahead
            halves[side].finOffset = offset
            halves[side].finPlace = place
            halves[side].finAcknowledges = acknowledged
            let before = halves[side].held.cost
            halves[side].held.cut(at: offset, &context.spares)
            context.heldInAll -= before - halves[side].held.cost
            let isOvertaken = halves[direction.reverse.rawValue].finAcknowledges == number + 1
            out.closed(direction, of: slot, by: isOvertaken ? .overtakenFIN : .fin, at: place)
        }
        let peer = direction.reverse
        if halves[peer.rawValue].isFINMissed { settle(peer, &context, &out) }
        if !isOver { settle(direction, &context, &out) }
        if !isOver { drain(peer, &context, &out) }
    }

    /// A RST is believed where its sender could have sent it: not behind what its peer has acknowledged, but for a FIN's
    /// own number, and not far beyond what was seen (RFC 9293 section 3.10.7.4). The connection ends a little later, for a
    /// capture may hold octets behind a RST that were before it on the wire.
    private mutating func takeReset(
        _ number: SequenceNumber, _ direction: Direction, _ place: StreamPlace, _ context: inout AssemblyContext,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        if halves[side].isEstablished {
            let ahead = halves[side].next.distance(to: number)
            let behindAcknowledged = halves[side].acknowledged - halves[side].position - 1
            guard ahead >= min(behindAcknowledged, 0), ahead < AssemblyContext.resetReach else { return }
        }
        guard reset == nil else { return }
        out.closed(direction, of: slot, by: .reset, at: place)
        if halves[0].finOffset != nil, halves[1].finOffset != nil {
            end(.fin, at: place, &context, &out)
        } else {
            reset = place
            resetAtPacket = packets
            resetSide = side
            resetOffset = halves[side].offset(number)
            // It counts from the last octet sent, so what is missing before it was sent too.
            if halves[side].isEstablished { halves[side].acknowledged = max(halves[side].acknowledged, resetOffset) }
        }
    }
}
