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
        var direction = Direction.forward
        if let forward = halves[0].owedSince, let backward = halves[1].owedSince, backward.precedes(forward) {
            direction = .backward
        }
        giveUpHole(direction, place, &context, &out)
        giveUpHole(direction.reverse, place, &context, &out)
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

    /// Declares the first hole of a direction lost, and tells what was held behind it. What the peer said when it had
    /// acknowledged a part of the hole belongs between its parts. Where nothing is held, the hole reaches as far as the peer has acknowledged, or to the FIN; and one octet behind all messages is a FIN. What is held
    /// and due, but for something that its sender had acknowledged, is told without waiting for that.
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
        var place = first?.place ?? place
        if let reply = halves[direction.reverse.rawValue].held.first, let acknowledged = reply.acknowledged {
            let offset = halves[side].offset(acknowledged)
            if offset > halves[side].position, offset < to { (to, place) = (offset, reply.place) }
        }
        let lost = to - halves[side].position
        if lost == 1, first == nil, cause == .gap, halves[side].finOffset == nil, out.mayEnd(direction, of: slot) {
            halves[side].missFIN(at: place)
            out.closed(direction, of: slot, by: .missedFIN, at: place)
        } else if lost > 0 {
            halves[side].advance(lost)
            if halves[side].isWanted, !out.missed(lost, cause, direction, of: slot, at: place) {
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
        for side in 0..<2 where !isOver {
            // A FIN counts from the last octet sent, so what is missing before it was sent, and will not come now.
            if let fin = halves[side].finOffset { halves[side].acknowledged = max(halves[side].acknowledged, fin) }
        }
        while !isOver, let direction = directionWithHole {
            let owedSince = halves[direction.rawValue].owedSince
            giveUp(direction, .gap, at: owedSince ?? place, &context, &out)
        }
        for direction in [Direction.forward, .backward] where !isOver && halves[direction.rawValue].isFINMissed {
            halves[direction.rawValue].isFINMissed = false
            settle(direction, &context, &out)
        }
        guard !isOver else { return }
        isOver = true
        if let reset, reason != .fin { return out.ended(slot, .reset, at: reset) }
        out.ended(slot, reason, at: place)
    }

    /// The direction whose hole is given up next: what was on the wire first, as far as acknowledgements and what is held
    /// tell. What is here, and only held back by a hole of the other direction, waits for that.
    private var directionWithHole: Direction? {
        let forward = firstHole(of: .forward)
        let backward = firstHole(of: .backward)
        if let forward, let backward { return backward.precedes(forward) ? .backward : .forward }
        if forward != nil { return .forward }
        if backward != nil { return .backward }
        return [Direction.forward, .backward].first { direction in
            let half = halves[direction.rawValue]
            return half.isWanted && !half.isFinished && !half.held.isEmpty
        }
    }

    /// Where it showed that octets of a direction are missing; `nil` where none are.
    private func firstHole(of direction: Direction) -> StreamPlace? {
        let half = halves[direction.rawValue]
        guard half.isWanted, !half.isFinished else { return nil }
        if let first = half.held.first {
            guard first.start > half.position else { return nil }
            guard let since = half.owedSince, since.precedes(first.place) else { return first.place }
            return since
        }
        guard half.wasCaptured, min(half.acknowledged, half.finOffset ?? .max) > half.position else { return nil }
        return half.owedSince ?? lastPacket
    }
}
