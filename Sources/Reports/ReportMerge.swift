import CaptureModel
import Findings

/// Why reports cannot be merged.
package enum MergeError: Error {
    /// What is wrong with a line: the end of a sentence.
    case line(String)
    case report(ReportError)
}

/// Joins reports in JSON Lines into one, line by line: what came of auditing parts of the captures, here or elsewhere,
/// becomes the report that auditing all of them would have given.
///
/// Exchanges, findings and captures are copied as they are. Each capture's record carries its waits, exactly or in
/// buckets, and these are added up as within one run; so it does not matter how the captures were divided nor, for the
/// summary, in which order they come.
package struct ReportMerge: ~Copyable {
    private var lines: ByteSink?
    private var document: ByteSink?
    private var json = JSONReport()
    private var tally = TextTally([])
    private var states: [CaptureStatus: Int] = [:]
    private var names: Set<String> = []
    private var summary = Summary()

    /// The most captures that are merged: the name of each is kept, for a capture that comes twice would count twice.
    package static let mostCaptures = 1_000_000

    private static let opening = Array(#"{"record":""#.utf8)

    /// Writes the merged report to `lines` as JSON Lines, and to `document` as one JSON document.
    package init(lines: consuming ByteSink?, document: consuming ByteSink?) throws(ReportError) {
        self.lines = lines
        self.document = document
        if var document = self.document.take() {
            try json.begin(CaptureNames([]), &document)
            self.document = consume document
        }
    }

    /// Takes one line of a report, without its end.
    package mutating func take(_ line: [UInt8]) throws(MergeError) {
        let kind = line.dropFirst(Self.opening.count).prefix { $0 != UInt8(ascii: "\"") }
        // The first member behind the record's kind.
        let start = Self.opening.count + kind.count + 2
        guard line.starts(with: Self.opening), line.count > start, line[start - 1] == UInt8(ascii: ","),
            line.last == UInt8(ascii: "}")
        else { throw .line("it is no record of a report in JSON Lines") }
        let record = Array(line[start...])
        switch String(decoding: kind, as: UTF8.self) {
        case "exchange": break
        case "finding": try count(finding: Self.value(of: line))
        case "capture": try count(capture: Self.value(of: line))
        case "summary": return  // another is made of the captures'
        default: throw .line("it is a record of an unknown kind")
        }
        do throws(ReportError) {
            if lines != nil {
                lines?.pending.append(copying: line.span)
                lines?.pending.append(0x0a)
                try lines?.flushIfFull()
            }
            try copyToDocument(record, kind.first)
        } catch {
            throw .report(error)
        }
    }

    private static func value(of line: [UInt8]) throws(MergeError) -> JSONValue {
        do throws(JSONFault) { return try JSONValue(line) } catch { throw .line(error.what) }
    }

    private mutating func count(finding: JSONValue) throws(MergeError) {
        guard let rule = finding["rule"]?.text, let severity = finding["severity"]?.text.flatMap(Severity.init) else {
            throw .line("the finding has no rule, or no severity")
        }
        // They go to a terminal, and a report may be forged.
        let shown = WireText.string(rule.utf8.span)
        let exchange = finding["exchange"]?.text.map { WireText.string($0.utf8.span) }
        guard tally.add(shown, severity, exchange: exchange, capture: finding["capture"]?.text) else {
            throw .line("there are more rules than any version has")
        }
    }

    private mutating func count(capture: JSONValue) throws(MergeError) {
        guard let file = capture["file"]?.text, let status = capture["status"]?.text.flatMap(CaptureStatus.init),
            let part = Summary(capture)
        else {
            throw .line("the capture has no sketch, or counts that no capture has; was it made by another version?")
        }
        guard names.count < Self.mostCaptures else { throw .line("there are more than \(Self.mostCaptures) captures") }
        guard names.insert(file).inserted else {
            throw .line(
                "the capture \"\(file)\" has been merged already, or another of that name; each must have its own")
        }
        states[status, default: 0] += 1
        summary.merge(part)
    }

    /// Adds a record to the document: the same object without what only lines have.
    private mutating func copyToDocument(_ record: [UInt8], _ kind: UInt8?) throws(ReportError) {
        guard var document = self.document.take() else { return }
        func write(_ octets: inout OctetBuffer, _ members: some Collection<UInt8>) {
            octets.append(UInt8(ascii: "{"))
            let members = Array(members)
            octets.append(copying: members.span)
        }
        switch kind {
        case UInt8(ascii: "e"): json.addExchange(&document) { write(&$0, record) }
        case UInt8(ascii: "f"): try json.addFinding { write(&$0, record) }
        default:
            // The sketch stands last, and holds no text: a quotation mark in a text before it would be escaped.
            let mark = Array(#","sketch":{"#.utf8)
            let sketch = record.indices.last(where: { record.dropFirst($0).starts(with: mark) })
            try json.addCapture { octets in
                write(&octets, record.prefix(sketch ?? record.count))
                if sketch != nil { octets.append(UInt8(ascii: "}")) }
            }
        }
        try document.flushIfFull()
        self.document = consume document
    }

    /// Ends the reports and puts them in their places; the result is the summary for a person.
    package mutating func finish(_ style: TextStyle) throws(ReportError) -> String {
        if lines != nil {
            lines?.pending.json(summary, lines: true)
            lines?.pending.append(0x0a)
            try lines?.flush()
        }
        if var document = self.document.take() {
            try json.finish([], summary, &document)
            try document.flush()
            try document.publish()
        }
        try lines?.publish()
        let states = CaptureStatus.allCases.compactMap { status in
            self.states[status].map { "\(status.rawValue) \($0)" }
        }
        var text = OctetBuffer()
        text.add(tally.mergedBlocks(summary), style)
        text.add([("captures", [states.isEmpty ? "none" : states.joined(separator: ", ")])], style)
        return text.string
    }
}
