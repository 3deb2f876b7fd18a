package import CaptureModel
package import WireFormat

/// Puts the segments of all connections in order, and tells each connection's two streams to a consumer.
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
    private var context: AssemblyContext
    private var flows: ContiguousArray<Flow> = []
    private var table: FlowTable
    private var freeSlots: [Int] = []
    /// The slot that is looked at next for idleness, and the packets until then.
    private var hand = 0
    private var untilHand = 8
    /// The slots to forget next where room is needed, the next one last, with the time of the last packet then.
    private var candidates: [Candidate] = []
    private struct Candidate {
        let slot: Int
        let rank: Int
        let time: Timestamp
    }
    /// How many of the slots are finished, once the capture is over.
    private var finished = 0

    /// How long a connection has to be silent until it takes no more room than it needs for what it holds.
    private static let pause: Int64 = 1_000_000_000
    /// How long a connection that is over is remembered, so that late copies of its packets are known.
    private static let lingering: Int64 = 60_000_000_000

    /// An assembler without connections. `seed` is the run's random seed, see `FlowTable`.
    package init(limits: AssemblyLimits = AssemblyLimits(), seed: UInt64) {
        context = AssemblyContext(limits: limits)
        table = FlowTable(seed: seed)
    }

    package var counters: AssemblyCounters { context.counters }
    /// The one of them that is asked for with each packet. (It changes nothing, and is mutating only since an assembler
    /// that is borrowed would be copied.)
    package var differingOverlaps: Int { mutating get { context.counters.differingOverlaps } }
    /// What is held out of order now, in octets, bookkeeping included.
    package var heldOctets: Int { context.heldInAll }

    /// Takes one segment; `octets` holds its payload at `segment.payload`. What can be told now is told to `out`.
    package mutating func take(
        _ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace,
        into out: inout some StreamConsumer & ~Copyable
    ) {
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
            if segment.flags.contains(.syn) || flows[slot].rival != nil {
                switch flows[slot].beginning(with: segment, direction) {
                case .goesOn: break
                case .unconfirmed: return
                case .anew(let opener):
                    forget(slot, .idle, at: place, &out)
                    slot = open(key, opener, isAwaitingPeer: opener != direction, at: place, &out)
                }
            }
        } else {
            let opener = segment.opener(direction)
            slot = open(key, opener, isAwaitingPeer: opener != direction, at: place, &out)
        }
        flows[slot].take(segment, octets, direction, place, &context, &out)
    }

    /// Ends the connections that are left, some at each call, so that what they had open can be taken away in between:
    /// the capture is over; `place` is its last packet, of whatever protocol. Returns whether there are more.
    package mutating func finishSome(at place: StreamPlace, into out: inout some StreamConsumer & ~Copyable) -> Bool {
        let some = finished..<min(finished + 256, flows.count)
        for slot in some where flows[slot].isUsed {
            flows[slot].end(.captureEnd, at: place, &context, &out)
        }
        finished = some.upperBound
        return finished < flows.count
    }

    // MARK: Beginning and being forgotten

    private mutating func open(
        _ key: FlowKey, _ opener: Direction?, isAwaitingPeer: Bool, at place: StreamPlace,
        _ out: inout some StreamConsumer & ~Copyable
    ) -> Int {
        if flows.count - freeSlots.count >= context.limits.connections { evictOne(&out) }
        context.counters.connections += 1
        let slot = freeSlots.popLast() ?? flows.count
        let flow = Flow(
            key: key, id: context.counters.connections, slot: slot, at: place, isAwaitingPeer: isAwaitingPeer)
        if slot == flows.count { flows.append(flow) } else { flows[slot] = flow }
        table.insert(key, slot: slot)
        out.opened(slot, StreamIdentity(id: flow.id, first: key.first, second: key.second, opener: opener))
        return slot
    }

    /// Ends a connection that did not close, if it is not over, and gives its slot free.
    private mutating func forget(
        _ slot: Int, _ reason: StreamEnd, at place: StreamPlace, _ out: inout some StreamConsumer & ~Copyable
    ) {
        flows[slot].end(reason, at: place, &context, &out)
        table.remove(flows[slot].key, slot: slot)
        flows[slot].isUsed = false
        freeSlots.append(slot)
    }

    /// Looks at one connection and forgets it if it is over or idle; called every few packets, so that the cost of
    /// looking is a fixed share of each packet's, whatever the clock of a capture does.
    private mutating func forgetIdle(_ now: Timestamp, _ out: inout some StreamConsumer & ~Copyable) {
        untilHand = 8
        guard !flows.isEmpty else { return }
        hand = hand + 1 < flows.count ? hand + 1 : 0
        let look = flows.span[hand].standing
        guard look.isUsed else { return }
        let patience = look.isOver ? Self.lingering : context.limits.idleNanoseconds
        if now.since(look.lastTime) > patience, look.isOver || !out.isBusy(hand) {
            forget(hand, .idle, at: flows[hand].lastPacket, &out)
        } else if now.since(look.lastTime) > Self.pause {
            flows[hand].shrink(&context.spares)
        }
    }

    /// Makes room for one connection: of some neighbours one that is over, else one without an open exchange, the longest
    /// silent first, else the one that was silent longest. A look at all of them serves for several.
    private mutating func evictOne(_ out: inout some StreamConsumer & ~Copyable) {
        for _ in 0..<2 {  // what was remembered may be out of date; what was looked at just now is not
            while let candidate = candidates.popLast() {
                let look = flows.span[candidate.slot].standing
                guard look.isUsed, look.lastTime == candidate.time else { continue }
                guard rank(candidate.slot, isOver: look.isOver, out) == candidate.rank else { continue }
                if candidate.rank > 0 { context.counters.evicted += 1 }
                if candidate.rank == 2 { context.counters.evictedBusy += 1 }
                return forget(candidate.slot, .evicted, at: flows[candidate.slot].lastPacket, &out)
            }
            findCandidates(out)
        }
    }

    /// How much a connection is worth: 0 is over, 2 has an open exchange.
    private func rank(_ slot: Int, isOver: Bool, _ out: borrowing some StreamConsumer & ~Copyable) -> Int {
        isOver ? 0 : out.isBusy(slot) ? 2 : 1
    }

    /// Looks at some connections, and remembers the best to forget, all of one rank.
    private mutating func findCandidates(_ out: borrowing some StreamConsumer & ~Copyable) {
        candidates.removeAll(keepingCapacity: true)
        for _ in 0..<min(64, flows.count) {
            hand = hand + 1 < flows.count ? hand + 1 : 0
            let look = flows.span[hand].standing
            guard look.isUsed else { continue }
            candidates.append(Candidate(slot: hand, rank: rank(hand, isOver: look.isOver, out), time: look.lastTime))
        }
        candidates.sort { ($1.rank, $1.time) < ($0.rank, $0.time) }
        guard let best = candidates.last?.rank else { return }
        candidates.removeAll { $0.rank > best }
        candidates.removeFirst(max(0, candidates.count - 8))
    }
}

extension TCPSegment {
    /// The direction of the one who opens a connection with this segment; `nil` without a SYN.
    fileprivate func opener(_ direction: Direction) -> Direction? {
        guard flags.contains(.syn) else { return nil }
        return flags.contains(.ack) ? direction.reverse : direction
    }
}

/// What a segment says of the connection that has its endpoints.
private enum Beginning {
    /// It belongs to the connection, or to none.
    case goesOn
    /// It asks for a new connection while the old one lives: the answer will tell.
    case unconfirmed
    /// A new connection began; who opened it.
    case anew(Direction?)
}

extension Flow {
    /// Whether a segment begins a new connection on these endpoints. A SYN alone proves nothing while the old one lives:
    /// it may be forged, or refused.
    fileprivate mutating func beginning(with segment: borrowing TCPSegment, _ direction: Direction) -> Beginning {
        if segment.flags.contains(.syn), isBegunAnew(by: segment, direction) {
            let opener = segment.opener(direction)
            if isOver || reset != nil || opener != direction { return .anew(opener) }
            rival = (direction, segment.sequence &+ 1)
            return .unconfirmed
        }
        guard let rival else { return .goesOn }
        let flags = segment.flags
        let (sequence, acknowledgement) = (segment.sequence, segment.acknowledgement)
        let answers =
            direction == rival.direction.reverse && flags.isSuperset(of: [.syn, .ack])
            && acknowledgement == rival.number
        let follows = direction == rival.direction && !flags.contains(.syn) && sequence == rival.number
        return answers || follows ? .anew(rival.direction) : .goesOn
    }

    /// Whether a SYN begins a new connection on these endpoints: the old one is over, or it began at another number.
    private func isBegunAnew(by segment: borrowing TCPSegment, _ direction: Direction) -> Bool {
        let side = direction.rawValue
        let number = SequenceNumber(segment.sequence)
        let isReply = segment.flags.contains(.ack)
        if let initial = halves[side].initial { return initial != number && (!isReply || isOver) }
        if isOver { return true }
        guard halves[side].isEstablished else {
            // The first of this direction: a reply belongs to the SYN, or to the data on it, that it acknowledges.
            let peer = halves[direction.reverse.rawValue]
            guard isReply, peer.isEstablished else { return peer.position > 0 }
            return !(0...peer.position).contains(peer.offset(SequenceNumber(segment.acknowledgement)))
        }
        // A direction known without its SYN: a SYN just before its first octet is its own, captured late.
        return abs(halves[side].next.distance(to: number)) > halves[side].position + 1
    }
}
