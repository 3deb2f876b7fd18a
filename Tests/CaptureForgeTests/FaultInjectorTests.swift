import CaptureForge
import CaptureModel
import Testing

/// What each side sent, put together by sequence number; the first octet seen at a place wins.
private func streams(_ segments: [ForgedSegment]) -> [Endpoint: [UInt32: UInt8]] {
    var streams: [Endpoint: [UInt32: UInt8]] = [:]
    for segment in segments {
        for (at, octet) in segment.payload.enumerated() {
            streams[segment.source, default: [:]][segment.sequence &+ UInt32(at), default: octet] = octet
        }
    }
    return streams
}

@Suite("Faults")
struct FaultInjectorTests {
    private func conversation(_ seed: UInt64) throws -> [ForgedSegment] {
        let text = """
            expect: nothing
            --- cut 11
            >>> 0 repeat 4 every 0.001
            GET / HTTP/1.1
            Host: a.example

            <<< 0.002 repeat 5 every 0.002
            HTTP/1.1 200 OK
            Content-Length: 0

            --- 0.5 server fin
            --- 0.6 client fin
            """
        var options = Dialogue.Options()
        options.clientISN = 0xffff_ffb0
        options.serverISN = UInt32(truncatingIfNeeded: seed)
        return try Dialogue(parsing: text).capture(options).segments
    }

    @Test("What keeps the truth keeps every octet in its place in the stream", arguments: UInt64(1)...40)
    func truth(seed: UInt64) throws {
        let segments = try conversation(seed)
        var faults = FaultInjector(seed: seed)
        let recut = faults.recut(segments, longest: 5)
        for changed in [
            recut, faults.shuffle(segments), faults.shuffle(recut, window: 9), faults.shuffleBothWays(segments),
            faults.duplicate(segments, oneIn: 3), faults.retransmit(segments), faults.retransmit(recut, oneIn: 1),
            segments.cut(every: 1),
        ] {
            #expect(streams(changed) == streams(segments), "seed \(seed)")
            #expect(zip(changed, changed.dropFirst()).allSatisfy { $0.time <= $1.time }, "seed \(seed)")
        }
    }

    @Test("A shuffle moves something, and acknowledges nothing that stands behind", arguments: UInt64(1)...20)
    func shuffle(seed: UInt64) throws {
        let segments = try conversation(seed)
        var faults = FaultInjector(seed: seed)
        let shuffled = faults.shuffle(segments)
        #expect(shuffled.map(\.sequence) != segments.map(\.sequence), "seed \(seed)")
        for (at, segment) in shuffled.enumerated() where segment.flags == [.ack] {
            let late = shuffled[(at + 1)...].filter { $0.source == segment.destination && $0.sequenceLength > 0 }
            #expect(
                late.allSatisfy { Int32(truncatingIfNeeded: $0.sequence &- segment.acknowledgement) >= 0 },
                "seed \(seed), packet \(at)")
        }
    }

    @Test("A shuffle moves nothing further than its window, however many segments there are", arguments: UInt64(1)...5)
    func window(seed: UInt64) throws {
        let text = "expect: nothing\n>>> 0 repeat 300 every 0.000001\nGET / HTTP/1.1\n\n"
        let segments = try Dialogue(parsing: text).capture().segments
        var faults = FaultInjector(seed: seed)
        let shuffled = faults.shuffleBothWays(segments, window: 4)
        for (at, segment) in shuffled.enumerated() where !segment.payload.isEmpty {
            let before = try #require(segments.firstIndex { $0.sequence == segment.sequence && !$0.payload.isEmpty })
            #expect(abs(before - at) <= 4, "seed \(seed)")
        }
        var again = FaultInjector(seed: seed)
        #expect(again.shuffleBothWays(segments, window: 4) == shuffled, "seed \(seed)")
    }

    @Test("The acknowledgements of an orderly conversation are honest already")
    func orderly() throws {
        let segments = try conversation(3)
        #expect(segments.acknowledgingWhatWasSeen == segments)
    }

    @Test("The same seed damages the same way, and another seed another way")
    func seeds() throws {
        let frames = ForgedCapture(segments: try conversation(1)).frames
        func damage(_ seed: UInt64) -> [Frame] {
            var faults = FaultInjector(seed: seed)
            let fewer = faults.drop(frames, oneIn: 5)
            return faults.truncate(faults.flip(faults.swap(fewer, oneIn: 4, window: 6), oneIn: 3), oneIn: 3)
        }
        #expect(damage(7) == damage(7))
        #expect(damage(7) != damage(8))
        #expect(damage(7).count < frames.count)
        #expect(FaultInjector(seed: 0).reverse(frames).first == frames.last)
    }
}
