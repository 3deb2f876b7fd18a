import CaptureInput
import CaptureModel
import Testing

@Suite("pcapng files")
struct PcapngTests {
    @Test("Both byte orders are read, packets lent whole whatever their padding", arguments: [true, false])
    func orders(littleEndian: Bool) {
        var file = CaptureBytes.pcapng(littleEndian: littleEndian)
        file.interface()
        for length in 0..<9 { file.enhanced(ticks: UInt64(length), Array(repeating: 7, count: length), original: 99) }
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == (0..<9).map { Array(repeating: 7, count: $0) })
        #expect(reading.packets.map(\.original) == Array(repeating: 99, count: 9))
        #expect(reading.packets.map(\.frame) == Array(1...9))
        #expect(reading.times == (0..<9).map { $0 * 1_000 })
        #expect(reading.outcome.status == .complete)
        #expect(reading.outcome.facts?.format == .pcapng)
    }

    @Test(
        "Time stamps count in the interface's resolution, from its offset",
        arguments: [
            (nil, nil, 1_000_000, 1_000_000_000), (6, nil, 1_000_000, 1_000_000_000), (9, nil, 17, 17),
            (0, nil, 3, 3_000_000_000), (3, nil, 1_500, 1_500_000_000), (7, nil, 15, 1_500), (12, nil, 1_999, 1),
            (18, nil, 2_000_000_000, 2), (19, nil, 10_000_000_000, 1), (38, nil, .max, 0), (127, nil, .max, 0),
            (0x80, nil, 2, 2_000_000_000), (0x81, nil, 3, 1_500_000_000), (0x94, nil, 1 << 19, 500_000_000),
            (0x8a, nil, 1, 976_562), (0xa0, nil, 1 << 31, 500_000_000), (0xc0, nil, 1 << 63, 500_000_000),
            (0xff, nil, .max, 0), (9, 10, 5, 10_000_000_005), (9, -10, 5, -9_999_999_995),
            (9, nil, .max, .max), (0, nil, .max, .max), (9, .max, 5, .max), (9, .min, 5, .min),
            (6, nil, 1_795_433_809_566_300, 1_795_433_809_566_300_000),
        ] as [(UInt8?, Int64?, UInt64, Int64)])
    func resolutions(resolution: UInt8?, offset: Int64?, ticks: UInt64, nanoseconds: Int64) {
        var file = CaptureBytes.pcapng()
        file.interface(resolution: resolution, offset: offset)
        file.enhanced(ticks: ticks, [1])
        file.obsolete(ticks: ticks, [2])
        #expect(Reading(file).times == [nanoseconds, nanoseconds])
    }

    @Test("A simple packet has the first interface's kind, the time before it, and the length that fits")
    func simple() {
        var file = CaptureBytes.pcapng()
        file.interface(linkType: 113, snaplen: 4)
        file.interface(linkType: 1)
        file.simple([1, 2, 3])
        file.enhanced(interface: 1, ticks: 5, [9])
        file.simple([1, 2, 3, 4], original: 1_000)
        let reading = Reading(file)
        #expect(reading.times == [0, 5_000, 5_000])
        #expect(reading.packets.map(\.bytes) == [[1, 2, 3], [9], [1, 2, 3, 4]])
        #expect(reading.packets.map(\.linkType) == [113, 1, 113])
        #expect(reading.packets.map(\.original) == [3, 1, 1_000])
        #expect(reading.outcome.facts?.linkTypes == [.linuxSLL, .ethernet])
    }

    @Test("Sections have interfaces and byte orders of their own")
    func sections() {
        var file = CaptureBytes.pcapng(littleEndian: true)
        file.interface(linkType: 1)
        file.interface(linkType: 113, resolution: 9)
        file.enhanced(interface: 1, ticks: 1, [1])
        file.section(littleEndian: false)
        file.interface(linkType: 276, resolution: 3)
        file.enhanced(ticks: 2, [2])
        file.obsolete(ticks: 3, [3])
        file.section(littleEndian: true)
        file.interface(linkType: 12)
        file.enhanced(ticks: 4, [4])
        let reading = Reading(file)
        #expect(reading.packets.map(\.linkType) == [113, 276, 276, 101])
        #expect(reading.times == [1, 2_000_000, 3_000_000, 4_000])
        #expect(reading.packets.map(\.frame) == [1, 2, 3, 4])
        #expect(reading.outcome.status == .complete)
    }

    @Test("Blocks of other kinds are passed over, even those longer than the window and than any packet")
    func otherBlocks() {
        var file = CaptureBytes.pcapng()
        file.block(5, Array(repeating: 1, count: 100))
        file.interface()
        file.block(0xbad, [])
        file.enhanced(ticks: 1, [1])
        file.block(0x8000_0001, Array(repeating: 3, count: 20 << 20))
        file.enhanced(ticks: 2, [2])
        file.block(4, Array(repeating: 1, count: 300_000))
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1], [2]])
        #expect(reading.outcome.status == .complete)
    }

    @Test("A packet may be longer than the window")
    func longPacket() {
        var file = CaptureBytes.pcapng()
        file.interface()
        let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
        file.enhanced(ticks: 1, [1])
        file.enhanced(ticks: 2, long)
        file.enhanced(ticks: 3, [3])
        #expect(Reading(file).packets.map(\.bytes) == [[1], long, [3]])
    }

    @Test("More packets than the window holds come through unharmed, at every alignment of its edge")
    func windowEdges() {
        var file = CaptureBytes.pcapng()
        file.interface()
        let packets = (0..<3_000).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: $0 % 700) }
        for (at, packet) in packets.enumerated() { file.enhanced(ticks: UInt64(at), packet) }
        #expect(Reading(file).packets.map(\.bytes) == packets)
    }

    @Test("Contradictions are damage, told with the packet and the place", arguments: Contradiction.allCases)
    func contradictions(_ contradiction: Contradiction) {
        var file = CaptureBytes.pcapng()
        file.interface()
        file.enhanced(ticks: 1, [1, 2, 3, 4])
        #expect(file.bytes.count == 84)
        let reason = contradiction.write(&file)
        file.enhanced(ticks: 2, [5])
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == (contradiction.isPassedOver ? [[1, 2, 3, 4], [5]] : [[1, 2, 3, 4]]))
        #expect(reading.outcome.status == .truncated)
        let sentence =
            contradiction.isPassedOver
            ? "a: damaged at byte 84: \(reason); this block was passed over"
            : "a: damaged in packet 2 at byte 84: \(reason)"
        #expect(reading.sentence == sentence)
        #expect(reading.outcome.error?.code == .damaged)
    }

    @Test("Packet blocks that contradict themselves are counted, also where something worse follows them")
    func severalContradictions() {
        var file = CaptureBytes.pcapng()
        file.interface()
        for ticks in 1...3 as ClosedRange<UInt64> {
            file.enhanced(interface: 7, ticks: ticks, [])
            file.enhanced(ticks: ticks, [UInt8(ticks)])
        }
        var reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1], [2], [3]])
        #expect(reading.packets.map(\.frame) == [1, 2, 3])
        let reason = "interface 7 is not described, only 1 are"
        #expect(reading.sentence == "a: damaged at byte 48: \(reason); this and 2 more were passed over")
        file.block(6, trailing: 40, Array(repeating: 0, count: 24))
        reading = Reading(file)
        #expect(reading.packets.count == 3)
        #expect(
            reading.sentence?.hasSuffix(
                "a block that begins with the length 36 and ends with 40; before it, 3 damaged blocks were passed over")
                == true)
    }

    enum Contradiction: CaseIterable {
        case oddLength, shortBlock, trailer, otherTrailer, overrun, interface, obsoleteInterface, simpleOverrun, magic
        case huge, option, shortPacketBlock

        /// Whether it lies in one packet, and the next block is where the lengths say.
        var isPassedOver: Bool {
            switch self {
            case .overrun, .interface, .obsoleteInterface, .simpleOverrun, .shortPacketBlock: true
            default: false
            }
        }

        /// Appends what is wrong to a file, and returns what is to be said of it.
        func write(_ file: inout CaptureBytes) -> String {
            switch self {
            case .oddLength:
                file.block(6, length: 37, Array(repeating: 0, count: 24))
                return "a block of 37 bytes; 12 is the least, and a multiple of 4"
            case .shortBlock:
                file.block(6, length: 8, [])
                return "a block of 8 bytes; 12 is the least, and a multiple of 4"
            case .trailer:
                file.block(6, trailing: 40, Array(repeating: 0, count: 24))
                return "a block that begins with the length 36 and ends with 40"
            case .otherTrailer:
                file.block(99, trailing: 12, Array(repeating: 0, count: 24))
                return "a block that begins with the length 36 and ends with 12"
            case .overrun:
                file.enhanced(ticks: 1, [1, 2, 3, 4], captured: 5)
                return "a packet of 5 bytes in a block of 36"
            case .interface:
                file.enhanced(interface: 1, ticks: 1, [])
                return "interface 1 is not described, only 1 are"
            case .obsoleteInterface:
                file.obsolete(interface: 65_535, ticks: 1, [])
                return "interface 65535 is not described, only 1 are"
            case .simpleOverrun:
                file.simple([1, 2, 3, 4], original: 5)
                return "a packet of 5 bytes in a block of 20"
            case .magic:
                file.block(0x0a0d_0d0a, Array(repeating: 0, count: 16))
                return "a section header block without the byte-order magic"
            case .huge:
                file.block(6, length: 0xffff_fffc, Array(repeating: 0, count: 24))
                return "an enhanced packet block of 4294967292 bytes, more than the 16777216 read here"
            case .option:
                file.block(1, [1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 200, 0])
                return "an option that runs beyond its block"
            case .shortPacketBlock:
                file.block(6, Array(repeating: 0, count: 16))
                return "an enhanced packet block of 28 bytes, which needs 32"
            }
        }
    }

    @Test("A version to come is said to be unknown")
    func version() {
        var file = CaptureBytes()
        file.section(littleEndian: true, major: 2)
        let reading = Reading(file)
        #expect(reading.outcome.status == .unreadable)
        #expect(reading.sentence == "a: pcapng version 2.0 is not known here, only 1")
    }

    @Test("A forged list of interfaces is bounded")
    func interfaces() {
        var file = CaptureBytes.pcapng()
        for _ in 0..<65_537 { file.interface() }
        #expect(
            Reading(file).sentence
                == "a: damaged in packet 1 at byte 1310748: more than 65536 interfaces in one section")
    }

    @Test("A forged list of link types is bounded")
    func linkTypes() {
        var file = CaptureBytes.pcapng()
        for number in 300..<500 as Range<UInt32> {
            file.interface(linkType: UInt16(number))
            file.enhanced(interface: number - 300, ticks: 1, [])
        }
        let facts = Reading(file).outcome.facts
        #expect(facts?.packets == 200)
        #expect(facts?.linkTypes.count == CaptureFacts.mostLinkTypes)
    }
}
