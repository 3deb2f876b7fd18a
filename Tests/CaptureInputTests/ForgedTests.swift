import CaptureInput
import CaptureModel
import Glibc
import Testing

@Suite("Files that somebody forged, and files read in other ways")
struct ForgedTests {
    @Test("A packet of the longest length that is believed is read, after one of none; one more octet is damage")
    func longest() {
        var file = CaptureBytes.pcap()
        file.record(seconds: 1, [])
        file.record(seconds: 2, [UInt8](repeating: 7, count: 262_144))
        file.record(seconds: 3, [8])
        #expect(Reading(file).packets.map(\.bytes.count) == [0, 262_144, 1])
        file.record(seconds: 4, [UInt8](repeating: 7, count: 262_145))
        file.record(seconds: 5, [9])
        let reading = Reading(file)
        #expect(reading.packets.count == 3)
        #expect(reading.outcome.error?.code == .damaged && reading.outcome.error?.packet == 4)
    }

    @Test("More octets captured than were on the wire are given as they are")
    func moreThanWire() {
        var file = CaptureBytes.pcap()
        file.record(seconds: 1, [1, 2, 3, 4], original: 2)
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1, 2, 3, 4]])
        #expect(reading.packets.map(\.original) == [2])
        #expect(reading.outcome.facts?.bytes == 2)
    }

    @Test(
        "A fraction that is no fraction of a second traps nothing", arguments: [0xa1b2_c3d4, 0xa1b2_3c4d] as [UInt32])
    func fraction(magic: UInt32) {
        var file = CaptureBytes.pcap(magic: magic)
        for seconds in [0, .max] as [UInt32] {
            for fraction in [0x7fff_ffff, 0x8000_0000, .max] as [UInt32] {
                file.record(seconds: seconds, fraction: fraction, [1])
            }
        }
        let reading = Reading(file)
        #expect(reading.packets.count == 6)
        #expect(reading.outcome.status == .complete)
    }

    @Test("A \"modified\" file of a big-endian machine is read")
    func modified() {
        var file = CaptureBytes.pcap(magic: 0xa1b2_cd34, littleEndian: false)
        file.record(seconds: 1, [1, 2, 3], extra: [UInt8](repeating: 0xee, count: 8))
        file.record(seconds: 2, [4, 5], extra: [UInt8](repeating: 0xee, count: 8))
        #expect(Reading(file).packets.map(\.bytes) == [[1, 2, 3], [4, 5]])
    }

    @Test(
        "Pieces lost, doubled or overwritten end in an outcome, and the counts add up",
        arguments: 0..<12 as Range<UInt64>)
    func pieces(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let folder = TemporaryFolder()
        for round in 0..<60 {
            var bytes = [CutTests.pcap.bytes, CutTests.pcapng.bytes].randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let piece = at..<min(bytes.count, at + Int.random(in: 1...40, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeSubrange(piece)
                case 1: bytes.insert(contentsOf: bytes[piece], at: at)
                case 2: for place in piece { bytes[place] = UInt8.random(in: 0...255, using: &random) }
                default: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            let path = folder.write(bytes)
            let filter = seed % 3 == 0 ? try CaptureFilter("greater 3") : nil
            let reading = Reading([path, path], filter: filter)
            for (capture, outcome) in reading.outcomes.enumerated() {
                let given = reading.packets.count { $0.capture == UInt32(capture) }
                let facts = outcome.facts
                let label: Comment = "seed \(seed), round \(round)"
                #expect(UInt64(given) == (facts?.packets ?? 0) - (facts?.filteredOut ?? 0), label)
                #expect(facts != nil || outcome.error != nil, label)
                #expect(outcome.error?.offset ?? 0 <= UInt64(bytes.count), label)
            }
        }
    }

    @Test("However packets are dealt to files, the series gives them back in order", arguments: 0..<12 as Range<UInt64>)
    func dealt(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let folder = TemporaryFolder()
        var files = [CaptureBytes](repeating: .pcap(magic: 0xa1b2_3c4d), count: Int.random(in: 1...6, using: &random))
        var dealt: [(time: UInt32, capture: Int)] = []
        var time: UInt32 = 0
        for _ in 0..<200 {
            time += UInt32.random(in: 0...2, using: &random)
            let capture = Int.random(in: 0..<files.count, using: &random)
            files[capture].record(seconds: time, [UInt8(truncatingIfNeeded: dealt.count)])
            dealt.append((time, capture))
        }
        let paths = files.enumerated().map { folder.write($1.bytes, as: "\($0)") }
        let order = dealt.indices.sorted {
            (dealt[$0].time, dealt[$0].capture, $0) < (dealt[$1].time, dealt[$1].capture, $1)
        }
        let expected = order.map { [UInt8(truncatingIfNeeded: $0)] }
        #expect(Reading(paths).packets.map(\.bytes) == expected, "seed \(seed)")
    }

    @Test("Standard input is read through a pipe, packed or not", arguments: [nil] + Packing.allCases.map { $0 })
    func standardInput(packing: Packing?) async {
        // In a process of its own, whose standard input may be replaced.
        await #expect(processExitsWith: .success) { [packing] in
            let plain = CutTests.pcapng.bytes
            let bytes = packing?.pack(plain) ?? plain
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            try #require(dup2(ends[0], 0) == 0)
            // A pipe holds so few without a reader.
            try #require(unsafe write(ends[1], bytes, bytes.count) == bytes.count)
            close(ends[1])
            let reading = Reading(["-"])
            try #require(reading.packets.count == 3)
            try #require(reading.outcome.status == .complete)
        }
    }
}
