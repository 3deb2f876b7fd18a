import CaptureModel
import WireFormat

/// How connections begin, end, and are forgotten.
extension StreamAssembler {
    /// Whether a SYN begins a new connection on known endpoints: the old one is over, or it began at another number.
    func beginsAnew(_ segment: borrowing TCPSegment, _ slot: Int, _ direction: Direction) -> Bool {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence)
        let isReply = segment.flags.contains(.ack)
        if let initial = halves[2 * slot + side].initial {
            return initial != number && (!isReply || flows[slot].isOver)
        }
        // A direction known without its SYN: a SYN just before its first octet is its own, captured late.
        if flows[slot].isOver { return true }
        if !halves[2 * slot + side].isEstablished { return halves[2 * slot + direction.reverse.rawValue].position > 0 }
        return abs(halves[2 * slot + side].next.distance(to: number)) > halves[2 * slot + side].position + 1
    }

    mutating func open(
        _ key: FlowKey, _ segment: borrowing TCPSegment, _ direction: Direction, at place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) -> Int {
        if flows.count - freeSlots.count >= limits.connections { evictOne(place, &out) }
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
            halves.append(HalfStream())
            halves.append(HalfStream())
        }
        table.insert(key, slot: slot)
        out.opened(
            slot, StreamIdentity(id: flow.id, first: key.first, second: key.second, opener: opener))
        return slot
    }

    /// Tells all that is held, holes declared lost, and then the end. The slot of a connection that closed stays for a
    /// while, so that late copies of its packets are known; the others are freed.
    mutating func end(
        _ slot: Int, _ reason: StreamEnd, at place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable
    ) {
        guard !flows[slot].isOver else {
            if reason == .idle { free(slot) }
            return
        }
        while !flows[slot].isOver, let direction = directionWithHole(slot) {
            giveUp(slot, direction, cause: .gap, at: place, &out)
        }
        if !flows[slot].isOver {
            flows[slot].isOver = true
            out.ended(slot, reason, at: place)
        }
        if reason == .idle { free(slot) }
    }

    func directionWithHole(_ slot: Int) -> Direction? {
        for direction in [Direction.forward, .backward] {
            let side = direction.rawValue
            guard halves[2 * slot + side].isWanted, !halves[2 * slot + side].isFinished else { continue }
            if !halves[2 * slot + side].held.isEmpty { return direction }
            let fin = halves[2 * slot + side].finOffset ?? .max
            if halves[2 * slot + side].wasCaptured,
                min(halves[2 * slot + side].acknowledged, fin) > halves[2 * slot + side].position
            {
                return direction
            }
        }
        return nil
    }

    mutating func free(_ slot: Int) {
        guard flows[slot].isUsed else { return }
        table.remove(flows[slot].key, slot: slot)
        flows[slot].isUsed = false
        flows[slot].isOver = true
        heldInAll -= halves[2 * slot + 0].held.cost + halves[2 * slot + 1].held.cost
        halves[2 * slot] = HalfStream()
        halves[2 * slot + 1] = HalfStream()
        freeSlots.append(slot)
    }

    /// Looks at one connection and forgets it if it is over or idle; called every few packets, so that the cost of
    /// looking is a fixed share of each packet's, whatever the clock of a capture does.
    mutating func forgetIdle(_ now: Timestamp, _ out: inout some StreamConsumer & ~Copyable) {
        untilHand = 8
        guard !flows.isEmpty else { return }
        hand = hand + 1 < flows.count ? hand + 1 : 0
        guard flows[hand].isUsed else { return }
        let silence = now.since(flows[hand].lastPacket.time)
        if flows[hand].isOver {
            if silence > 60_000_000_000 { free(hand) }
        } else if silence > limits.idleNanoseconds, !out.isBusy(hand) {
            end(hand, .idle, at: flows[hand].lastPacket, &out)
        }
    }

    /// Makes room for one connection: of some neighbours the one that is over, else the one without an open exchange
    /// that was silent longest, else the one that was silent longest.
    mutating func evictOne(_ place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable) {
        var choice: (slot: Int, rank: Int, time: Timestamp)?
        for _ in 0..<min(64, flows.count) {
            hand = hand + 1 < flows.count ? hand + 1 : 0
            guard flows[hand].isUsed else { continue }
            let rank = flows[hand].isOver ? 0 : out.isBusy(hand) ? 2 : 1
            let time = flows[hand].lastPacket.time
            if let best = choice, (best.rank, best.time.nanoseconds) <= (rank, time.nanoseconds) { continue }
            choice = (hand, rank, time)
            if rank == 0 { break }
        }
        guard let choice else { return }
        if choice.rank > 0 { counters.evicted += 1 }
        if choice.rank == 2 { counters.evictedBusy += 1 }
        end(choice.slot, .idle, at: flows[choice.slot].lastPacket, &out)
    }
}
