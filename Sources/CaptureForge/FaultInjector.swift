import CaptureModel

/// Changes captures at random, the same way for the same seed.
///
/// The first group works on segments and keeps the truth: what was said, by whom, and when up to the reach of a
/// shuffle. The second group works on frames and damages a capture; a reader has to live through it.
package struct FaultInjector: Sendable {
    private var random: SplitMix64

    /// Tests print the seed of a failure.
    package init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    // MARK: Keeping the truth

    /// Cuts payloads into pieces of 1 to `longest` octets; the pieces have the time of the whole.
    package mutating func recut(_ segments: [ForgedSegment], longest: Int) -> [ForgedSegment] {
        segments.flatMap { segment in
            var ends: [Int] = []
            var at = 0
            while at < segment.payload.count {
                at += Int.random(in: 1...max(1, longest), using: &random)
                ends.append(min(at, segment.payload.count))
            }
            return segment.split(at: ends)
        }
    }

    /// Moves segments to other places, at most `window` places away and among packets of at most `reach` nanoseconds;
    /// the places keep their times. Each direction is shuffled by itself, and acknowledgements are lowered to what
    /// stands before them, as a receiver behind a reordering network sends them. Handshakes and RSTs stay.
    package mutating func shuffle(
        _ segments: [ForgedSegment], window: Int = 4, reach: Int64 = 50_000_000
    ) -> [ForgedSegment] {
        var result = segments
        for run in movableRuns(segments, reach: reach) {
            var places = Array(run)
            while let first = places.first {
                let sameWay = places.filter { segments[$0].isSameWay(as: segments[first]) }
                jitter(sameWay, of: &result, window: window)
                places.removeAll { segments[$0].isSameWay(as: segments[first]) }
            }
        }
        return result.acknowledgingWhatWasSeen
    }

    /// The same without lowering acknowledgements, over both directions: a capture that was written out of order, in
    /// which an acknowledgement may stand before what it acknowledges.
    package mutating func shuffleBothWays(
        _ segments: [ForgedSegment], window: Int = 4, reach: Int64 = 50_000_000
    ) -> [ForgedSegment] {
        var result = segments
        for run in movableRuns(segments, reach: reach) { jitter(Array(run), of: &result, window: window) }
        return result
    }

    /// Stretches of segments that may change places: without handshakes and RSTs, and not longer than `reach`.
    private func movableRuns(_ segments: [ForgedSegment], reach: Int64) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for at in segments.indices {
            if !isMovable(segments[at]) || segments[at].time.since(segments[start].time) > reach {
                runs.append(start..<at)
                start = isMovable(segments[at]) ? at : at + 1
            }
        }
        return runs + [min(start, segments.count)..<segments.count]
    }

    /// Puts what is at `places` in another order, each at most `window` of these places away; the places keep their
    /// times.
    private mutating func jitter(_ places: [Int], of segments: inout [ForgedSegment], window: Int) {
        let keys = places.indices.map { $0 + Int.random(in: 0...max(0, window), using: &random) }
        let order = places.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        let moved = order.map { segments[places[$0]] }
        for (place, segment) in zip(places, moved) {
            let time = segments[place].time
            segments[place] = segment
            segments[place].time = time
        }
    }

    /// Puts some packets in twice, one behind the other, as the `any` device of a router shows them.
    package mutating func duplicate<Packet>(_ packets: [Packet], oneIn odds: Int = 1) -> [Packet] {
        packets.flatMap { random.chance(oneIn: odds) ? [$0, $0] : [$0] }
    }

    /// Sends some payloads again, up to `window` places later, now and then without their first octets.
    package mutating func retransmit(
        _ segments: [ForgedSegment], oneIn odds: Int = 4, window: Int = 8
    ) -> [ForgedSegment] {
        var result = segments
        for segment in segments.reversed() where !segment.payload.isEmpty && random.chance(oneIn: odds) {
            guard let origin = result.firstIndex(of: segment) else { continue }
            let place = min(result.count, origin + 1 + Int.random(in: 0...max(0, window), using: &random))
            // A RST or a new handshake ends what may be repeated.
            guard result[(origin + 1)..<place].allSatisfy({ $0.flags.isDisjoint(with: [.syn, .rst]) }) else { continue }
            var again = segment
            again.time = result[place - 1].time
            let skipped = Int.random(in: 0..<segment.payload.count, using: &random)
            if random.chance(oneIn: 2) {
                again.payload.removeFirst(skipped)
                again.sequence &+= UInt32(truncatingIfNeeded: skipped)
            }
            result.insert(again, at: place)
        }
        return result
    }

    private func isMovable(_ segment: ForgedSegment) -> Bool {
        segment.flags.isDisjoint(with: [.syn, .rst])
    }

    // MARK: Damaging

    /// Leaves some packets out.
    package mutating func drop<Packet>(_ packets: [Packet], oneIn odds: Int) -> [Packet] {
        packets.filter { _ in !random.chance(oneIn: odds) }
    }

    /// Swaps some packets with one up to `window` places later; times move with them.
    package mutating func swap<Packet>(_ packets: [Packet], oneIn odds: Int, window: Int) -> [Packet] {
        var result = packets
        for at in result.indices where random.chance(oneIn: odds) {
            result.swapAt(at, min(result.count - 1, at + Int.random(in: 0...max(0, window), using: &random)))
        }
        return result
    }

    /// Turns single bits of some packets.
    package mutating func flip(_ frames: [Frame], oneIn odds: Int) -> [Frame] {
        frames.map { frame in
            guard random.chance(oneIn: odds), !frame.octets.isEmpty else { return frame }
            var frame = frame
            let at = Int.random(in: frame.octets.indices, using: &random)
            frame.octets[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return frame
        }
    }

    /// Cuts some packets short, at any octet.
    package mutating func truncate(_ frames: [Frame], oneIn odds: Int) -> [Frame] {
        frames.map { frame in
            random.chance(oneIn: odds) ? frame.cut(to: Int.random(in: 0...frame.octets.count, using: &random)) : frame
        }
    }

    /// Turns the order round; times go backwards.
    package func reverse<Packet>(_ packets: [Packet]) -> [Packet] {
        packets.reversed()
    }
}

extension ForgedSegment {
    /// The segment in pieces that end at `ends` (ascending, the last one being the payload's length); itself where
    /// there is nothing to split. FIN and PSH stay with the last piece, SYN with the first.
    package func split(at ends: [Int]) -> [ForgedSegment] {
        guard ends.count > 1 else { return [self] }
        var start = 0
        return ends.map { end in
            var piece = self
            piece.payload = Array(payload[start..<end])
            let before = start > 0 && flags.contains(.syn) ? start + 1 : start
            piece.sequence = sequence &+ UInt32(truncatingIfNeeded: before)
            if end < payload.count { piece.flags.subtract([.fin, .psh]) }
            if start > 0 { piece.flags.remove(.syn) }
            start = end
            return piece
        }
    }
}

extension [ForgedSegment] {
    /// Every payload in pieces of `length` octets, from 1.
    package func cut(every length: Int) -> [ForgedSegment] {
        flatMap { segment in
            let count = segment.payload.count
            return segment.split(at: stride(from: length, to: count, by: length).map { $0 } + [count])
        }
    }

    /// The segments with each acknowledgement lowered, so that it covers nothing that stands behind it in the list.
    package var acknowledgingWhatWasSeen: [ForgedSegment] {
        var honest = self
        var earliestToCome: [[Endpoint]: UInt32] = [:]
        for at in honest.indices.reversed() {
            let segment = honest[at]
            if segment.flags.contains(.ack), let coming = earliestToCome[[segment.destination, segment.source]],
                Int32(truncatingIfNeeded: segment.acknowledgement &- coming) > 0
            {
                honest[at].acknowledgement = coming
            }
            let way = [segment.source, segment.destination]
            if segment.flags.contains(.syn) {
                earliestToCome[way] = nil
            } else if segment.sequenceLength > 0 {
                let coming = earliestToCome[way] ?? segment.sequence
                let isEarlier = Int32(truncatingIfNeeded: segment.sequence &- coming) < 0
                earliestToCome[way] = isEarlier ? segment.sequence : coming
            }
        }
        return honest
    }
}
