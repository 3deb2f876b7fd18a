import CaptureInput
import CaptureModel
import Testing

@Suite("Classic pcap files")
struct SavefileTests {
    @Test("Both byte orders and both time resolutions are read", arguments: [true, false], [1_000, 1])
    func orders(littleEndian: Bool, tick: UInt32) {
        let magic: UInt32 = tick == 1 ? 0xa1b2_3c4d : 0xa1b2_c3d4
        var file = CaptureBytes.pcap(magic: magic, littleEndian: littleEndian)
        file.record(seconds: 1_700_000_000, fraction: 123_456, [1, 2, 3])
        file.record(seconds: 1_700_000_001, fraction: 5, [4], original: 60)
        let reading = Reading(file)
        #expect(
            reading.packets == [
                .init(
                    time: 1_700_000_000_000_000_000 + 123_456 * Int64(tick), frame: 1, capture: 0, linkType: 1,
                    original: 3, bytes: [1, 2, 3]),
                .init(
                    time: 1_700_000_001_000_000_000 + 5 * Int64(tick), frame: 2, capture: 0, linkType: 1, original: 60,
                    bytes: [4]),
            ])
        #expect(reading.outcome.status == .complete)
        #expect(reading.outcome.facts?.format == .pcap)
        #expect(reading.outcome.facts?.bytes == 63)
    }

    @Test("A \"modified\" file has eight more octets in a record's header")
    func modified() {
        var file = CaptureBytes.pcap(magic: 0xa1b2_cd34)
        file.record(seconds: 1, [1, 2, 3], extra: [0, 0, 0, 0, 8, 0, 0, 0])
        file.record(seconds: 2, [4, 5], extra: [0, 0, 0, 0, 8, 0, 0, 0])
        file.bytes.removeLast()
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1, 2, 3]])
        #expect(reading.outcome.error?.offset == 24 + 24 + 3)
    }

    @Test("Seconds are unsigned: a time beyond 2038 is one")
    func unsignedSeconds() {
        var file = CaptureBytes.pcap()
        file.record(seconds: 0xffff_ffff, fraction: 999_999, [1])
        #expect(Reading(file).times == [4_294_967_295_999_999_000])
    }

    @Test("A packet is not cut where the file header's snaplen lies")
    func lyingSnaplen() {
        var file = CaptureBytes.pcap(snaplen: 4)
        file.record(seconds: 1, Array(0..<100))
        file.record(seconds: 2, [7])
        let reading = Reading(file)
        #expect(reading.packets.map(\.bytes) == [Array(0..<100), [7]])
    }

    @Test(
        "Numbers of link types that only old systems wrote become the registry's, and upper bits are not theirs",
        arguments: [
            (1, 1, "EN10MB"), (12, 101, "RAW"), (14, 101, "RAW"), (101, 101, "RAW"), (276, 276, "LINUX_SLL2"),
            (0x1400_0001, 1, "EN10MB"), (147, 147, "LINKTYPE_147"), (228, 228, "IPV4"), (100, 100, "ATM_RFC1483"),
        ] as [(UInt32, UInt16, String)])
    func linkTypes(inFile: UInt32, registered: UInt16, name: String) {
        var file = CaptureBytes.pcap(linkType: inFile)
        file.record(seconds: 1, [1])
        let reading = Reading(file)
        #expect(reading.packets.map(\.linkType) == [registered])
        #expect(reading.outcome.facts?.linkTypes.map(\.name) == [name])
    }

    @Test("A file without packets is complete, has a link type and no times")
    func noPackets() {
        let reading = Reading(.pcap())
        #expect(reading.outcome.status == .complete)
        #expect(reading.outcome.facts?.packets == 0)
        #expect(reading.outcome.facts?.first == nil)
        #expect(reading.outcome.facts?.linkTypes == [.ethernet])
    }

    @Test("The times of a file are the earliest and the latest, whatever the order")
    func extremes() {
        var file = CaptureBytes.pcap()
        for seconds in [5, 3, 9, 4] as [UInt32] { file.record(seconds: seconds, [1]) }
        let facts = Reading(file).outcome.facts
        #expect(facts?.first == Timestamp(seconds: 3, nanoseconds: 0))
        #expect(facts?.last == Timestamp(seconds: 9, nanoseconds: 0))
    }

    @Test("A length beyond any packet is damage, told with the packet and the place")
    func damagedLength() {
        var file = CaptureBytes.pcap()
        file.record(seconds: 1, [1, 2])
        let place = file.bytes.count
        file.record(seconds: 2, [3, 4])
        file.bytes.replaceSubrange(place + 8..<place + 12, with: [0xff, 0xff, 0xff, 0x7f])
        let reading = Reading(file)
        #expect(reading.packets.count == 1)
        #expect(reading.outcome.status == .truncated)
        #expect(
            reading.sentence
                == "a: damaged in packet 2 at byte 42: a packet of 2147483647 bytes, more than the 262144 that one may have"
        )
    }

    @Test(
        "A packet may be as long as libpcap allows, for its kind of frames", arguments: [(1, 262_144), (249, 300_000)])
    func longest(linkType: UInt32, length: Int) {
        for version in [(2, 4), (2, 3)] as [(UInt16, UInt16)] {
            var file = CaptureBytes.pcap(version: version, linkType: linkType)
            file.record(seconds: 1, Array(repeating: 7, count: length))
            file.record(seconds: 2, [8])
            let reading = Reading(file)
            #expect(reading.packets.map(\.bytes.count) == [length, 1])
            #expect(reading.outcome.status == .complete)
        }
        var file = CaptureBytes.pcap(linkType: 1)
        file.record(seconds: 1, Array(repeating: 7, count: 262_145))
        #expect(Reading(file).outcome.error?.code == .damaged)
    }

    @Test(
        "The packets are those that libpcap finds, which reads the version before",
        arguments: 1...40 as ClosedRange<UInt64>)
    func likeLibpcap(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let littleEndian = Bool.random(using: &random)
        let magic: UInt32 = Bool.random(using: &random) ? 0xa1b2_3c4d : 0xa1b2_c3d4
        var files = [(2, 4), (2, 3)].map { CaptureBytes.pcap(magic: magic, littleEndian: littleEndian, version: $0) }
        for _ in 0..<Int.random(in: 1...200, using: &random) {
            let length = Int.random(in: 0...(Bool.random(using: &random) ? 100 : 9_000), using: &random)
            let packet = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            let seconds = UInt32.random(in: 0 ... .max, using: &random)
            let fraction = UInt32.random(in: 0..<1_000_000, using: &random)
            let original = UInt32(length) + (Bool.random(using: &random) ? 0 : 3)
            for index in files.indices {
                files[index].record(seconds: seconds, fraction: fraction, packet, original: original)
            }
        }
        if Bool.random(using: &random) {
            let cut = Int.random(in: 1...40, using: &random)
            for index in files.indices { files[index].bytes.removeLast(min(cut, files[index].bytes.count - 24)) }
        }
        let readings = files.map { Reading($0) }
        #expect(readings[0].packets == readings[1].packets)
        #expect(readings[0].outcome.error?.code == readings[1].outcome.error?.code)
        #expect(readings[0].outcome.error?.offset == readings[1].outcome.error?.offset)
    }
}
