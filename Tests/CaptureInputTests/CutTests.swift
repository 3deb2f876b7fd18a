import CaptureInput
import Testing

@Suite("Files cut short, and files with wrong bytes")
struct CutTests {
    static let pcap = classic(version: (2, 4))
    /// The same in the version before, which libpcap reads.
    static let oldPcap = classic(version: (2, 3))

    private static func classic(version: (UInt16, UInt16)) -> CaptureBytes {
        var file = CaptureBytes.pcap(littleEndian: false, version: version)
        for length in [0, 1, 20, 5] { file.record(seconds: UInt32(length), Array(repeating: 1, count: length)) }
        return file
    }

    static let pcapng: CaptureBytes = {
        var file = CaptureBytes.pcapng(littleEndian: false)
        file.interface(resolution: 9)
        file.enhanced(ticks: 1, [1, 2, 3])
        file.simple([4])
        file.block(77, Array(repeating: 1, count: 30))
        file.section(littleEndian: true)
        file.interface()
        file.obsolete(ticks: 3, [5, 6])
        return file
    }()

    @Test(
        "Cut anywhere, a file gives the packets before the cut and says whether it was one",
        arguments: [pcap, oldPcap, pcapng])
    func everyCut(file: CaptureBytes) {
        let folder = TemporaryFolder()
        let whole = Reading([folder.write(file.bytes)])
        #expect(whole.outcome.status == .complete)
        for length in 0..<file.bytes.count {
            let reading = Reading([folder.write(Array(file.bytes.prefix(length)))])
            #expect(reading.packets == Array(whole.packets.prefix(reading.packets.count)))
            let begin = file.ends.last { $0 <= length } ?? 0
            if length == 0 {
                #expect(reading.outcome.error?.code == .empty)
            } else if length == begin {
                #expect(reading.outcome.error == nil, "cut to \(length)")
            } else {
                #expect(reading.outcome.status == .truncated, "cut to \(length): \(reading.sentence ?? "")")
                #expect(reading.outcome.error?.offset == UInt64(begin), "cut to \(length)")
            }
        }
        #expect(Reading([folder.write(Array(file.bytes.dropLast()))]).packets.count == whole.packets.count - 1)
    }

    @Test("What is said of a cut names packet, place and numbers")
    func sentences() {
        var file = Self.pcap
        file.bytes.removeLast(3)
        #expect(Reading(file).sentence == "a: cut in packet 4 at byte 93: a packet of 5 bytes, of which 2 are there")
        file.bytes.removeLast(6)
        #expect(
            Reading(file).sentence
                == "a: cut in packet 4 at byte 93: the header of a record, 16 bytes, of which 12 are there")
        file = Self.oldPcap
        file.bytes.removeLast(3)
        #expect(
            Reading(file).sentence
                == "a: cut in packet 4 at byte 93: truncated dump file; tried to read 5 captured bytes, only got 2")
        file = Self.pcapng
        file.bytes.removeLast(3)
        #expect(
            Reading(file).sentence == "a: cut in packet 3 at byte 208: a block of 36 bytes, of which 33 are there")
        file.bytes = Array(Self.pcap.bytes.prefix(20))
        #expect(Reading(file).sentence == "a: cut at byte 0: only 20 bytes of the file header are there")
    }

    @Test("Wrong bytes anywhere never trap, and what is counted is what was given", arguments: [pcap, oldPcap, pcapng])
    func wrongBytes(file: CaptureBytes) {
        let folder = TemporaryFolder()
        for seed in 1...2_000 as ClosedRange<UInt64> {
            var random = SplitMix(seed: seed)
            var bytes = file.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] =
                    [0, 1, 0x7f, 0x80, 0xff, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random)
                    ?? 0
            }
            let reading = Reading([folder.write(bytes)])
            #expect(reading.outcome.facts?.packets ?? 0 == UInt64(reading.packets.count), "seed \(seed)")
            #expect((reading.outcome.error == nil) == (reading.outcome.status == .complete), "seed \(seed)")
        }
    }
}

/// Random numbers that a seed repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
