import CaptureModel
import Exchanges
import Findings

/// The summary of a report for a person, without a line an exchange: what many captures come to. Captures are named
/// where something is wrong with them, or most findings are in them.
struct SummaryReport: ReportBody {
    private let style: TextStyle
    private var tally: TextTally

    /// How many captures a list names at most; how many more there are is said.
    private static let mostNamed = 10

    init(_ style: TextStyle) {
        self.style = style
        tally = TextTally(style.timers)
    }

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {}

    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        tally.add(row)
    }

    mutating func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        tally.add(row.finding, names: row.names)
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.add(tally.blocks(summary, captures), style)
        sink.pending.add(captureBlocks(captures), style)
    }

    private func captureBlocks(_ captures: [CaptureRecord]) -> [(label: String, paragraphs: [String])] {
        guard !captures.isEmpty else { return [("captures", ["none"])] }
        let states = CaptureStatus.allCases.compactMap { status in
            let count = captures.count { $0.status == status }
            return count == 0 ? nil : "\(status.rawValue) \(count)"
        }
        let packets = captures.reduce(0) { $0 + $1.packets }
        var blocks = [
            (
                "captures",
                ["\(states.joined(separator: ", ")); \(counted(packets, "packet"))"]
            )
        ]
        let partial = captures.filter { $0.status != .complete }
        if !partial.isEmpty { blocks.append(("not whole", Self.list(partial) { $0.sentence })) }
        // The order of equals is that of the input: sorting is stable.
        let worst = captures.filter { $0.summary.violations + $0.summary.warnings > 0 }
            .sorted { left, right in
                (left.summary.violations, left.summary.warnings) > (right.summary.violations, right.summary.warnings)
            }
        if captures.count > 1, !worst.isEmpty { blocks.append(("look at", Self.list(worst) { $0.verdict })) }
        return blocks
    }

    private static func list(_ captures: [CaptureRecord], _ words: (CaptureRecord) -> String) -> [String] {
        let more = captures.count - mostNamed
        return captures.prefix(mostNamed).map(words) + (more > 0 ? ["and \(counted(more, "more capture"))"] : [])
    }
}

extension CaptureRecord {
    /// `a.pcap: 1 violation, 2 warnings`.
    fileprivate var verdict: String {
        let name = String(decoding: [UInt8].shown(FileName.octets(file).span), as: UTF8.self)
        let counts = [(summary.violations, "violation"), (summary.warnings, "warning")].filter { $0.0 > 0 }
        return "\(name): \(counts.map { counted($0.0, $0.1) }.joined(separator: ", "))"
    }
}
