import CaptureModel

/// Telling the consumer what is due: octets in order, what was held behind them, the end of a direction.
extension StreamAssembler {
    /// Whether all that the sender had acknowledged of the other direction was told, or is of no concern.
    @inline(__always)
    func mayBeTold(_ acknowledged: SequenceNumber?, _ slot: Int, _ direction: Direction) -> Bool {
        guard let acknowledged else { return true }
        let peer = direction.reverse.rawValue
        guard halves[2 * slot + peer].isEstablished, halves[2 * slot + peer].wasCaptured,
            halves[2 * slot + peer].isWanted, !halves[2 * slot + peer].isFinished
        else { return true }
        let ahead = halves[2 * slot + peer].next.distance(to: acknowledged)
        return ahead <= finAllowance(slot, peer) || ahead >= Self.plausibleDistance
    }

    /// A FIN takes a sequence number of its own, which no octet will ever bring.
    @inline(__always)
    func finAllowance(_ slot: Int, _ side: Int) -> Int {
        halves[2 * slot + side].finOffset == halves[2 * slot + side].position ? 1 : 0
    }

    /// Tells `length` octets from the expected one on, the captured of them as octets, the rest as cut.
    mutating func tell(
        _ captured: Span<UInt8>, length: Int, _ slot: Int, _ direction: Direction, _ place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) {
        let side = direction.rawValue
        halves[2 * slot + side].advance(length)
        guard halves[2 * slot + side].isWanted else { return }
        var wanted = true
        if captured.count > 0 {
            wanted = out.received(captured, direction, of: slot, at: place)
        }
        if wanted, captured.count < length {
            wanted = out.missed(length - captured.count, .snaplen, direction, of: slot, at: place)
        }
        if !wanted { dismiss(slot, direction) }
    }

    /// Nobody wants more of this direction.
    mutating func dismiss(_ slot: Int, _ direction: Direction) {
        let side = direction.rawValue
        halves[2 * slot + side].isWanted = false
        heldInAll -= halves[2 * slot + side].held.cost
        halves[2 * slot + side].held = HeldSegments()
        halves[2 * slot + side].owedSince = nil
    }

    /// After octets of `direction` were told: what the peer held back because of them may follow, and a FIN.
    @inline(__always)
    mutating func settle(_ slot: Int, _ direction: Direction, _ out: inout some StreamConsumer & ~Copyable) {
        let side = direction.rawValue
        if halves[2 * slot + side].owedSince != nil,
            halves[2 * slot + side].acknowledged <= halves[2 * slot + side].position + finAllowance(slot, side)
        {
            halves[2 * slot + side].owedSince = nil
        }
        if halves[2 * slot + side].finOffset != nil { finishIfOver(slot, direction, &out) }
        if !halves[2 * slot + direction.reverse.rawValue].held.isEmpty { drain(slot, direction.reverse, &out) }
    }

    /// Tells what is held and due now, in both directions by turns, until nothing more can be told.
    mutating func drain(_ slot: Int, _ direction: Direction, _ out: inout some StreamConsumer & ~Copyable) {
        var (direction, idleTurns) = (direction, 0)
        while idleTurns < 2 {
            let side = direction.rawValue
            var moved = false
            while let first = halves[2 * slot + side].held.first,
                first.start <= halves[2 * slot + side].position, mayBeTold(first.acknowledged, slot, direction)
            {
                let piece = removeFirst(slot, side)
                let skipped = halves[2 * slot + side].position - piece.start
                if skipped < piece.length {
                    let from = min(skipped, piece.octets.count)
                    tell(
                        piece.octets.span.extracting(from..<piece.octets.count), length: piece.length - skipped, slot,
                        direction, piece.place, &out)
                }
                moved = true
            }
            if moved { settleWithoutDrain(slot, direction, &out) }
            idleTurns = moved ? 1 : idleTurns + 1
            direction = direction.reverse
        }
    }

    mutating func settleWithoutDrain(_ slot: Int, _ direction: Direction, _ out: inout some StreamConsumer & ~Copyable)
    {
        let side = direction.rawValue
        if halves[2 * slot + side].acknowledged <= halves[2 * slot + side].position + finAllowance(slot, side) {
            halves[2 * slot + side].owedSince = nil
        }
        if halves[2 * slot + side].finOffset != nil { finishIfOver(slot, direction, &out) }
    }

    mutating func removeFirst(_ slot: Int, _ side: Int) -> HeldSegments.Piece {
        let before = halves[2 * slot + side].held.cost
        let piece = halves[2 * slot + side].held.removeFirst()
        heldInAll -= before - halves[2 * slot + side].held.cost
        return piece
    }

    /// Tells the end of a direction once all before its FIN was told; both ends end the connection.
    mutating func finishIfOver(_ slot: Int, _ direction: Direction, _ out: inout some StreamConsumer & ~Copyable) {
        let side = direction.rawValue
        guard !halves[2 * slot + side].isFinished, let offset = halves[2 * slot + side].finOffset,
            halves[2 * slot + side].position >= offset || !halves[2 * slot + side].isWanted
        else { return }
        halves[2 * slot + side].isFinished = true
        let place = halves[2 * slot + side].finPlace ?? flows[slot].lastPacket
        out.finished(direction, of: slot, at: place)
        if halves[2 * slot + direction.reverse.rawValue].isFinished { end(slot, .fin, at: place, &out) }
    }
}
