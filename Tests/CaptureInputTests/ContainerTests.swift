import CaptureForge
import CaptureInput
import CaptureModel
import Testing

@Suite("Compressed captures")
struct ContainerTests {
    static let frames: [Frame] = (0..<400).map { number in
        let octets = [UInt8](repeating: UInt8(number & 255), count: 20 + number % 7)
        return Frame(time: Timestamp(nanoseconds: Int64(number) * 1_000_001), octets: octets)
    }
    static let pcap = PcapWriter().octets(frames)
    static let pcapng = PcapngWriter.octets(frames, bigEndian: true)

    private func read(_ octets: [UInt8]) -> Reading { Reading(CaptureBytes(bytes: octets)) }

    private func isWhole(_ reading: Reading) -> Bool {
        reading.packets.map(\.bytes) == Self.frames.map(\.octets)
            && reading.times == Self.frames.map(\.time.nanoseconds)
            && reading.outcome.error == nil
    }

    @Test("Each container is read like what is in it", arguments: Packing.allCases, [pcap, pcapng])
    func plain(packing: Packing, octets: [UInt8]) throws {
        let reading = read(packing.pack(octets))
        #expect(isWhole(reading))
        #expect(reading.outcome.facts?.format == (octets == Self.pcap ? .pcap : .pcapng))
    }

    static let fixtures = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Fixtures"

    @Test(
        "What the command-line tools pack is read like the capture itself",
        arguments: FileOctets.names(in: fixtures + "/compressed").filter { $0.hasPrefix("by-") })
    func tools(name: String) throws {
        let plain = Reading([Self.fixtures + "/compressed/plain.pcap"])
        let packed = Reading(["\(Self.fixtures)/compressed/\(name)"])
        #expect(packed.packets == plain.packets && !plain.packets.isEmpty)
        #expect(packed.outcome.error == nil)
    }

    @Test("Members one after another are one capture, empty ones and padding too", arguments: Packing.allCases)
    func members(packing: Packing) throws {
        let pieces = stride(from: 0, to: Self.pcap.count, by: 1_000).map { Self.pcap[$0...].prefix(1_000) }
        let packed = pieces.flatMap { packing.pack(Array($0)) + packing.pack([]) } + [UInt8](repeating: 0, count: 64)
        let reading = read(packed)
        #expect(isWhole(reading))
    }

    @Test("Frames without data, with which parallel writers begin, are passed over", arguments: [Packing.zstd, .lz4])
    func skippable(packing: Packing) throws {
        let frame: [UInt8] = [0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        let half = Self.pcap.count / 2
        let (first, second) = (Array(Self.pcap.prefix(half)), Array(Self.pcap.dropFirst(half)))
        let packed = frame + frame + packing.pack(first) + frame + packing.pack(second) + frame
        let reading = read(packed)
        #expect(isWhole(reading))
        #expect(read(frame).outcome.error?.code == .notACapture)
    }

    @Test("Cut anywhere, what was unpacked before is read, and the cut is told", arguments: Packing.allCases)
    func cut(packing: Packing) throws {
        let folder = TemporaryFolder()
        let packed = packing.pack(Array(Self.pcap.prefix(600))) + packing.pack(Array(Self.pcap.dropFirst(600)))
        // Every octet of the first member and of the seam, and some of the rest.
        let seam = packing.pack(Array(Self.pcap.prefix(600))).count
        var most = 0
        for length in Array(1...seam + 40) + Array(stride(from: seam + 41, to: packed.count, by: 97)) {
            let reading = Reading([folder.write(Array(packed.prefix(length)))])
            #expect(
                reading.packets.map(\.bytes) == Self.frames.prefix(reading.packets.count).map(\.octets),
                "cut at \(length)")
            #expect(reading.packets.count >= most, "cut at \(length)")
            most = reading.packets.count
            let error = try #require(reading.outcome.error, "cut at \(length)")
            if length >= 6 { #expect(error.code == .truncated, "cut at \(length): \(error)") }
        }
        // Inside the second member's data, all of the first has been read: 14 packets and a bit.
        #expect(most >= 14)
        #expect(isWhole(read(packed)))
    }

    @Test("The sentence of a cut names the container and where the reading stopped")
    func sentence() throws {
        let packed = Packing.gzip.pack(Self.pcap)
        let folder = TemporaryFolder()
        let path = folder.write(Array(packed.dropLast(5)), as: "a.gz")
        let error = try #require(Reading([path]).outcome.error)
        let reason =
            "the gzip data end too early, at byte \(packed.count - 5) of the file, which was not copied or written to its end"
        #expect(error.sentence == "\(path): cut in packet 401 at byte \(Self.pcap.count): \(reason)")
    }

    @Test("What stands behind the end and is no member is told, after all was read", arguments: Packing.allCases)
    func garbage(packing: Packing) throws {
        let packed = packing.pack(Self.pcapng)
        let reading = read(packed + Array("garbage".utf8))
        #expect(reading.packets.count == Self.frames.count)
        #expect(reading.outcome.error?.code == .damaged)
        #expect(
            reading.outcome.error?.reason
                == "behind the end of the \(packing.rawValue) data, at byte \(packed.count) of the file, "
                + "stand octets that are none")
    }

    @Test("Nothing, packed, is as empty as nothing", arguments: Packing.allCases)
    func empty(packing: Packing) throws {
        #expect(read(packing.pack([])).outcome.error?.code == .empty)
    }

    @Test("Twice packed is refused, with what to do", arguments: Packing.allCases, Packing.allCases)
    func nested(outer: Packing, inner: Packing) throws {
        let error = try #require(read(outer.pack(inner.pack(Self.pcap))).outcome.error)
        #expect(error.code == .notACapture)
        #expect(error.reason == "is compressed more than once; unpack it once first (\(outer.rawValue) -d)")
    }

    @Test("A packed text is no capture", arguments: Packing.allCases)
    func text(packing: Packing) throws {
        let error = try #require(read(packing.pack(Array("hello".utf8))).outcome.error)
        #expect(error.code == .notACapture)
        #expect(error.reason.hasSuffix("what is in it is neither pcap nor pcapng: it begins with \"hello\""))
    }

    @Test("A member of vast length is passed through in bounded memory", arguments: Packing.allCases)
    func bomb(packing: Packing) throws {
        // One long block that nobody knows, in a few kilobytes; then a packet.
        var file = CaptureBytes.pcapng()
        file.block(99, [UInt8](repeating: 0, count: 24 << 20))
        file.interface()
        file.enhanced(ticks: 5, [1])
        let packed = packing.pack(file.bytes)
        #expect(packed.count < file.bytes.count / 200)
        let reading = read(packed)
        #expect(reading.packets.count == 1 && reading.outcome.error == nil)
    }

    @Test("A window beyond the bound is refused before any memory is taken for it")
    func window() throws {
        // A frame header that asks for a window of 2^31 octets (RFC 8878 section 3.1.1.1.2), and an empty last block.
        let error = try #require(read([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00]).outcome.error)
        #expect(error.reason == "unpacking takes more than 128 MiB of memory; unpack it first (zstd -d)")
        // A stream header, and a block header with LZMA2 and a dictionary of 1 GiB.
        var xz: [UInt8] = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0xff, 0x12, 0xd9, 0x41]
        xz += [2, 0, 0x21, 1, 36, 0, 0, 0, 0x5e, 0x1f, 0xc7, 0xf9]
        #expect(
            read(xz).outcome.error?.reason
                == "unpacking takes more than 128 MiB of memory; unpack it first (xz -d)")
        // A frame header with the number of a dictionary.
        let dictionary: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x00, 0x07, 0x01, 0x00, 0x00]
        #expect(
            read(dictionary).outcome.error?.reason
                == "the zstd data need a dictionary; unpack it first (zstd -d)")
    }

    @Test("Damaged containers end in an outcome: no trap, no hang", arguments: Packing.allCases, 0..<4)
    func damage(packing: Packing, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = TemporaryFolder()
        let packed = packing.pack(Array(Self.pcapng.prefix(900))) + packing.pack(Array(Self.pcapng.dropFirst(900)))
        for round in 0..<60 {
            var octets = packed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                octets[Int.random(in: 0..<octets.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            let outcome = Reading([folder.write(octets)]).outcome
            #expect(outcome.facts != nil || outcome.error != nil, "seed \(seed), round \(round)")
        }
    }

    @Test("A series of compressed files is one capture")
    func series() throws {
        let folder = TemporaryFolder()
        let paths = (0..<80).map { number in
            let piece = Array(Self.frames[(79 - number) * 5..<(80 - number) * 5])
            return folder.write(Packing.allCases[number % 4].pack(PcapWriter().octets(piece)), as: "\(number)")
        }
        let reading = Reading(paths)
        #expect(reading.packets.map(\.bytes) == Self.frames.map(\.octets))
        #expect(reading.outcomes.allSatisfy { $0.error == nil })
    }
}
