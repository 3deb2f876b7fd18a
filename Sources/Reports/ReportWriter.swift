import CaptureModel
package import Exchanges
package import Findings

/// What a format has to do; each appends whole records to the sink.
protocol ReportBody {
    mutating func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError)
    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError)
    /// A finding that belongs to no exchange.
    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError)
    mutating func finish(
        _ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink
    ) throws(ReportError)
}

/// Writes one report, record by record: `begin`, then exchanges and findings as they come, then `finish`. Memory does
/// not grow with their number.
package struct ReportWriter: ~Copyable {
    private var body: any ReportBody
    private var sink: ByteSink
    private var names = CaptureNames([])

    package init(_ format: ReportFormat, to sink: consuming ByteSink) {
        self.sink = sink
        body =
            switch format {
            case .text(let style): TextReport(style)
            case .json: JSONReport()
            case .jsonLines: JSONLinesReport()
            case .csv(let table): CSVReport(table)
            case .har: HARReport()
            case .junit: JUnitReport()
            case .html(let timers): PageReport(timers)
            }
    }

    /// Starts the report; `captures` are the files as they were given, in the order that `StreamPlace.capture` counts.
    package mutating func begin(captures: [String]) throws(ReportError) {
        names = CaptureNames(captures)
        try body.begin(names, &sink)
        try sink.flushIfFull()
    }

    /// Reports one exchange with the findings on it, and with the other hops of a proxy: `upstream` towards the origin,
    /// `downstream` towards the client.
    package mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID? = nil,
        downstream: ExchangeID? = nil
    ) throws(ReportError) {
        try body.exchange(
            ExchangeRow(
                exchange, connectionEnd: connectionEnd, findings: findings, names: names, upstream: upstream,
                downstream: downstream), &sink)
        try sink.flushIfFull()
    }

    /// Reports a finding that belongs to no exchange.
    package mutating func finding(_ finding: Finding) throws(ReportError) {
        try body.finding(FindingRow(finding: finding, exchange: nil, names: names), &sink)
        try sink.flushIfFull()
    }

    /// Ends the report and writes all of it.
    package mutating func finish(captures: [CaptureRecord], summary: Summary) throws(ReportError) {
        var captures = captures
        for index in captures.indices {
            if let name = names[UInt32(index)] { captures[index].file = FileName.text(name) }
        }
        try body.finish(captures, summary, &sink)
        try sink.flush()
    }

    /// Writes what is pending now, for somebody who watches.
    package mutating func flush() throws(ReportError) {
        try sink.flush()
    }

    /// What a sink in memory holds.
    package var contents: [UInt8] {
        sink.pending.withSpan { octets in octets.indices.map { octets[$0] } }
    }
}
