import Exchanges

/// A report as one table of CSV (RFC 4180): a header line, lines end in CRLF.
struct CSVReport: ReportBody {
    private let table: ReportTable

    init(_ table: ReportTable) {
        self.table = table
    }

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {
        for (index, column) in table.columns.enumerated() {
            if index > 0 { sink.pending.append(UInt8(ascii: ",")) }
            sink.pending.append(copying: column.name.utf8.span)
        }
        sink.pending.literal("\r\n")
    }

    func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        switch table {
        case .exchanges: sink.pending.line(row, exchangeColumns)
        case .interim:
            for index in row.exchange.interims.indices {
                sink.pending.line(InterimRow(row: row, index: index), interimColumns)
            }
        case .findings:
            for finding in row.findings {
                sink.pending.line(
                    FindingRow(finding: finding, exchange: row.exchange, names: row.names), findingColumns)
            }
        case .captures: break
        }
    }

    func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        if table == .findings { sink.pending.line(row, findingColumns) }
    }

    func capture(_ record: CaptureRecord, _ sink: inout ByteSink) throws(ReportError) {
        if table == .captures { sink.pending.line(record, captureColumns) }
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {}
}

extension OctetBuffer {
    /// One row of a table.
    fileprivate mutating func line<Row>(_ row: Row, _ columns: [Column<Row>]) {
        for index in columns.indices {
            if index > 0 { append(UInt8(ascii: ",")) }
            columns[index].write(row, &self)
        }
        literal("\r\n")
    }
}
