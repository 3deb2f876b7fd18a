import CaptureModel

/// Giving up holes: what the capture missed will not come.
extension StreamAssembler {
    /// Declares holes lost whose octets were acknowledged and did not come within the grace.
    @inline(__always)
    mutating func giveUpHoles(_ slot: Int, _ place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable) {
        if halves[2 * slot + 0].owedSince != nil { giveUpHole(slot, .forward, place, &out) }
        if halves[2 * slot + 1].owedSince != nil { giveUpHole(slot, .backward, place, &out) }
    }

    mutating func giveUpHole(
        _ slot: Int, _ direction: Direction, _ place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        guard !flows[slot].isOver, let since = halves[2 * slot + side].owedSince,
            place.time.since(since) >= limits.graceNanoseconds
                || flows[slot].packets - halves[2 * slot + side].owedAtPacket >= limits.gracePackets
        else { return }
        // The octets may be here, held back by a hole of the other direction: then that one is given up in its turn.
        if let first = halves[2 * slot + side].held.first, first.start <= halves[2 * slot + side].position {
            halves[2 * slot + side].owedSince = place.time
            halves[2 * slot + side].owedAtPacket = flows[slot].packets
            return
        }
        halves[2 * slot + side].owedSince = nil
        giveUp(slot, direction, cause: .gap, at: place, &out)
        if flows[slot].isUsed, !flows[slot].isOver,
            halves[2 * slot + side].acknowledged > halves[2 * slot + side].position + finAllowance(slot, side)
        {
            halves[2 * slot + side].owedSince = since
        }
    }

    /// Declares the first hole of a direction lost, and tells what was held behind it. Where nothing is held, the hole
    /// reaches as far as the peer has acknowledged, or to the FIN.
    mutating func giveUp(
        _ slot: Int, _ direction: Direction, cause: Loss, at place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        let position = halves[2 * slot + side].position
        var to = halves[2 * slot + side].held.first?.start ?? halves[2 * slot + side].acknowledged
        if let fin = halves[2 * slot + side].finOffset { to = min(to, fin) }
        let lost = max(0, to - position)
        if lost > 0 {
            let at = halves[2 * slot + side].held.first?.place ?? place
            halves[2 * slot + side].advance(lost)
            if halves[2 * slot + side].isWanted, !out.missed(lost, cause, direction, of: slot, at: at) {
                dismiss(slot, direction)
            }
        } else if !halves[2 * slot + side].held.isEmpty {
            // What is held is due, but for what its sender had acknowledged: tell it without waiting for that.
            let piece = removeFirst(slot, side)
            let from = min(max(0, position - piece.start), piece.octets.count)
            tell(
                piece.octets.span.extracting(from..<piece.octets.count),
                length: max(0, piece.end - position), slot, direction, piece.place, &out)
        }
        settleWithoutDrain(slot, direction, &out)
        if flows[slot].isUsed, !flows[slot].isOver { drain(slot, direction, &out) }
    }
}
