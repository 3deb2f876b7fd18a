import CaptureInput
import CaptureModel
import Foundation
import Testing

@Suite("Compressed captures from pipes, and of any size")
struct ContainerStreamTests {
    @Test(
        "A pipe is unpacked as it comes: a packet that has arrived does not wait for the next",
        .timeLimit(.minutes(2)), arguments: Packing.allCases)
    func pipe(packing: Packing) {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(unsafe mkfifo(path, 0o600) == 0)
        var frames: [[UInt8]] = []
        // One packet in each, and then more than any buffer holds.
        let counts = [1, 1, 1, 1_000, 1, 1_000]
        for (at, count) in counts.enumerated() {
            var file = CaptureBytes.pcap()
            for _ in 0..<count { file.record(seconds: UInt32(at), tcpFrame(port: 80, payload: 1_000)) }
            frames.append(packing.pack(at == 0 ? file.bytes : Array(file.bytes[24...])))
        }
        // What stands behind the data and is no data: it comes only when all packets have been given.
        let check = [.gzip: 8, .zstd: 4, .lz4: 8, .xz: 12][packing] ?? 0
        let turn = DispatchSemaphore(value: 0)
        let isTaken = DispatchSemaphore(value: 0)
        let sent = frames
        Thread {
            guard let pipe = FileHandle(forWritingAtPath: path) else { return }
            for frame in sent {
                for at in frame.indices.dropLast(check) { pipe.write(Data(frame[at...at])) }
                turn.wait()
                pipe.write(Data(frame.suffix(check)))
            }
            isTaken.signal()
        }.start()
        var series = CaptureSeries(paths: [path])
        var given = counts.map { _ in 0 }
        series.forEachPacket { record, _ in
            let member = Int(record.time.nanoseconds / 1_000_000_000)
            given[member] += 1
            if given[member] == counts[member] { turn.signal() }  // only now does more come
            return true
        }
        isTaken.wait()
        #expect(given == counts)
        #expect(series.outcomes[0].status == .complete)
    }

    @Test("A bomb of 200 MB of zeros costs no memory", arguments: Packing.allCases)
    func bomb(packing: Packing) async {
        await #expect(processExitsWith: .success) { [name = packing.rawValue as String] in
            let packing = try #require(Packing(rawValue: name))
            let part = 8 << 20
            var file = CaptureBytes.pcapng()
            file.interface()
            file.number(UInt32(77))
            file.number(UInt32(25 * part + 12))
            let zeros = packing.pack([UInt8](repeating: 0, count: part))
            var packed = packing.pack(file.bytes)
            for _ in 0..<25 { packed += zeros }
            var end = CaptureBytes()
            end.number(UInt32(25 * part + 12))
            end.enhanced(ticks: 5, [1, 2, 3])
            packed += packing.pack(end.bytes)
            #expect(packed.count < 2 << 20)
            let reading = Reading(CaptureBytes(bytes: packed))
            #expect(reading.outcome.status == .complete)
            #expect(reading.packets.map(\.bytes) == [[1, 2, 3]])
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let peak = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            let kibibytes = try #require(Int(peak.split { !$0.isNumber }.joined()))
            #expect(kibibytes < 100 << 10, "\(peak)")
        }
    }
}
