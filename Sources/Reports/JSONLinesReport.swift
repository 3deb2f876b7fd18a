/// A report as JSON Lines: one record a line, each with its kind first; a finding follows its exchange.
struct JSONLinesReport: ReportBody {
    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}

    func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.json(row, lines: true)
        sink.pending.append(UInt8(ascii: "\n"))
        for finding in row.findings {
            try self.finding(FindingRow(finding: finding, exchange: row.exchange, names: row.names), &sink)
        }
    }

    func event(_ event: LiveEvent, _ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.json(event, names[0])
        sink.pending.append(UInt8(ascii: "\n"))
    }

    func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.json(row, lines: true)
        sink.pending.append(UInt8(ascii: "\n"))
    }

    func capture(_ record: CaptureRecord, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.json(record, lines: true)
        sink.pending.append(UInt8(ascii: "\n"))
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.json(summary, lines: true)
        sink.pending.append(UInt8(ascii: "\n"))
    }
}
