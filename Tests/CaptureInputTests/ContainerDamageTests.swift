import CaptureInput
import Testing

@Suite("Compressed captures that are cut or have wrong bytes")
struct ContainerDamageTests {
    /// A capture of either format, large enough for many reads, that does not compress to nothing.
    static let captures: [CaptureBytes] = {
        var random = SplitMix(seed: 7)
        var pcap = CaptureBytes.pcap()
        var pcapng = CaptureBytes.pcapng()
        pcapng.interface()
        for at in 0..<600 as Range<UInt32> {
            let frame = tcpFrame(port: 80, payload: Int.random(in: 0...900, using: &random), tag: UInt8(at & 255))
            let packet = frame + (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
            pcap.record(seconds: at, packet)
            pcapng.enhanced(ticks: UInt64(at), packet)
        }
        return [pcap, pcapng]
    }()

    /// A capture of twelve packets, packed in frames of three, and where each frame ends, in it and packed.
    struct Framed {
        var plain: CaptureBytes
        var bytes: [UInt8] = []
        var ends: [(packed: Int, packets: Int)] = []

        init(_ packing: Packing, isPcapng: Bool) {
            plain = isPcapng ? .pcapng() : .pcap()
            if isPcapng { plain.interface() }
            var begin = 0
            for at in 0..<12 as Range<UInt32> {
                let packet = (0..<30).map { UInt8(truncatingIfNeeded: $0 * $0 &+ Int(at)) }
                if isPcapng { plain.enhanced(ticks: UInt64(at), packet) } else { plain.record(seconds: at, packet) }
                guard at % 3 == 2 else { continue }
                bytes += packing.pack(Array(plain.bytes[begin...]))
                begin = plain.bytes.count
                ends.append((bytes.count, Int(at) + 1))
            }
        }
    }

    @Test(
        "Cut anywhere, the file gives all packets of its whole frames and says that it is cut",
        arguments: Packing.allCases, [true, false])
    func everyCut(packing: Packing, isPcapng: Bool) {
        let folder = TemporaryFolder()
        let framed = Framed(packing, isPcapng: isPcapng)
        let whole = Reading(framed.plain)
        for length in 0..<framed.bytes.count {
            let reading = Reading([folder.write(Array(framed.bytes.prefix(length)))])
            let before = framed.ends.last { $0.packed <= length }
            #expect(reading.packets == Array(whole.packets.prefix(reading.packets.count)), "cut to \(length)")
            #expect(reading.packets.count >= before?.packets ?? 0, "cut to \(length)")
            if length == 0 {
                #expect(reading.outcome.error?.code == .empty)
            } else if length == before?.packed {
                #expect(reading.outcome.error == nil, "cut to \(length): \(reading.sentence ?? "")")
            } else if packing != .gzip || length > 1, length > 5 {  // enough to know it
                #expect(reading.outcome.error?.code == .truncated, "cut to \(length): \(reading.sentence ?? "")")
                #expect(
                    reading.outcome.error?.reason.hasSuffix(
                        "the \(packing) data end too early, at byte \(length) of the file, which was not copied or written to its end"
                    )
                        == true, "cut to \(length): \(reading.sentence ?? "")")
            } else {
                #expect(reading.outcome.error != nil)
            }
        }
    }

    @Test("A cut in the checksum at the end costs no packet", arguments: Packing.allCases, captures)
    func cutChecksum(packing: Packing, file: CaptureBytes) {
        let reading = Reading(CaptureBytes(bytes: packing.pack(file.bytes).dropLast()))
        #expect(reading.packets == Reading(file).packets)
        #expect(reading.outcome.status == .truncated)
        #expect(reading.outcome.error?.packet == UInt64(reading.packets.count) + 1)
        #expect(reading.outcome.error?.offset == UInt64(file.bytes.count))
    }

    @Test(
        "A wrong byte never passes for a whole capture: it is told, or it changed nothing", arguments: Packing.allCases)
    func wrongBytes(packing: Packing) {
        let folder = TemporaryFolder()
        for isPcapng in [true, false] {
            let framed = Framed(packing, isPcapng: isPcapng)
            let whole = Reading(framed.plain)
            for seed in 1...300 as ClosedRange<UInt64> {
                var random = SplitMix(seed: seed)
                var bytes = framed.bytes
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] ^= UInt8.random(in: 1...255, using: &random)
                let reading = Reading([folder.write(bytes)])
                #expect(reading.outcome.facts?.packets ?? 0 == UInt64(reading.packets.count), "seed \(seed)")
                if reading.outcome.error == nil { #expect(reading.packets == whole.packets, "seed \(seed)") }
                // Frames before the wrong byte have all been given.
                let before = framed.ends.last { $0.packed <= at }?.packets ?? 0
                #expect(reading.packets.prefix(before) == whole.packets.prefix(before), "seed \(seed)")
            }
        }
    }

    @Test("Any bytes behind a magic number are refused or read, without a trap", arguments: Packing.allCases)
    func noise(packing: Packing) {
        let folder = TemporaryFolder()
        let head = packing.pack([1])
        for seed in 1...500 as ClosedRange<UInt64> {
            var random = SplitMix(seed: seed)
            let noise = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let kept = Int.random(in: 6...head.count, using: &random)
            let reading = Reading([folder.write(Array(head.prefix(kept)) + noise)])
            #expect(reading.outcome.error != nil, "seed \(seed)")
        }
    }

    @Test("A wrong byte costs nothing of the blocks before it", arguments: [Packing.zstd, .lz4])
    func blocks(packing: Packing) {
        // Blocks of 128 KiB and of 64 KiB, so small when packed that many are read at once; the last one is damaged.
        var file = CaptureBytes.pcap()
        var random = SplitMix(seed: 3)
        for at in 0..<8_000 as Range<UInt32> {
            let tag = at % 8 == 0 ? UInt8.random(in: 0...255, using: &random) : 0
            file.record(seconds: at / 1_000, tcpFrame(port: 80, payload: 80, tag: tag))
        }
        var bytes = packing.pack(file.bytes)
        #expect(bytes.count < 64 << 10)
        bytes.removeLast(60)
        bytes += [UInt8](repeating: 0xff, count: 60)
        let reading = Reading(CaptureBytes(bytes: bytes))
        #expect(reading.outcome.error?.code == .damaged)
        let last = file.bytes.count % (packing == .zstd ? 128 << 10 : 64 << 10)
        #expect(reading.packets.count == file.ends.count { $0 <= file.bytes.count - last } - 1)
    }

    @Test("What is said of wrong bytes names the format, the place in the file, and the place in the capture")
    func sentences() {
        var bytes = Packing.gzip.pack(CutTests.pcap.bytes)
        bytes[bytes.count - 8] ^= 1
        #expect(
            Reading(CaptureBytes(bytes: bytes)).sentence
                == "a: damaged in packet 5 at byte \(CutTests.pcap.bytes.count): "
                + "the gzip data are damaged near byte \(bytes.count - 4) of the file: incorrect data check")
    }
}
