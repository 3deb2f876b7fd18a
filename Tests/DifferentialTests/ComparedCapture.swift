import Audits
import CaptureForge
import CaptureInput
import CaptureModel
import Reports
import TestBench

/// A capture that others read as well.
struct ComparedCapture: Sendable, CustomStringConvertible {
    /// As `known-differences.md` names it: below `Fixtures`, or `shared/…`.
    var name: String
    var path: String

    var description: String { name }

    /// Those of the repository, and those beside it where they are.
    static let all =
        captures("captures", in: "Fixtures") + captures("malformed", in: "Fixtures")
        + captures("shared", in: "..", folder: "shared/captures")

    private static func captures(_ prefix: String, in parent: String, folder: String? = nil) -> [ComparedCapture] {
        let folder = "\(Repository.root)/\(parent)/\(folder ?? prefix)"
        return FileOctets.names(in: folder).filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }
            .map { ComparedCapture(name: "\(prefix)/\($0)", path: "\(folder)/\($0)") }
    }

    /// Its packets as we read them.
    func packets() -> [Packet] {
        var packets: [Packet] = []
        var series = CaptureSeries(paths: [path])
        series.forEachPacket { record, octets in
            packets.append(Packet(time: record.time, length: record.originalLength, captured: octets.count))
            return true
        }
        return packets
    }

    /// Whether we read on where others stop: behind a damaged block, or frames of a type that nobody knows.
    func readsOn() -> Bool {
        var series = CaptureSeries(paths: [path])
        series.forEachPacket { _, _ in true }
        let outcome = series.outcomes[0]
        let isUnknown = outcome.facts?.linkTypes.contains { $0.rawValue == 9_999 } ?? false
        return isUnknown || outcome.error?.reason.hasSuffix("passed over") == true
    }

    /// How many messages of each kind we find in it, and the ports of the servers.
    func messages() throws -> (counts: MessageCounts, ports: Set<Substring>) {
        let output = ScratchFile(".json")
        _ = try audit([path], AuditSettings(), as: .json, to: .file(output.path))
        let report = try JSON.parse(String(decoding: FileOctets.read(output.path), as: UTF8.self))
        var counts = MessageCounts()
        var ports: Set<Substring> = []
        for exchange in report["exchanges"]?.items ?? [] {
            if exchange["request"] != .null { counts.add("requests") }
            for response in (exchange["interim"]?.items ?? []) + [exchange["final"] ?? .null] {
                if let status = response["status"]?.integer { counts.add("\(status)") }
            }
            if let port = exchange["connection"]?["server"]?.string?.split(separator: ":").last { ports.insert(port) }
        }
        return (counts, ports)
    }
}

/// What a capture says of a packet.
struct Packet: Equatable, Sendable {
    /// Seconds since the epoch, with nine decimals.
    var time: String
    var length: Int
    var captured: Int

    init(time: Timestamp, length: Int, captured: Int) {
        let (seconds, fraction) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        self.time = "\(seconds)." + String(String(fraction + 1_000_000_000).dropFirst())
        self.length = length
        self.captured = captured
    }

    /// A time with nine decimals, whose last zeros may have been left out.
    static func nanoseconds(_ time: Substring) -> String {
        let decimals = time.split(separator: ".").dropFirst().first?.count ?? 0
        return time + String(repeating: "0", count: max(0, 9 - decimals))
    }

    init?(time: Substring, length: Substring, captured: Substring) {
        guard let length = Int(length), let captured = Int(captured) else { return nil }
        (self.time, self.length, self.captured) = (Packet.nanoseconds(time), length, captured)
    }
}

/// Numbers of `requests`, and of responses by status.
struct MessageCounts: Equatable, Sendable {
    private var counts: [String: Int] = [:]

    mutating func add(_ what: String) { counts[what, default: 0] += 1 }

    /// Where they differ from those of somebody else.
    func differences(to others: MessageCounts, in capture: String) -> [Difference] {
        Set(counts.keys).union(others.counts.keys).sorted().compactMap { what in
            let (ours, theirs) = (counts[what] ?? 0, others.counts[what] ?? 0)
            return ours == theirs ? nil : Difference(capture: capture, what: what, ours: ours, theirs: theirs)
        }
    }
}
