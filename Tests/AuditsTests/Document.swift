import Audits
import CaptureForge
import CaptureModel
import Reports
import TestBench
import Testing
import WireFormat

/// A report in JSON or JSON Lines, taken apart by its kinds of records.
struct Document {
    var captures: [JSON] = []
    var exchanges: [JSON] = []
    var findings: [JSON] = []
    var summary: JSON?

    /// Audits a file and reads the report that comes of it.
    init(of path: String, lines: Bool, _ settings: AuditSettings = AuditSettings()) throws {
        let output = ScratchFile(".out")
        _ = try audit([path], settings, as: lines ? .jsonLines : .json, to: .file(output.path))
        let text = String(decoding: try FileOctets.read(output.path), as: UTF8.self)
        guard lines else {
            let document = try JSON.parse(text)
            captures = document["captures"]?.items ?? []
            exchanges = document["exchanges"]?.items ?? []
            findings = document["findings"]?.items ?? []
            summary = document["summary"]
            return
        }
        for line in text.split(separator: "\n") {
            let record = try JSON.parse(String(line))
            switch record["record"]?.string {
            case "capture": captures.append(record)
            case "exchange": exchanges.append(record)
            case "finding": findings.append(record)
            case "summary": summary = record
            default: Issue.record("a record of an unknown kind: \(line)")
            }
        }
    }

    /// Numbers that must be the same where they are told twice; each with what it should be.
    func sums() -> [(what: String, told: Int?, counted: Int)] {
        var sums: [(what: String, told: Int?, counted: Int)] = [
            ("captures", summary?["captures"]?.integer, captures.count),
            ("exchanges", summary?["exchanges"]?.integer, exchanges.count),
            ("without final", summary?["without_final"]?.integer, exchanges.count { $0["final"] == .null }),
            (
                "connections", summary?["connections"]?.integer,
                Set(exchanges.compactMap { $0["connection"]?["id"]?.integer }).count
            ),
        ]
        let interims = exchanges.flatMap { $0["interim"]?.items ?? [] }.compactMap { $0["status"]?.integer }
        let finals = exchanges.compactMap { $0["final"]?["status"]?.integer }
        for status in [100, 102, 103, 104] {
            sums.append(("\(status)", summary?["interim"]?["\(status)"]?.integer, interims.count { $0 == status }))
        }
        sums.append(("101", summary?["interim"]?["101"]?.integer, finals.count { $0 == 101 }))
        sums.append(("other interims", summary?["interim"]?["other"]?.integer, interims.count { $0 > 104 }))
        for kind in 2...4 {
            let counted = finals.count { $0 / 100 == kind }
            sums.append(("\(kind)xx", summary?["final"]?["\(kind)xx"]?.integer, counted))
        }
        for severity in ["violation", "warning", "note"] {
            let counted = findings.count { $0["severity"]?.string == severity }
            sums.append((severity, summary?["findings"]?[severity]?.integer, counted))
        }
        let onExchanges = exchanges.map { $0["findings"]?.items.count ?? 0 }.reduce(0, +)
        sums.append(("findings of exchanges", onExchanges, findings.count { $0["exchange"] != .null }))
        return sums
    }

    /// Packets of the first capture that carried no TCP segment.
    var skipped: Int {
        guard case .object(let reasons)? = captures.first?["skipped"] else { return 0 }
        return reasons.filter { !["differing_overlap", "cut_payload"].contains($0.key) }.compactMap(\.value.integer)
            .reduce(0, +)
    }
}

/// Counts the segments in frames.
struct SegmentCounter: SegmentConsumer {
    private(set) var count = 0

    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        count += 1
    }

    /// The segments of a capture's frames.
    init(_ frames: [Frame]) {
        var dissector = Dissector()
        for (index, frame) in frames.enumerated() {
            let record = PacketRecord(
                time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
                originalLength: frame.originalLength)
            _ = dissector.dissect(record, frame.octets.span, into: &self)
        }
    }
}
