import CaptureModel

/// Telling the consumer what is due: octets in order, what was held behind them, the end of a direction.
extension Flow {
    /// Whether all that the sender had acknowledged of the other direction was told, or is of no concern. (It changes
    /// nothing, and is mutating only since a connection that is borrowed would be copied.)
    @inline(__always)
    mutating func mayBeTold(_ acknowledged: SequenceNumber?, _ direction: Direction) -> Bool {
        guard let acknowledged else { return true }
        let peer = direction.reverse.rawValue
        guard halves[peer].wasCaptured else { return !isAwaitingPeer }
        guard halves[peer].isEstablished, halves[peer].isWanted, !halves[peer].isFinished
        else { return true }
        let ahead = halves[peer].next.distance(to: acknowledged)
        return ahead <= halves[peer].finAllowance || ahead >= AssemblyContext.plausibleDistance
    }

    /// Tells `length` octets from the expected one on, the captured of them as octets, the rest as cut.
    mutating func tell(
        _ captured: Span<UInt8>, length: Int, _ direction: Direction, _ place: StreamPlace,
        _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        halves[side].advance(length)
        guard halves[side].isWanted else { return }
        var wanted = true
        if captured.count > 0 { wanted = out.received(captured, direction, of: slot, at: place) }
        if wanted, captured.count < length {
            wanted = out.missed(length - captured.count, .snaplen, direction, of: slot, at: place)
        }
        if !wanted { dismiss(direction, &context) }
    }

    /// Nobody wants more of this direction.
    mutating func dismiss(_ direction: Direction, _ context: inout AssemblyContext) {
        let side = direction.rawValue
        halves[side].isWanted = false
        context.heldInAll -= halves[side].held.cost
        halves[side].held = HeldSegments()
        halves[side].owedSince = nil
    }

    /// After octets of `direction` were told: whether more is owed, and whether its FIN is due.
    @inline(__always)
    mutating func settle(
        _ direction: Direction, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        if halves[side].owedSince != nil, halves[side].position >= halves[side].owedUpTo { renewOwed(side) }
        if halves[side].finOffset != nil { finishIfOver(direction, &context, &out) }
    }

    /// What was owed was told; the peer may have acknowledged more since, and that has a grace of its own.
    private mutating func renewOwed(_ side: Int) {
        halves[side].owedSince = halves[side].isOwed ? lastPacket : nil
        halves[side].owedAtPacket = packets
        halves[side].owedUpTo = halves[side].acknowledged
    }

    /// Tells what is held and due now, in both directions by turns, until nothing more can be told.
    mutating func drain(
        _ first: Direction, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        var direction = first
        var idleTurns = 0
        while idleTurns < 2 {
            let side = direction.rawValue
            var moved = false
            while let piece = halves[side].held.first, piece.start <= halves[side].position,
                mayBeTold(piece.acknowledged, direction)
            {
                tellFirstHeld(direction, &context, &out)
                moved = true
            }
            if moved { settle(direction, &context, &out) }
            idleTurns = moved ? 1 : idleTurns + 1
            direction = direction.reverse
        }
        halves[0].held.tidy(&context.spares)
        halves[1].held.tidy(&context.spares)
    }

    /// Tells the first held piece, or what of it was not told yet.
    mutating func tellFirstHeld(
        _ direction: Direction, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let before = halves[side].held.cost
        var (piece, octets) = halves[side].held.removeFirst()
        context.heldInAll -= before - halves[side].held.cost
        let skipped = halves[side].position - piece.start
        if skipped < piece.length {
            let stored = octets.span.extracting(piece.stored)
            let rest = stored.extracting(min(skipped, piece.captured)..<piece.captured)
            tell(rest, length: piece.length - skipped, direction, piece.place, &context, &out)
        }
        halves[side].held.takeBack(&octets, &context.spares)
    }

    /// Tells the end of a direction once all before its FIN was told; both ends end the connection.
    private mutating func finishIfOver(
        _ direction: Direction, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        guard !halves[side].isFinished, let offset = halves[side].finOffset,
            halves[side].position >= offset || !halves[side].isWanted,
            !halves[side].isFINMissed || halves[direction.reverse.rawValue].finOffset != nil
        else { return }
        halves[side].isFinished = true
        let place = halves[side].finPlace ?? lastPacket
        out.finished(direction, of: slot, at: place)
        if halves[direction.reverse.rawValue].isFinished { end(.fin, at: place, &context, &out) }
    }
}
