import CaptureModel

/// Giving up holes: what the capture missed will not come.
extension Flow {
    /// Declares holes lost whose octets were acknowledged and did not come within the grace.
    mutating func giveUpHoles(
        _ place: StreamPlace, _ context: inout AssemblyContext, _ out: inout some StreamConsumer & ~Copyable
    ) {
        if let reset,
            place.time.since(reset.time) >= context.limits.graceNanoseconds
                || packets - resetAtPacket >= context.limits.gracePackets
        {
            return end(.reset, at: reset, &context, &out)
        }
        if halves[0].owedSince != nil { giveUpHole(.forward, place, &context, &out) }
        if halves[1].owedSince != nil { giveUpHole(.backward, place, &context, &out) }
    }

    private mutating func giveUpHole(
        _ direction: Direction, _ place: StreamPlace, _ context: inout AssemblyContext,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        guard !isOver, let since = halves[side].owedSince,
            place.time.since(since.time) >= context.limits.graceNanoseconds
                || packets - halves[side].owedAtPacket >= context.limits.gracePackets
        else { return }
        if let first = halves[side].held.first, first.start <= halves[side].position {
            // The octets are here, held back by a hole of the other direction, which is given up in its turn.
            halves[side].owedSince = place
            halves[side].owedAtPacket = packets
            return
        }
        halves[side].owedSince = nil
        giveUp(direction, .gap, at: since, &context, &out)
        if !isOver, halves[side].isWanted, halves[side].isOwed {
            halves[side].owedSince = since
            halves[side].owedAtPacket = packets
        }
    }

    /// Declares the first hole of a direction lost, and tells what was held behind it. Where nothing is held, the hole
    /// reaches as far as the peer has acknowledged, or to the FIN. What is held and due, but for something that its
    /// sender had acknowledged, is told without waiting for that.
    ///
    /// Missed octets have the place of what was held behind them; without that they have `place`, which is where they
    /// were acknowledged: they were on the wire before, however much later they are given up.
    mutating func giveUp(
        _ direction: Direction, _ cause: Loss, at place: StreamPlace, _ context: inout AssemblyContext,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let first = halves[side].held.first
        var to = first?.start ?? halves[side].acknowledged
        if let fin = halves[side].finOffset { to = min(to, fin) }
        let lost = to - halves[side].position
        if lost > 0 {
            halves[side].advance(lost)
            if halves[side].isWanted, !out.missed(lost, cause, direction, of: slot, at: first?.place ?? place) {
                dismiss(direction, &context)
            }
        } else if first != nil {
            tellFirstHeld(direction, &context, &out)
        }
        settle(direction, &context, &out)
        if !isOver { drain(direction, &context, &out) }
    }

    /// Tells all that is held, holes declared lost, and then that the connection is over.
    mutating func end(
        _ reason: StreamEnd, at place: StreamPlace, _ context: inout AssemblyContext,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        while !isOver, let direction = directionWithHole {
            let owedSince = halves[direction.rawValue].owedSince
            giveUp(direction, .gap, at: owedSince ?? place, &context, &out)
        }
        guard !isOver else { return }
        isOver = true
        if let reset, reason != .fin { return out.ended(slot, .reset, at: reset) }
        out.ended(slot, reason, at: place)
    }

    private var directionWithHole: Direction? {
        for direction in [Direction.forward, .backward] {
            let half = halves[direction.rawValue]
            guard half.isWanted, !half.isFinished else { continue }
            if !half.held.isEmpty { return direction }
            if half.wasCaptured, min(half.acknowledged, half.finOffset ?? .max) > half.position { return direction }
        }
        return nil
    }
}
