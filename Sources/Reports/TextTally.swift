import CaptureModel
import Exchanges
import Findings

/// What the text's last block needs beyond `Summary`; its size is bounded by the number of rules.
struct TextTally {
    private struct Fired {
        var severity: Severity
        var count: Int
        /// Where it fired first: the exchange, and the capture.
        var first: String?
        var capture: [UInt8]?
    }

    private var rules: [String: Fired] = [:]
    /// Exchanges with a 102: all, with a complete final response, given up by the client.
    private(set) var with102 = 0
    private(set) var completed102 = 0
    private(set) var givenUp102 = 0
    /// Wait and longest silence of the longest wait with a 102.
    private var longest102: (wait: Int64, silence: Int64)?
    private var patterns: [Pattern: Int] = [:]
    private var constructs: [String: Int] = [:]
    private var doubts: [UInt8: Int] = [:]
    private(set) var notWhole = 0
    private(set) var timers: TimerTally
    private var clients = WebDAVClients()

    /// Waits and silences are held against `timers`.
    init(_ timers: [TimeoutProfile]) { self.timers = TimerTally(timers) }

    mutating func add(_ row: ExchangeRow) {
        let webdav = (age: row.webdav, construct: row.legacyConstruct)
        add(row.exchange, row.timing, webdav, row.pattern, row.findings, names: row.names)
    }

    /// Counts an exchange by what is known of it.
    mutating func add(
        _ exchange: borrowing Exchange, _ timing: Timing, _ webdav: (age: WebDAVClass, construct: LegacyConstruct?),
        _ pattern: Pattern, _ findings: [Finding], names: CaptureNames
    ) {
        patterns[pattern, default: 0] += 1
        if exchange.interims.contains(where: { $0.status == 102 }) { add102(exchange.outcome, timing) }
        if let construct = webdav.construct { constructs[construct.kind.name, default: 0] += 1 }
        if webdav.age != .none { clients.add(exchange, isLegacy: webdav.age == .legacy) }
        if exchange.request?.end != nil { timers.add(timing) }
        if !exchange.integrity.isEmpty { addDoubts(exchange.integrity) }
        for finding in findings { add(finding, names: names) }
    }

    private mutating func addDoubts(_ integrity: Integrity) {
        notWhole += 1
        for (doubt, _) in Integrity.names where integrity.contains(doubt) { doubts[doubt.rawValue, default: 0] += 1 }
    }

    /// How often each rule fired.
    var counts: [String: Int] { rules.mapValues(\.count) }

    mutating func add(_ finding: Finding, names: CaptureNames) {
        if rules[finding.rule] == nil {
            rules[finding.rule] = Fired(
                severity: finding.severity, count: 0, first: finding.id, capture: names[finding.place.capture])
        }
        rules[finding.rule]?.count += 1
    }

    /// Takes a finding back that was counted.
    mutating func withdraw(_ finding: Finding) {
        rules[finding.rule]?.count -= 1
        if rules[finding.rule]?.count == 0 { rules[finding.rule] = nil }
        // Where the next one was is not known any more.
        if rules[finding.rule]?.first == finding.id { rules[finding.rule]?.first = nil }
    }

    private mutating func add102(_ outcome: Outcome, _ timing: Timing) {
        with102 += 1
        switch outcome {
        case .completed: completed102 += 1
        case .closedByClient, .resetByClient: givenUp102 += 1
        default: break
        }
        if let wait = timing.wait, wait > longest102?.wait ?? -1 {
            longest102 = (wait, timing.longestSilence ?? 0)
        }
    }

    /// The most rules that are told apart: there are dozens, but reports that are read may be forged.
    private static let mostRules = 4_096

    /// Counts a finding of a report that has been written before; false where there are too many rules.
    mutating func add(_ rule: String, _ severity: Severity, exchange: String?, capture: String?) -> Bool {
        if rules[rule] == nil {
            guard rules.count < Self.mostRules else { return false }
            rules[rule] = Fired(
                severity: severity, count: 0, first: exchange, capture: capture.map { Array($0.utf8) })
        }
        rules[rule]?.count += 1
        return true
    }

    /// What can be said of reports that have been written before: their exchanges are not looked at again.
    func mergedBlocks(_ summary: Summary) -> [(label: String, paragraphs: [String])] {
        [
            ("exchanges", [exchangeSentence(summary)]),
            ("interim", [interimSentence(summary)]),
            ("webdav", [webdavSentence(summary)]),
            ("waits", [waitSentence(summary)]),
            ("findings", findingParagraphs(among: summary.captures)),
        ]
    }

    /// The block: labels, each with its paragraphs.
    func blocks(_ summary: Summary, _ captures: [CaptureRecord]) -> [(label: String, paragraphs: [String])] {
        guard summary.exchanges > 0 else {
            return [
                ("exchanges", ["none: no HTTP/1.x exchange was found"]),
                ("findings", findingParagraphs(among: summary.captures)),
            ]
        }
        return [
            ("exchanges", [exchangeSentence(summary)]),
            ("interim", [interimSentence(summary)]),
            ("102", [processingSentence(summary)]),
            ("webdav", [webdavSentence(summary)] + clients.sentences),
            ("waits", [waitSentence(summary)]),
            ("timeouts", [timeoutSentence]),
            ("not judged", [doubtSentence(captures)]),
            ("findings", findingParagraphs(among: summary.captures)),
        ]
    }

    private func exchangeSentence(_ summary: Summary) -> String {
        var finals = (2...5).filter { summary.final[$0] > 0 }.map { "\($0)xx \(summary.final[$0])" }
        if summary.interim[101] > 0 { finals.append("101 \(summary.interim[101])") }
        if summary.withoutFinal > 0 { finals.append("without a final response \(summary.withoutFinal)") }
        return "\(counted(summary.exchanges, "exchange")) on \(counted(summary.connections, "connection")) in "
            + "\(counted(summary.captures, "capture")): \(finals.joined(separator: ", "))"
    }

    private func interimSentence(_ summary: Summary) -> String {
        var seen = [100, 102, 103, 104].filter { summary.interim[$0] > 0 }.map { "\($0) \(summary.interim[$0])" }
        if summary.interim.other > 0 { seen.append("others \(summary.interim.other)") }
        return seen.isEmpty ? "none" : seen.joined(separator: ", ")
    }

    /// What became of exchanges with a 102.
    func processingSentence(_ summary: Summary) -> String {
        guard with102 > 0 else { return "not used" }
        let other = with102 - completed102 - givenUp102
        var parts = ["\(completed102) completed"]
        if givenUp102 > 0 { parts.append("\(givenUp102) given up by the client in spite of it") }
        if other > 0 { parts.append("\(other) ended otherwise") }
        var sentence =
            "\(counted(summary.interim[102], "response")) in \(counted(with102, "exchange")): "
            + parts.joined(separator: ", ")
        if let longest102 {
            sentence +=
                "; in the longest wait, \(durationText(longest102.wait)), the server was never silent for more "
                + "than \(durationText(longest102.silence))"
        }
        return sentence
    }

    /// How much WebDAV there was, and of which age.
    func webdavSentence(_ summary: Summary) -> String {
        guard summary.webdavCurrent + summary.webdavLegacy > 0 else { return "none" }
        let kinds = constructs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "RFC 4918 and its family: \(counted(summary.webdavCurrent, "exchange")); with a legacy (RFC 2518) "
            + "construct: \(summary.webdavLegacy)" + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))")
    }

    private func waitSentence(_ summary: Summary) -> String {
        let held = Pattern.allCases.compactMap { pattern in patterns[pattern].map { "\(pattern.rawValue) \($0)" } }
        let pattern = held.isEmpty ? "" : "; patterns: \(held.joined(separator: ", "))"
        let percentiles = summary.waits.percentiles([50, 90, 99, 100]).compactMap { $0.map(durationText) }
        guard percentiles.count == 4 else { return "no request was captured\(pattern)" }
        let silence = summary.longestSilence.map { "; longest silence \(durationText($0))" } ?? ""
        return "median \(percentiles[0]), 90 % within \(percentiles[1]), 99 % within \(percentiles[2]), longest "
            + "\(percentiles[3])\(silence)\(pattern)"
    }

    /// What is at risk of which timers, and the rules on timeouts that fired.
    private var timeoutSentence: String {
        let reached = timers.reached
        guard !reached.isEmpty else { return timeoutRules }
        return "\(counted(timers.atRisk, "exchange")) waited longer than a known timer allows, by default: "
            + "\(reached.list(atMost: 4)); \(timeoutRules)"
    }

    /// The rules on timeouts that fired.
    var timeoutRules: String {
        let risks = rules.filter { $0.key.hasPrefix("timeout/") && $0.value.severity > .note }
        guard !risks.isEmpty else { return "no warning: no silence was too long, and no timer is seen to have fired" }
        let names = risks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.count)" }
        return "at risk or hit: \(names.joined(separator: ", "))"
    }

    /// What the captures do not hold.
    func doubtSentence(_ captures: [CaptureRecord]) -> String {
        let partial = captures.count { $0.status != .complete }
        let cut = captures.flatMap(\.skipped).filter { $0.reason == "cut_payload" }.reduce(0) { $0 + $1.count }
        var missing: [String] = []
        if partial > 0 { missing.append("\(counted(partial, "capture")) not read to the end") }
        if cut > 0 { missing.append("\(counted(cut, "packet")) cut short, which may have held more") }
        if notWhole > 0 {
            let reasons = Integrity.names.compactMap { doubt, name in doubts[doubt.rawValue].map { "\(name) \($0)" } }
            missing.append(
                "\(counted(notWhole, "exchange")) that the capture does not hold whole: "
                    + reasons.joined(separator: ", "))
        }
        return missing.isEmpty
            ? "nothing: the capture holds every exchange whole" : missing.joined(separator: "; ")
    }

    /// Where a rule fired first. Of several captures, each of which counts its connections from 1, the capture is named.
    private func place(of fired: Fired, among captures: Int) -> String {
        let capture =
            captures > 1 ? fired.capture.map { "\(String(decoding: [UInt8].shown($0.span), as: UTF8.self))" } : nil
        let parts = [fired.first, capture].compactMap(\.self)
        return parts.isEmpty ? "" : ", first in \(parts.joined(separator: " of "))"
    }

    private func findingParagraphs(among captures: Int) -> [String] {
        guard !rules.isEmpty else { return ["none"] }
        let ordered = rules.sorted { left, right in
            left.value.severity == right.value.severity
                ? left.key < right.key : left.value.severity > right.value.severity
        }
        return ordered.map { rule, fired in
            "\(fired.severity.rawValue) \(rule): \(fired.count)" + place(of: fired, among: captures)
        }
    }
}

extension Finding {
    /// The id of its exchange; `nil` where it belongs to none.
    var id: String? {
        guard let exchange, let connection else { return nil }
        return "\(connection).\(exchange)"
    }
}

extension LegacyConstruct.Kind {
    /// What the summary calls it.
    fileprivate var name: String {
        switch self {
        case .element(.propertyBehavior): "propertybehavior"
        case .element(.source): "DAV:source"
        case .statusURI: "Status-URI"
        case .timeoutType: "Timeout type"
        case .frontPage: "MS-FP"
        case .processing: "102"
        }
    }
}
