import CaptureForge
import CaptureInput
import CaptureModel
import Testing

@Suite("Compressed captures")
struct ContainerTests {
    static let written = frames(400)
    static let pcap = PcapWriter().octets(written)
    static let pcapng = PcapngWriter.octets(written, bigEndian: true)

    @Test("Each container is read like what is in it", arguments: Packing.allCases, [pcap, pcapng])
    func plain(packing: Packing, octets: [UInt8]) throws {
        let reading = try Reading(packing.pack(octets))
        #expect(reading.frames == Self.written)
        #expect(reading.error == nil)
        #expect(reading.facts?.format == (octets == Self.pcap ? .pcap : .pcapng))
    }

    @Test("Members one after another are one capture, empty ones and padding too", arguments: Packing.allCases)
    func members(packing: Packing) throws {
        let pieces = stride(from: 0, to: Self.pcap.count, by: 1_000).map { Self.pcap[$0...].prefix(1_000) }
        let packed = pieces.flatMap { packing.pack(Array($0)) + packing.pack([]) } + [UInt8](repeating: 0, count: 64)
        let reading = try Reading(packed)
        #expect(reading.frames == Self.written)
        #expect(reading.error == nil)
    }

    @Test("Frames without data, with which parallel writers begin, are passed over", arguments: [Packing.zstd, .lz4])
    func skippable(packing: Packing) throws {
        let frame: [UInt8] = [0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        let half = Self.pcap.count / 2
        let (first, second) = (Array(Self.pcap.prefix(half)), Array(Self.pcap.dropFirst(half)))
        let packed = frame + frame + packing.pack(first) + frame + packing.pack(second) + frame
        let reading = try Reading(packed)
        #expect(reading.frames == Self.written)
        #expect(reading.error == nil)
        #expect(try Reading(frame).error?.code == .notACapture)
    }

    @Test("Cut anywhere, what was unpacked before is read, and the cut is told", arguments: Packing.allCases)
    func cut(packing: Packing) throws {
        let scratch = TemporaryFolder()
        let packed = packing.pack(Array(Self.pcap.prefix(600))) + packing.pack(Array(Self.pcap.dropFirst(600)))
        // Every octet of the first member and of the seam, and some of the rest.
        let seam = packing.pack(Array(Self.pcap.prefix(600))).count
        var most = 0
        for length in Array(1...seam + 40) + Array(stride(from: seam + 41, to: packed.count, by: 97)) {
            let reading = try Reading([scratch.file(Array(packed.prefix(length)))])
            #expect(reading.frames == Array(Self.written.prefix(reading.frames.count)), "cut at \(length)")
            #expect(reading.frames.count >= most, "cut at \(length)")
            most = reading.frames.count
            let error = try #require(reading.error, "cut at \(length)")
            if length >= 6 { #expect(error.code == .truncated, "cut at \(length): \(error)") }
        }
        #expect(most > 200 || packing == .lz4 || packing == .zstd)  // those two give out whole blocks
        // Inside the second member's data, all of the first has been read.
        #expect(most >= 13)
        let whole = try Reading([scratch.file(packed)])
        #expect(whole.error == nil && whole.frames == Self.written)
    }

    @Test("The sentence of a cut names the container and where the reading stopped")
    func sentence() throws {
        let packed = Packing.gzip.pack(Self.pcap)
        let scratch = TemporaryFolder()
        let path = try scratch.file(packed.dropLast(5), "a.gz")
        let error = try #require(Reading([path]).error)
        let reason = "the gzip data end too early; the file was not copied or written to its end"
        #expect(error.sentence == "\(path): cut in packet 401 at byte \(Self.pcap.count): \(reason)")
    }

    @Test("What stands behind the end and is no member is told, after all was read", arguments: Packing.allCases)
    func garbage(packing: Packing) throws {
        let reading = try Reading(packing.pack(Self.pcapng) + Array("garbage".utf8))
        #expect(reading.frames == Self.written)
        #expect(reading.error?.code == .damaged)
        #expect(reading.error?.reason == "behind the end of the \(packing.rawValue) data stand octets that are none")
    }

    @Test("Nothing, packed, is as empty as nothing", arguments: Packing.allCases)
    func empty(packing: Packing) throws {
        #expect(try Reading(packing.pack([])).error?.code == .empty)
    }

    @Test("Twice packed is refused, with what to do", arguments: Packing.allCases, Packing.allCases)
    func nested(outer: Packing, inner: Packing) throws {
        let error = try #require(try Reading(outer.pack(inner.pack(Self.pcap))).error)
        #expect(error.code == .notACapture)
        #expect(error.reason == "is compressed more than once; unpack it once first (\(outer.rawValue) -d)")
    }

    @Test("A packed text is no capture", arguments: Packing.allCases)
    func text(packing: Packing) throws {
        let error = try #require(try Reading(packing.pack(Array("hello".utf8))).error)
        #expect(error.code == .notACapture)
        #expect(error.reason.hasSuffix("what is in it is neither pcap nor pcapng: it begins with \"hello\""))
    }

    @Test("A member of vast length is passed through in bounded memory", arguments: Packing.allCases)
    func bomb(packing: Packing) throws {
        // 64 MiB of one block that nobody knows, in a few kilobytes; then a packet.
        var writer = PcapngWriter()
        let header = writer.octets
        writer.block(99) { body, _ in body += [UInt8](repeating: 0, count: 64 << 20) }
        writer.interface(linkType: .ethernet)
        writer.enhanced(Self.written[0])
        let packed = packing.pack(writer.octets)
        #expect(packed.count < (writer.octets.count - header.count) / 200)
        let reading = try Reading(packed)
        #expect(reading.packets.count == 1 && reading.error == nil)
    }

    @Test("A window beyond the bound is refused before any memory is taken for it")
    func window() throws {
        // A frame header that asks for a window of 2^31 octets (RFC 8878 section 3.1.1.1.2), and an empty last block.
        let error = try #require(try Reading([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00]).error)
        #expect(error.reason == "unpacking takes more than 128 MiB of memory; unpack it first (zstd -d)")
    }

    @Test("Damaged containers end in an outcome: no trap, no hang", arguments: Packing.allCases, 0..<4)
    func damage(packing: Packing, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scratch = TemporaryFolder()
        let packed = packing.pack(Array(Self.pcapng.prefix(900))) + packing.pack(Array(Self.pcapng.dropFirst(900)))
        for round in 0..<150 {
            var octets = packed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                octets[Int.random(in: 0..<octets.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            let outcome = try #require(try Reading([scratch.file(octets)]).outcomes.first)
            #expect(outcome.facts != nil || outcome.error != nil, "seed \(seed), round \(round)")
        }
    }

    @Test("A series of compressed files is one capture")
    func series() throws {
        let scratch = TemporaryFolder()
        let paths = try (0..<80).map { number in
            let piece = Array(Self.written[(79 - number) * 5..<(80 - number) * 5])
            return try scratch.file(Packing.allCases[number % 4].pack(PcapWriter().octets(piece)), "\(number)")
        }
        let reading = Reading(paths)
        #expect(reading.frames == Self.written)
        #expect(reading.outcomes.allSatisfy { $0.error == nil })
    }
}
