import Audits
import CaptureForge
import CaptureInput
import CaptureModel
import Reports
import TestBench

/// A live audit of forged packets: no device, and no clock but theirs.
struct LiveRun {
    /// The records of its event stream.
    var records: [JSON]
    /// The lines of its report, where one was written.
    var report: [Substring]
    var result: AuditResult

    /// Watches `frames`; no packet comes for so many nanoseconds `after` the last one.
    init(
        _ frames: [Frame], _ settings: WatchSettings = WatchSettings(), named name: String = "if0", after: Int64 = 0,
        counters: DeviceCounters = DeviceCounters(), reports: Bool = false
    ) throws {
        let (stream, report) = (ScratchFile(".jsonl"), ScratchFile(".jsonl"))
        var audit = LiveAudit(
            of: name, snaplen: 65_535, settings,
            WatchOutput(
                report: reports ? try .file(report.path) : nil, as: .jsonLines, stream: try .file(stream.path),
                as: .jsonLines))
        var facts = CaptureFacts(format: .live, linkTypes: [.ethernet])
        for (index, frame) in frames.enumerated() {
            let record = PacketRecord(
                time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
                originalLength: frame.originalLength)
            facts.count(record)
            audit.pass(until: frame.time)
            audit.take(record, frame.octets.span)
        }
        if let last = frames.last, after > 0 {
            audit.pass(until: Timestamp(nanoseconds: last.time.nanoseconds + after))
        }
        result = audit.finish(CaptureOutcome(path: name, facts: facts), counters)
        if let failure = audit.failure { throw failure }
        records = try String(decoding: FileOctets.read(stream.path), as: UTF8.self).split(separator: "\n")
            .map { try JSON.parse(String($0)) }
        self.report =
            reports ? String(decoding: try FileOctets.read(report.path), as: UTF8.self).split(separator: "\n") : []
    }

    /// The kinds of its records, in order; an event's own name for an event.
    var kinds: [String] {
        records.compactMap { $0["record"] == .string("event") ? $0["event"]?.string : $0["record"]?.string }
    }

    /// Its events of one kind.
    func events(_ kind: String) -> [JSON] {
        records.filter { $0["record"] == .string("event") && $0["event"] == .string(kind) }
    }
}
