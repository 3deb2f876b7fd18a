/// The tool as reports name it.
package enum Tool {
    package static let name = "interlude"
    package static let version = "0.1.0"
}

/// A report as one JSON document, one record a line.
///
/// It streams: exchanges are written as they come, findings and captures wait in spools, and the summary, which is known
/// only at the end, comes last. The order of an object's keys means nothing (RFC 8259 section 4), so a reader sees the
/// same document in whatever order it is written.
struct JSONReport: ReportBody {
    private let findings = RecordSpool()
    private let captures = RecordSpool()
    private var hasExchange = false

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("{\"schema\":\"interlude.report/1\",\n\"tool\":{\"name\":")
        sink.pending.jsonText(Tool.name)
        sink.pending.literal(",\"version\":")
        sink.pending.jsonText(Tool.version)
        sink.pending.literal("},\n\"exchanges\":[")
    }

    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        addExchange(&sink) { $0.json(row, lines: false) }
        for finding in row.findings {
            try self.finding(FindingRow(finding: finding, exchange: row.exchange, names: row.names), &sink)
        }
    }

    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        try addFinding { $0.json(row, lines: false) }
    }

    func capture(_ record: CaptureRecord, _ sink: inout ByteSink) throws(ReportError) {
        try addCapture { $0.json(record, lines: false) }
    }

    /// Adds an exchange, whatever writes it.
    mutating func addExchange(_ sink: inout ByteSink, _ write: (inout OctetBuffer) -> Void) {
        if hasExchange { sink.pending.append(UInt8(ascii: ",")) }
        hasExchange = true
        sink.pending.append(UInt8(ascii: "\n"))
        write(&sink.pending)
    }

    /// Adds a finding, whatever writes it.
    func addFinding(_ write: (inout OctetBuffer) -> Void) throws(ReportError) {
        try Self.add(write, to: findings)
    }

    /// Adds a capture, whatever writes it.
    func addCapture(_ write: (inout OctetBuffer) -> Void) throws(ReportError) {
        try Self.add(write, to: captures)
    }

    private static func add(_ write: (inout OctetBuffer) -> Void, to spool: RecordSpool) throws(ReportError) {
        try spool.add { octets, isFirst in
            if !isFirst { octets.append(UInt8(ascii: ",")) }
            octets.append(UInt8(ascii: "\n"))
            write(&octets)
        }
    }

    mutating func finish(_ records: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("\n],\n\"findings\":[")
        try findings.copy(to: &sink)
        sink.pending.literal("\n],\n\"captures\":[")
        try captures.copy(to: &sink)
        sink.pending.literal("\n],\n\"summary\":")
        sink.pending.json(summary, lines: false)
        sink.pending.literal("}\n")
    }
}
