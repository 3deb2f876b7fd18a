import CaptureModel
import Exchanges
import Findings

/// A report as JUnit's XML, for continuous integration: one suite a capture, one test case a rule.
///
/// A rule is what has a history: its name stays the same from run to run, while exchanges come and go, and ten thousand
/// of them would hide the one that failed. A rule with a finding of severity warning or violation is a failure, with
/// the severity as its type, and the findings in its text; notes stand in the suite's output and fail nothing. Whether
/// the capture could be read is a test case of its own. Members that the common schema (Ant's, as Windy Road wrote it
/// down) asks for and a capture does not have are filled as it says: the host is `localhost`; where there is no packet
/// the time is that of the Unix epoch; time passes for the suite (packet time), not for a rule.
struct JUnitReport: ReportBody {
    /// What a rule came to in one capture.
    private struct Fired {
        var count = 0
        /// A line each, of the first findings.
        var lines: [String] = []
    }

    /// A capture and a rule.
    private struct Key: Hashable {
        var capture: Int
        var rule: String
    }

    private var fired: [Key: Fired] = [:]
    private var kept = 0

    /// The findings of a rule that a capture's suite shows: enough to see what it is about, in any system's view.
    static let linesOfRule = 20
    /// The findings that a whole report shows, so that a hundred thousand captures take some tens of MiB.
    static let linesOfReport = 50_000

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}

    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        for finding in row.findings { add(finding, row.exchange, row.names) }
    }

    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        add(row.finding, row.exchange, row.names)
    }

    private mutating func add(_ finding: Finding, _ exchange: Exchange?, _ names: CaptureNames) {
        let key = Key(capture: names.number(finding.place.capture), rule: finding.rule)
        fired[key, default: Fired()].count += 1
        guard kept < JUnitReport.linesOfReport, fired[key]?.lines.count ?? 0 < JUnitReport.linesOfRule else { return }
        kept += 1
        fired[key]?.lines.append(finding.line(exchange))
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")
        for (index, capture) in captures.enumerated() {
            write(capture, index, &sink.pending)
            try sink.flushIfFull()
        }
        sink.pending.literal("</testsuites>\n")
    }

    private func write(_ capture: CaptureRecord, _ index: Int, _ out: inout OctetBuffer) {
        let name = String(decoding: [UInt8].shown(FileName.octets(capture.file).span), as: UTF8.self)
        // A capture that could not be read at all was not held against any rule.
        let rules = capture.status == .unreadable ? [] : Catalogue.rules
        let found = rules.map { (rule: $0, fired: fired[Key(capture: index, rule: $0.id)] ?? Fired()) }
        out.literal("<testsuite")
        out.attribute("name", name)
        out.attribute("package", "interlude")
        out.attribute("id", "\(index)")
        out.literal(" timestamp=\"")
        let moment = capture.firstPacket ?? Timestamp(nanoseconds: 0)
        out.date(moment)
        out.append(UInt8(ascii: "T"))
        out.clock(moment)
        out.literal("\" hostname=\"localhost\"")
        out.attribute("tests", "\(rules.count + 1)")
        out.attribute("failures", "\(found.count { $0.rule.severity > .note && $0.fired.count > 0 })")
        out.attribute("errors", capture.status == .complete ? "0" : "1")
        out.literal(" time=\"")
        out.seconds(max(0, capture.lastPacket?.since(moment) ?? 0))
        out.literal("\">\n<properties>\n")
        for (property, value) in capture.properties {
            out.literal("<property")
            out.attribute("name", property)
            out.attribute("value", value)
            out.literal("/>\n")
        }
        out.literal("</properties>\n")
        writeReading(of: capture, name, &out)
        for (rule, fired) in found { write(rule, fired, name, &out) }
        out.literal("<system-out>")
        for (rule, fired) in found where rule.severity == .note && fired.count > 0 {
            out.xml("note \(rule.id), \(rule.title): \(fired.count)\n")
            writeLines(of: fired, &out)
        }
        out.literal("</system-out>\n<system-err></system-err>\n</testsuite>\n")
    }

    private func writeReading(of capture: CaptureRecord, _ name: String, _ out: inout OctetBuffer) {
        out.literal("<testcase")
        out.attribute("name", "read to its end")
        out.attribute("classname", "\(name).capture")
        out.literal(" time=\"0\"")
        if capture.status == .complete { return out.literal("/>\n") }
        out.literal("><error")
        out.attribute("type", capture.status.rawValue)
        out.attribute("message", capture.error ?? capture.status.rawValue)
        out.literal("/></testcase>\n")
    }

    private func write(_ rule: Rule, _ fired: Fired, _ name: String, _ out: inout OctetBuffer) {
        out.literal("<testcase")
        out.attribute("name", rule.id)
        out.attribute("classname", "\(name).\(rule.id.prefix { $0 != "/" })")
        out.literal(" time=\"0\"")
        guard rule.severity > .note, fired.count > 0 else { return out.literal("/>\n") }
        out.literal("><failure")
        out.attribute("type", rule.severity.rawValue)
        out.attribute("message", "\(rule.title): \(counted(fired.count, "finding"))")
        out.append(UInt8(ascii: ">"))
        writeLines(of: fired, &out)
        out.xml("interlude explain \(rule.id): \(rule.citation)\n")
        out.literal("</failure></testcase>\n")
    }

    private func writeLines(of fired: Fired, _ out: inout OctetBuffer) {
        for line in fired.lines { out.xml(line + "\n") }
        let rest = fired.count - fired.lines.count
        if rest > 0 { out.xml("and \(rest) more, which other formats show\n") }
    }
}

extension Finding {
    /// Where it was found, and what: `exchange 1.1, COPY /dav/a, frame 6: …`.
    fileprivate func line(_ exchange: Exchange?) -> String {
        var places: [String] = []
        if let connection, let number = self.exchange {
            places.append("exchange \(connection).\(number)")
        } else if let connection {
            places.append("connection \(connection)")
        }
        if let exchange, let request = exchange.request {
            let texts = [request.method, request.target].map { exchange.withOctets($0) { [UInt8].shown($0) } }
            places.append(String(decoding: (texts[0] + [0x20] + texts[1]).cut(to: 120), as: UTF8.self))
        }
        if let frame { places.append("frame \(frame)") }
        return places.isEmpty ? message : places.joined(separator: ", ") + ": " + message
    }
}

extension CaptureRecord {
    /// What a suite says of its capture.
    fileprivate var properties: [(String, String)] {
        [
            ("format", format ?? "unknown"), ("packets", "\(packets)"), ("bytes", "\(bytes)"),
            ("status", status.rawValue), ("connections", "\(summary.connections)"),
            ("exchanges", "\(summary.exchanges)"), ("without_final", "\(summary.withoutFinal)"),
        ] + [100, 102, 103].map { ("count_\($0)", "\(summary.interim[$0])") }
    }
}

extension OctetBuffer {
    /// The time of the day of a moment in UTC, without a fraction.
    fileprivate mutating func clock(_ moment: Timestamp) {
        let second = UInt64((moment.nanoseconds &- moment.day &* 86_400_000_000_000) / 1_000_000_000)
        digits(second / 3600, count: 2)
        append(UInt8(ascii: ":"))
        digits(second / 60 % 60, count: 2)
        append(UInt8(ascii: ":"))
        digits(second % 60, count: 2)
    }

    /// Nanoseconds as seconds with three decimals.
    fileprivate mutating func seconds(_ nanoseconds: Int64) {
        decimal(UInt64(nanoseconds / 1_000_000_000))
        append(UInt8(ascii: "."))
        digits(UInt64(nanoseconds / 1_000_000 % 1000), count: 3)
    }
}
