import CaptureModel
package import Exchanges
package import Findings

/// What a running audit has counted, as Prometheus reads it (text exposition format 0.0.4). Nothing of the wire is in
/// it: statuses are numbers, rules are names of ours.
package struct Metrics: Sendable {
    private var interims: [Int: Int] = [:]
    private var rules: [String: Int] = [:]
    /// Findings that were counted and no longer stand: a counter never goes down, so they have one of their own.
    private var withdrawn: [String: Int] = [:]
    private var waits = Histogram()
    private var silences = Histogram()

    package init() {}

    /// Counts an exchange that is over.
    package mutating func add(_ exchange: borrowing Exchange, findings: [Finding]) {
        // Statuses of interim responses have three digits and begin with 1: the table has a hundred rows at most.
        for interim in exchange.interims { interims[interim.status, default: 0] += 1 }
        for finding in findings { rules[finding.rule, default: 0] += 1 }
        let timing = exchange.timing
        if let wait = timing.wait { waits.add(wait) }
        if let silence = timing.longestSilence { silences.add(silence) }
    }

    /// Counts a finding that comes alone.
    package mutating func add(_ finding: Finding) {
        rules[finding.rule, default: 0] += 1
    }

    /// Counts a finding in whose place another came.
    package mutating func withdraw(_ finding: Finding) {
        withdrawn[finding.rule, default: 0] += 1
    }

    /// All of it as text; `record` is the capture so far, `open` the exchanges under way.
    package func text(_ record: CaptureRecord, open: Int) -> String {
        var text = ""
        let summary = record.summary
        text.family("interlude_packets_total", "counter", "Packets read.", [("", record.packets)])
        if let device = record.device {
            text.family(
                "interlude_packets_dropped_total", "counter", "Packets that were dropped before they were read.",
                [(#"by="kernel""#, device.droppedByKernel), (#"by="interface""#, device.droppedByInterface)])
        }
        text.family("interlude_connections_total", "counter", "Connections with HTTP.", [("", summary.connections)])
        text.family("interlude_exchanges_open", "gauge", "Exchanges under way.", [("", open)])
        text.family(
            "interlude_exchanges_total", "counter", "Exchanges that are over, by the class of their final status.",
            (2...5).map { (#"final="\#($0)xx""#, summary.final[$0]) }
                + [(#"final="101""#, summary.interim[101]), (#"final="none""#, summary.withoutFinal)])
        text.family(
            "interlude_interim_responses_total", "counter", "Interim responses by status.",
            Set(interims.keys).union([100, 102, 103]).sorted().map { (#"status="\#($0)""#, interims[$0] ?? 0) })
        text.family(
            "interlude_findings_total", "counter", "Findings by rule.",
            rules.sorted { $0.key < $1.key }.map { (#"rule="\#($0.key)""#, $0.value) })
        text.family(
            "interlude_findings_withdrawn_total", "counter",
            "Findings counted above in whose place others came, by rule.",
            withdrawn.sorted { $0.key < $1.key }.map { (#"rule="\#($0.key)""#, $0.value) })
        text.histogram(
            "interlude_wait_seconds", "From the end of a request to its final response, or to its end.", waits)
        text.histogram(
            "interlude_silence_seconds", "The longest stretch of a wait without an octet from the server.", silences)
        return text
    }
}

/// Durations in steps that the known timers lie between.
private struct Histogram: Sendable {
    /// Upper ends in nanoseconds, and as they are written in seconds.
    static let steps: [(end: Int64, label: String)] = [
        (1_000_000, "0.001"), (10_000_000, "0.01"), (100_000_000, "0.1"), (500_000_000, "0.5"), (1_000_000_000, "1"),
        (2_000_000_000, "2"), (5_000_000_000, "5"), (10_000_000_000, "10"), (20_000_000_000, "20"),
        (30_000_000_000, "30"), (60_000_000_000, "60"), (120_000_000_000, "120"), (300_000_000_000, "300"),
        (900_000_000_000, "900"), (3_600_000_000_000, "3600"),
    ]

    /// How many are not longer than each step, and longer than the one before.
    private(set) var counts = [Int](repeating: 0, count: steps.count)
    private(set) var count = 0
    /// Nanoseconds in all; it stops where 64 bits end, after three centuries of waiting.
    private(set) var sum: Int64 = 0

    mutating func add(_ duration: Int64) {
        count += 1
        let (more, overflow) = sum.addingReportingOverflow(max(0, duration))
        if !overflow { sum = more }
        if let step = Self.steps.firstIndex(where: { duration <= $0.end }) { counts[step] += 1 }
    }
}

extension String {
    /// A metric with all its series.
    fileprivate mutating func family(_ name: String, _ type: String, _ help: String, _ series: [(String, Int)]) {
        self += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for (labels, value) in series {
            self += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
        }
    }

    fileprivate mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        self += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        var below = 0
        for (step, count) in zip(Histogram.steps, histogram.counts) {
            below += count
            self += "\(name)_bucket{le=\"\(step.label)\"} \(below)\n"
        }
        self += "\(name)_bucket{le=\"+Inf\"} \(histogram.count)\n"
        let fraction = String(histogram.sum % 1_000_000_000)
        let zeros = String(repeating: "0", count: 9 - fraction.count)
        self += "\(name)_sum \(histogram.sum / 1_000_000_000).\(zeros)\(fraction)\n\(name)_count \(histogram.count)\n"
    }
}
