import CaptureInput
import CaptureModel
import Foundation

/// A folder that goes away with its files.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "interlude-\(UUID().uuidString)"

    init() {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    func write(_ bytes: [UInt8], as name: String = "capture") -> String {
        _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(bytes))
        return "\(path)/\(name)"
    }
}

/// All that a series gave.
struct Reading {
    struct Packet: Equatable {
        var time: Int64
        var frame: UInt64
        var capture: UInt32
        var linkType: UInt16
        var original: Int
        var bytes: [UInt8]
    }

    var packets: [Packet] = []
    var outcomes: [CaptureOutcome]

    init(_ paths: [String], filter: CaptureFilter? = nil) {
        var series = CaptureSeries(paths: paths, filter: filter)
        var packets: [Packet] = []
        series.forEachPacket { record, bytes in
            packets.append(
                Packet(
                    time: record.time.nanoseconds, frame: record.frame, capture: record.capture,
                    linkType: record.linkType.rawValue, original: record.originalLength,
                    bytes: (0..<bytes.count).map { bytes[$0] }))
            return true
        }
        self.packets = packets
        outcomes = series.outcomes
    }

    /// Reads one file with the bytes given.
    init(_ file: CaptureBytes, filter: CaptureFilter? = nil) {
        let folder = TemporaryFolder()
        self.init([folder.write(file.bytes)], filter: filter)
    }

    /// What came of the only file.
    var outcome: CaptureOutcome { outcomes[0] }
    var times: [Int64] { packets.map(\.time) }
    /// The only file's error, without the folder's name.
    var sentence: String? {
        outcome.error.map { error in
            var error = error
            error.file = "a"
            return error.sentence
        }
    }
}

/// An Ethernet frame with a TCP segment to `port` and `payload` octets of content.
func tcpFrame(port: UInt16, payload: Int = 0, tag: UInt8 = 0) -> [UInt8] {
    [UInt8](repeating: 2, count: 12) + [0x08, 0x00] + tcpPacket(port: port, payload: payload, tag: tag)
}

/// An IPv4 packet with a TCP segment to `port`.
func tcpPacket(port: UInt16, payload: Int = 0, tag: UInt8 = 0) -> [UInt8] {
    let length = UInt16(40 + payload)
    return [0x45, 0, UInt8(length >> 8), UInt8(length & 255), 0, tag, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        + [0x30, 0x39, UInt8(port >> 8), UInt8(port & 255), 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 1, 0, 0, 0, 0, 0]
        + [UInt8](repeating: tag, count: payload)
}
