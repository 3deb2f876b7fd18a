import CaptureForge
import CaptureModel
import TestBench
import Testing

@Suite("Whatever happens to a capture, its report adds up")
struct DamageTests {
    private static let dialogues = DialogueFile.all.compactMap { try? $0.read() }

    @Test("Every dialogue's report adds up as it is", arguments: DialogueFile.all)
    func whole(file: DialogueFile) throws {
        let frames = try file.read().capture().frames
        try check(frames, PcapWriter().octets(frames), lines: false, "\(file)")
    }

    @Test("Packets dropped, doubled, swapped, cut, turned round, with bits flipped and times forged", arguments: 0..<50)
    func damaged(block: Int) throws {
        for seed in UInt64(block * 10 + 1)...UInt64(block * 10 + 10) {
            var random = SplitMix64(seed: seed)
            var faults = FaultInjector(seed: seed)
            var segments: [ForgedSegment] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                segments += Self.dialogues.randomElement(using: &random)?.capture().segments ?? []
            }
            if random.chance(oneIn: 2) { segments = faults.recut(segments, longest: 60) }
            if random.chance(oneIn: 2) { segments = faults.retransmit(segments) }
            if random.chance(oneIn: 2) { segments = faults.shuffleBothWays(segments, window: 8) }
            for index in segments.indices where random.chance(oneIn: 60) {
                segments[index].sequence = UInt32(truncatingIfNeeded: random.next())
                segments[index].flags = ForgedSegment.Flags(rawValue: UInt8.random(in: 0...255, using: &random))
            }
            var frames = ForgedCapture(segments: segments).frames
            if random.chance(oneIn: 2) { frames = faults.drop(frames, oneIn: 8) }
            if random.chance(oneIn: 3) { frames = faults.duplicate(frames, oneIn: 3) }
            if random.chance(oneIn: 3) { frames = faults.swap(frames, oneIn: 3, window: 9) }
            if random.chance(oneIn: 3) { frames = faults.flip(frames, oneIn: 3) }
            if random.chance(oneIn: 3) { frames = faults.truncate(frames, oneIn: 6) }
            if random.chance(oneIn: 6) { frames = faults.reverse(frames) }
            let edges: [Int64] = [0, 1, -1, .max, .min]
            for index in frames.indices where random.chance(oneIn: 90) {
                frames[index].time = Timestamp(nanoseconds: edges.randomElement(using: &random) ?? 0)
            }
            let bigEndian = random.chance(oneIn: 2)
            let octets =
                random.chance(oneIn: 2)
                ? PcapWriter(bigEndian: bigEndian).octets(frames) : PcapngWriter.octets(frames, bigEndian: bigEndian)
            try check(frames, octets, lines: random.chance(oneIn: 2), "seed \(seed)")
        }
    }

    @Test("Bits of the file itself flipped, and the file cut", arguments: 0..<10)
    func damagedFile(block: Int) throws {
        for seed in UInt64(block * 20 + 1)...UInt64(block * 20 + 20) {
            var random = SplitMix64(seed: seed)
            let frames = Self.dialogues.randomElement(using: &random)?.capture().frames ?? []
            var octets = random.chance(oneIn: 2) ? PcapWriter().octets(frames) : PcapngWriter.octets(frames)
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                octets[Int.random(in: octets.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if random.chance(oneIn: 2) { octets.removeLast(Int.random(in: 0..<octets.count, using: &random)) }
            let file = ScratchFile(".pcap")
            try FileOctets.write(octets, to: file.path)
            let document = try Document(of: file.path, lines: random.chance(oneIn: 2))
            for sum in document.sums() { #expect(sum.told == sum.counted, "\(sum.what), seed \(seed)") }
        }
    }

    private func check(_ frames: [Frame], _ octets: [UInt8], lines: Bool, _ comment: Comment) throws {
        let file = ScratchFile(".pcap")
        try FileOctets.write(octets, to: file.path)
        let document = try Document(of: file.path, lines: lines)
        for sum in document.sums() { #expect(sum.told == sum.counted, "\(sum.what), \(comment)") }
        #expect(document.captures.first?["packets"]?.integer == frames.count, comment)
        #expect(document.skipped + SegmentCounter(frames).count == frames.count, comment)
        #expect(document.captures.first?["status"] == .string("complete"), comment)
    }
}
