import CaptureModel
package import Exchanges
package import Findings

/// What a format has to do; each appends whole records to the sink.
protocol ReportBody {
    mutating func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError)
    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError)
    /// Whether exchanges are shown at all. Where events have told them, they are passed over, and only what was found on
    /// them is shown.
    var showsExchanges: Bool { get }
    /// An exchange that is only counted, not shown.
    mutating func passOver(_ exchange: borrowing Exchange, _ findings: [Finding], _ names: CaptureNames)
    /// What was found on an exchange that is not shown.
    func findings(_ findings: [Finding], _ sink: inout ByteSink)
    /// An event of a live audit.
    mutating func event(_ event: LiveEvent, _ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError)
    /// A finding that belongs to no exchange.
    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError)
    /// What others showed of an exchange that was given before, and the findings given with it that no longer stand.
    mutating func revision(
        _ rows: [FindingRow], insteadOf withdrawn: [Finding], isShown: Bool, _ sink: inout ByteSink
    ) throws(ReportError)
    /// A capture has been read, and all its records been given. Formats that show captures as they come write it here;
    /// others have all of them in `finish`.
    mutating func capture(_ record: CaptureRecord, _ sink: inout ByteSink) throws(ReportError)
    mutating func finish(
        _ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink
    ) throws(ReportError)
}

/// What formats do that have no place for events, and wait for `finish` with the captures.
extension ReportBody {
    var showsExchanges: Bool { true }
    func passOver(_ exchange: borrowing Exchange, _ findings: [Finding], _ names: CaptureNames) {}
    func findings(_ findings: [Finding], _ sink: inout ByteSink) {}
    func event(_ event: LiveEvent, _ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}
    func capture(_ record: CaptureRecord, _ sink: inout ByteSink) throws(ReportError) {}

    mutating func revision(
        _ rows: [FindingRow], insteadOf withdrawn: [Finding], isShown: Bool, _ sink: inout ByteSink
    ) throws(ReportError) {
        guard isShown else { return }
        for row in rows { try finding(row, &sink) }
    }
}

/// Writes one report, record by record: `begin`, then exchanges and findings as they come, then `finish`. Memory does
/// not grow with their number.
package struct ReportWriter: ~Copyable {
    private var body: any ReportBody
    private var sink: ByteSink
    private var names = CaptureNames([])
    /// How many captures the body has been told of.
    private var told = 0

    package init(_ format: ReportFormat, to sink: consuming ByteSink) {
        self.sink = sink
        body =
            switch format {
            case .text(let style): TextReport(style)
            case .summary(let style): SummaryReport(style)
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
        _ exchange: borrowing Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID? = nil,
        downstream: ExchangeID? = nil
    ) throws(ReportError) {
        if body.showsExchanges {
            try body.exchange(
                ExchangeRow(
                    copy exchange, connectionEnd: connectionEnd, findings: findings, names: names, upstream: upstream,
                    downstream: downstream), &sink)
        } else {
            passOver(exchange, findings: findings)
            if !findings.isEmpty { body.findings(findings, &sink) }
        }
        try sink.flushIfFull()
    }

    /// Counts an exchange that is not shown, for the summary that a text report ends with.
    package mutating func passOver(_ exchange: borrowing Exchange, findings: [Finding]) {
        body.passOver(exchange, findings, names)
    }

    /// Tells an event, where the format has a place for it.
    package mutating func event(_ event: LiveEvent) throws(ReportError) {
        try body.event(event, names, &sink)
        try sink.flushIfFull()
    }

    /// Reports a finding that belongs to no exchange.
    package mutating func finding(_ finding: Finding) throws(ReportError) {
        try body.finding(FindingRow(finding: finding, exchange: nil, names: names), &sink)
        try sink.flushIfFull()
    }

    /// Tells what others showed of an exchange that was given before, or only counts it: findings, and those `withdrawn`
    /// that were given with the exchange and no longer stand.
    package mutating func revise(
        _ findings: [Finding], insteadOf withdrawn: [Finding], isShown: Bool
    ) throws(ReportError) {
        let rows = findings.map { FindingRow(finding: $0, exchange: nil, names: names) }
        try body.revision(rows, insteadOf: withdrawn, isShown: isShown, &sink)
        try sink.flushIfFull()
    }

    /// Reports one exchange of a part of the report that has names of its own.
    package mutating func take(_ row: ExchangeRow) throws(ReportError) {
        try body.exchange(row, &sink)
        try sink.flushIfFull()
    }

    /// Reports a finding that belongs to no exchange, of a part of the report that has names of its own.
    package mutating func take(_ row: FindingRow) throws(ReportError) {
        try body.finding(row, &sink)
        try sink.flushIfFull()
    }

    /// Says that a capture has been read and all its records been given; `finish` is told of it once more.
    package mutating func capture(_ record: CaptureRecord) throws(ReportError) {
        var record = record
        record.file = shown(record.file, told)
        told += 1
        try body.capture(record, &sink)
        try sink.flushIfFull()
    }

    /// Ends the report and writes all of it. Captures that have been told of come first.
    package mutating func finish(captures: [CaptureRecord], summary: Summary) throws(ReportError) {
        for record in captures.dropFirst(told) { try capture(record) }
        var captures = captures
        for index in captures.indices { captures[index].file = shown(captures[index].file, index) }
        try body.finish(captures, summary, &sink)
        try sink.flush()
    }

    /// What the report calls the capture at `index`.
    private func shown(_ file: String, _ index: Int) -> String {
        names[UInt32(index)].map(FileName.text) ?? file
    }

    /// Puts the finished report in its place, where the sink writes to the side.
    package mutating func publish() throws(ReportError) {
        try sink.publish()
    }

    /// Writes what is pending now, for somebody who watches.
    package mutating func flush() throws(ReportError) {
        try sink.flush()
    }

    /// What a sink in memory holds.
    package var contents: [UInt8] {
        sink.pending.withSpan { [UInt8](copying: $0) }
    }
}
