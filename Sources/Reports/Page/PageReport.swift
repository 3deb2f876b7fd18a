import CaptureModel
import Exchanges
import Findings

/// A report as one page of HTML for people: answers first, then charts, findings, and every exchange with its waterfall.
///
/// The page is one file that asks the network for nothing. Its Content-Security-Policy lets nothing run but its own
/// script and style, by their hashes; foreign text stands in one block of JSON with `<` escaped and gets into the page
/// as text nodes. Charts and answers are of all exchanges; rows are bounded (`PageRows`), and the page says what it left
/// out.
struct PageReport: ReportBody {
    private let state: State

    /// One object, for the rows cannot be copied.
    private final class State {
        var rows = PageRows()
        var rules = PageRules()
        var tally = PageTally()
        var text: TextTally
        /// Findings on no exchange, the first of them.
        var loose: [Finding] = []

        init(_ timers: [TimeoutProfile]) { text = TextTally(timers) }
    }

    /// Findings on no exchange that are shown.
    static let looseLimit = 50
    /// Captures that the page lists.
    static let captureLimit = 500

    init(_ timers: [TimeoutProfile]) {
        state = State(timers)
    }

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}

    func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        state.tally.add(row)
        state.text.add(row)
        for finding in row.findings { _ = state.rules.number(finding.rule) }
        state.rows.add(row, &state.rules)
    }

    func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        state.text.add(row.finding, names: row.names)
        _ = state.rules.number(row.finding.rule)
        if state.loose.count < PageReport.looseLimit { state.loose.append(row.finding) }
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        var data = OctetBuffer(capacity: 65_536)
        let shown = writeData(&data)
        let answers = PageAnswer.all(state.tally, state.text, summary, captures)
        let frame = PageFrame(
            captures: captures, summary: summary, first: state.tally.first, last: state.tally.last, answers: answers,
            loose: state.loose, shown: shown)
        frame.write(data, &sink.pending)
        try sink.flushIfFull()
    }

    /// All that the script works with, as JSON; returns how many rows there are.
    private func writeData(_ out: inout OctetBuffer) -> Int {
        let (tally, start) = (state.tally, state.rows.start ?? Timestamp(nanoseconds: 0))
        out.literal("{\"start\":")
        out.milliseconds(start.nanoseconds)
        out.literal(",\n\"rules\":")
        var rules = OctetBuffer()
        let counts = state.text.counts
        rules.array(state.rules.ids) { $1.pageRule($0, counts[$0] ?? 0) }
        rules.withSpan { out.inert($0) }
        out.literal(",\n\"waits\":{\"bounds\":")
        out.array(PageTally.bounds) { $1.milliseconds($0) }
        out.literal(",\"waits\":")
        out.array(tally.waits) { $1.decimal($0) }
        out.literal(",\"silences\":")
        out.array(tally.silences) { $1.decimal($0) }
        out.literal("},\n\"timers\":")
        var timers = OctetBuffer()
        timers.array(state.text.timers.timers) { $1.pageTimer($0.profile, $0.beyond) }
        timers.withSpan { out.inert($0) }
        out.literal(",\n\"interims\":{\"start\":")
        out.milliseconds(tally.interims.start.nanoseconds)
        out.literal(",\"width\":")
        out.milliseconds(tally.interims.width)
        out.literal(",\"bins\":")
        out.array(tally.interims.bins) { bin, out in
            out.array((0..<4).map { bin[$0] }) { $1.decimal($0) }
        }
        out.literal("},\n\"strings\":")
        state.rows.writeTexts(&out)
        out.literal(",\n\"rows\":")
        let shown = state.rows.write(&out)
        out.append(UInt8(ascii: "}"))
        return shown
    }
}

extension OctetBuffer {
    /// A rule with what it explains.
    fileprivate mutating func pageRule(_ id: String, _ count: Int) {
        let rule = Catalogue.rule(id)
        literal("{\"id\":")
        jsonText(id)
        literal(",\"severity\":")
        jsonText((rule?.severity ?? .note).rawValue)
        literal(",\"title\":")
        jsonText(rule?.title ?? id)
        literal(",\"wire\":")
        jsonText(rule?.explanation.wire ?? "")
        literal(",\"matters\":")
        jsonText(rule?.explanation.matters ?? "")
        literal(",\"remedy\":")
        jsonText(rule?.explanation.remedy ?? "")
        literal(",\"citation\":")
        jsonText(rule?.citation ?? "")
        literal(",\"count\":")
        decimal(count)
        append(UInt8(ascii: "}"))
    }

    fileprivate mutating func pageTimer(_ timer: TimeoutProfile, _ beyond: Int) {
        literal("{\"seconds\":")
        milliseconds(Int64((min(timer.seconds, 9e9) * 1e6).rounded()))
        literal(",\"silence\":")
        boolean(timer.countsSilence)
        literal(",\"label\":")
        jsonText(
            "\(timer.shortProduct) \(timer.shortSetting)" + (timer.isApproximate ? ", about" : "")
                + (timer.isOnPath ? ", on your path" : ""))
        literal(",\"beyond\":")
        decimal(beyond)
        append(UInt8(ascii: "}"))
    }
}
