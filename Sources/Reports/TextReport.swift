import CaptureModel
import Exchanges
import Findings

/// A report for a person: one line an exchange, its findings under it, a summary at the end. The wire's octets are
/// always escaped.
struct TextReport: ReportBody {
    private let style: TextStyle
    private var tally: TextTally
    /// The day of the exchange before, and its connection: a line says so where either changes.
    private var day: Int64?
    private var connection: Int?

    init(_ style: TextStyle) {
        self.style = style
        tally = TextTally(style.timers)
    }

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}

    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        tally.add(row)
        writeLine(of: row, &sink)
        findings(row.findings, &sink)
    }

    var showsExchanges: Bool { !style.isLive }

    mutating func passOver(_ exchange: borrowing Exchange, _ findings: [Finding], _ names: CaptureNames) {
        let (timing, webdav) = (exchange.timing, exchange.webdav)
        let pattern = exchange.pattern(wait: timing.wait)
        tally.add(exchange, timing, (webdav.age, webdav.construct), pattern, findings, names: names)
    }

    func findings(_ findings: [Finding], _ sink: inout ByteSink) {
        for finding in findings { write(to: &sink) { $0.add(finding, width: style.width) } }
    }

    mutating func event(_ event: LiveEvent, _ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {
        writeDay(of: event.time, &sink)
        let style = style  // else the closure would copy the whole report
        sink.pending.line(style) { $0.add(event, style) }
    }

    /// The day, where it is another than that of the line before.
    private mutating func writeDay(of moment: Timestamp, _ sink: inout ByteSink) {
        guard day != moment.day else { return }
        day = moment.day
        write(to: &sink) { line in
            line.painted(.bold) {
                $0.ascii { $0.date(moment) }
                $0.add(" (UTC)")
            }
        }
    }

    private mutating func writeLine(of row: ExchangeRow, _ sink: inout ByteSink) {
        writeDay(of: row.exchange.origin.time, &sink)
        if !style.namesPeersInLine, connection != row.exchange.connection.id {
            connection = row.exchange.connection.id
            write(to: &sink) { line in
                line.painted(.dim) { $0.add(row.exchange.connection.title) }
            }
        }
        write(to: &sink) { $0.add(row, style) }
        if row.upstream != nil || row.downstream != nil { write(to: &sink) { $0.addHops(of: row) } }
    }

    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        write(to: &sink) { line in
            line.add("-")
            line.tab(to: TextStyle.idColumn)
            if let connection = row.finding.connection {
                line.add("connection \(connection)")
            } else if let capture = row.names[row.finding.place.capture] {
                line.add(.shown(capture.span), fitting: style.width - TextStyle.idColumn)
            }
        }
        write(to: &sink) { $0.add(row.finding, width: style.width) }
        tally.add(row.finding, names: row.names)
    }

    mutating func revision(
        _ rows: [FindingRow], insteadOf withdrawn: [Finding], isShown: Bool, _ sink: inout ByteSink
    ) throws(ReportError) {
        for finding in withdrawn { tally.withdraw(finding) }
        for row in rows { tally.add(row.finding, names: row.names) }
        guard isShown, let id = (rows.first?.finding ?? withdrawn.first)?.id else { return }
        write(to: &sink) { line in
            line.add("-")
            line.tab(to: TextStyle.idColumn)
            let rules = withdrawn.map(\.rule).joined(separator: ", ")
            line.add("\(id): other exchanges show" + (rules.isEmpty ? "" : ", in the place of \(rules)"))
        }
        for row in rows { write(to: &sink) { $0.add(row.finding, width: style.width) } }
    }

    mutating func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        if summary.exchanges > 0 { sink.pending.append(0x0a) }
        sink.pending.add(tally.blocks(summary, captures), style)
        for (index, capture) in captures.enumerated() {
            write(to: &sink) { line in
                if index == 0 { line.painted(.bold) { $0.add("captures") } }
                line.tab(to: TextStyle.labelColumns)
                let paint: Paint? = capture.status == .complete ? nil : capture.status == .truncated ? .yellow : .red
                line.painted(paint) {
                    $0.add(words: capture.sentence, width: style.width, indent: TextStyle.labelColumns)
                }
            }
            try sink.flushIfFull()
        }
        if summary.exchanges > 0, !style.isLive {
            write(to: &sink) { line in
                line.painted(.bold) { $0.add("timeline") }
                line.tab(to: TextStyle.labelColumns)
                line.add(words: Timeline.legend, width: style.width, indent: TextStyle.labelColumns)
            }
        }
    }

    private func write(to sink: inout ByteSink, _ body: (inout TextLine) -> Void) {
        sink.pending.line(style, body)
    }
}

extension OctetBuffer {
    /// One line, or several that belong together.
    mutating func line(_ style: TextStyle, _ body: (inout TextLine) -> Void) {
        var line = TextLine(colour: style.colour)
        body(&line)
        line.octets.withSpan { append(copying: $0) }
        append(0x0a)
    }

    /// Blocks of the summary: labels, each with its paragraphs.
    mutating func add(_ blocks: [(label: String, paragraphs: [String])], _ style: TextStyle) {
        for (label, paragraphs) in blocks {
            for (index, paragraph) in paragraphs.enumerated() {
                line(style) { line in
                    if index == 0 { line.painted(.bold) { $0.add(label) } }
                    line.tab(to: TextStyle.labelColumns)
                    line.add(words: paragraph, width: style.width, indent: TextStyle.labelColumns)
                }
            }
        }
    }
}

extension ConnectionIdentity {
    /// `connection 1  10.9.3.1:40472 → 10.9.3.2:8080`.
    fileprivate var title: String {
        "connection \(id)  \(client) → \(server)\(start == .midstream ? "  (its beginning was not captured)" : "")"
    }
}

extension CaptureRecord {
    /// What there is to say of a capture file, its summary apart.
    var sentence: String {
        let name = String(decoding: [UInt8].shown(FileName.octets(file).span), as: UTF8.self)
        var parts: [String] = []
        if let format { parts.append(format) }
        parts += linkTypes
        parts.append(counted(packets, "packet"))
        parts.append(counted(bytes, "byte"))
        if let firstPacket, let lastPacket { parts.append("over \(durationText(lastPacket.since(firstPacket)))") }
        let reasons = skippedByName.map { "\($0.reason) \($0.count)" }.joined(separator: ", ")
        let lost = device.map { "; \($0.sentence)" } ?? ""
        return "\(name): \(parts.joined(separator: ", "))\(lost); \(status.rawValue)"
            + (error.map { ": \($0)" } ?? "") + (reasons.isEmpty ? "" : "; skipped: \(reasons)")
    }
}

extension Timeline {
    /// How to read it.
    fileprivate static let legend = """
        ├ the request was sent; a digit is an interim response (2 = 102, 0 = 100, 3 = 103, 4 = 104, 1 = any other), ┄ the \
        longest silence from 1 s on; ● final response, ▲ HTTP ended, ✕ closed or reset, … unanswered, ? lost. The longer \
        the line the longer the wait, on a logarithmic scale.
        """
}
