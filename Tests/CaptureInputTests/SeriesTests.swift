import CaptureInput
import CaptureModel
import Foundation
import Testing

@Suite("Several files as one capture")
struct SeriesTests {
    @Test("Packets come by time; of equal times those of the file given first; inside a file nothing moves")
    func merging() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = SplitMix(seed: seed)
            let folder = TemporaryFolder()
            var paths: [String] = []
            var clocks: [[UInt32]] = []
            for index in 0..<Int.random(in: 1...24, using: &random) {
                var clock = UInt32.random(in: 0..<40, using: &random)
                var times: [UInt32] = []
                for _ in 0..<Int.random(in: 0...12, using: &random) {
                    times.append(clock)
                    clock = clock &+ .random(in: 0...6, using: &random)
                    if clock > 3, Int.random(in: 0..<9, using: &random) == 0 { clock -= 3 }
                }
                clocks.append(times)
                let isPcapng = Bool.random(using: &random)
                var file = isPcapng ? CaptureBytes.pcapng() : .pcap()
                if isPcapng { file.interface(resolution: 0) }
                for time in times {
                    if isPcapng { file.enhanced(ticks: UInt64(time), [1]) } else { file.record(seconds: time, [1]) }
                }
                paths.append(folder.write(file.bytes, as: "\(index)"))
            }
            let reading = Reading(paths)
            let given = reading.packets.map { "\($0.capture):\($0.frame)@\($0.time / 1_000_000_000)" }
            #expect(given == Self.merged(clocks), "seed \(seed)")
            #expect(reading.outcomes.map(\.status) == paths.map { _ in .complete }, "seed \(seed)")
            #expect(reading.outcomes.map { $0.facts?.packets } == clocks.map { UInt64($0.count) }, "seed \(seed)")
        }
    }

    /// The order by the plainest means: again and again the earliest of the files' next packets.
    private static func merged(_ clocks: [[UInt32]]) -> [String] {
        var next = clocks.map { _ in 0 }
        var order: [String] = []
        while true {
            let due = clocks.indices.filter { next[$0] < clocks[$0].count }
                .min { (clocks[$0][next[$0]], $0) < (clocks[$1][next[$1]], $1) }
            guard let due else { return order }
            order.append("\(due):\(next[due] + 1)@\(clocks[due][next[due]])")
            next[due] += 1
        }
    }

    @Test("A rotated series of hundreds is one capture, whatever the order of its names, and leaves no file open")
    func rotated() {
        let folder = TemporaryFolder()
        let count = 300
        let paths = (0..<count).map { index in
            var file = CaptureBytes.pcap()
            for packet in 0..<3 { file.record(seconds: UInt32((count - index) * 10 + packet), [UInt8(packet)]) }
            return folder.write(file.bytes, as: "\(index)")
        }
        let reading = Reading(paths)
        #expect(Self.openFiles(in: folder) == 0)
        #expect(
            reading.packets.map(\.capture) == (0..<count).reversed().flatMap { Array(repeating: UInt32($0), count: 3) })
        #expect(reading.times == reading.times.sorted())
        #expect(reading.outcomes.map(\.path) == paths)
    }

    @Test("Waiting files are not held open")
    func descriptors() {
        let folder = TemporaryFolder()
        let paths = (0..<100).map { index in
            var file = CaptureBytes.pcapng()
            file.interface()
            file.enhanced(ticks: UInt64(index), [1])
            return folder.write(file.bytes, as: "\(index)")
        }
        var most = 0
        var series = CaptureSeries(paths: paths)
        series.forEachPacket { _, _ in
            most = max(most, Self.openFiles(in: folder))
            return true
        }
        #expect(most == 1)
    }

    @Test("What is wrong with one file stands in its outcome and stops no other")
    func wrongFiles() {
        let folder = TemporaryFolder()
        var good = CaptureBytes.pcap()
        good.record(seconds: 2, [1])
        good.record(seconds: 4, [2])
        var cut = CaptureBytes.pcap()
        cut.record(seconds: 1, [3])
        cut.record(seconds: 3, [4])
        cut.bytes.removeLast()
        let reading = Reading([
            folder.write([], as: "empty"), folder.write(cut.bytes, as: "cut"), "\(folder.path)/none",
            folder.write(good.bytes, as: "good"), folder.path,
        ])
        #expect(reading.packets.map(\.bytes) == [[3], [1], [2]])
        #expect(reading.packets.map(\.capture) == [1, 3, 3])
        #expect(reading.outcomes.map(\.error?.code) == [.empty, .truncated, .noSuchFile, nil, .isDirectory])
        #expect(reading.outcomes.map(\.status) == [.unreadable, .truncated, .unreadable, .complete, .unreadable])
        #expect(reading.outcomes.map { $0.facts?.packets } == [nil, 1, nil, 2, nil])
    }

    @Test("A reader that has enough stops, and goes on where it stopped")
    func stopping() {
        let folder = TemporaryFolder()
        var file = CaptureBytes.pcap()
        for seconds in 0..<5 as Range<UInt32> { file.record(seconds: seconds, [1]) }
        var series = CaptureSeries(paths: [folder.write(file.bytes)])
        var frames: [UInt64] = []
        series.forEachPacket { record, _ in
            frames.append(record.frame)
            return record.frame < 2
        }
        #expect(frames == [1, 2])
        #expect(series.outcomes[0].facts?.packets == 2)
        series.forEachPacket { record, _ in
            frames.append(record.frame)
            return true
        }
        #expect(frames == [1, 2, 3, 4, 5])
        series.forEachPacket { _, _ in
            Issue.record("a packet after the last")
            return true
        }
    }

    @Test("A pipe is read as it comes, in both formats", arguments: [true, false])
    func pipes(isPcapng: Bool) throws {
        let folder = TemporaryFolder()
        var file = isPcapng ? CaptureBytes.pcapng() : .pcap()
        if isPcapng { file.interface() }
        for at in 0..<2_000 as Range<UInt32> {
            let frame = tcpFrame(port: 80, payload: Int(at % 300))
            if isPcapng { file.enhanced(ticks: UInt64(at), frame) } else { file.record(seconds: at, frame) }
        }
        let plain = Reading([folder.write(file.bytes)])
        let path = "\(folder.path)/pipe"
        #expect(unsafe mkfifo(path, 0o600) == 0)
        let bytes = file.bytes
        let writer = Thread {
            guard let pipe = FileHandle(forWritingAtPath: path) else { return }
            for at in stride(from: 0, to: bytes.count, by: 997) {  // in crumbs, so that reads come short
                pipe.write(Data(bytes[at..<min(at + 997, bytes.count)]))
            }
        }
        writer.start()
        let piped = Reading([path])
        #expect(piped.packets == plain.packets)
        #expect(piped.outcome.status == .complete)
    }

    /// How many files of a folder this process has open now.
    private static func openFiles(in folder: TemporaryFolder) -> Int {
        let files = FileManager.default
        let descriptors = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return descriptors.count { descriptor in
            let path = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
            return path?.hasPrefix(folder.path) == true
        }
    }
}
