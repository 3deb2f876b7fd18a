import CaptureModel
import Exchanges
import Findings
import Reports

/// Takes what happens on a device and what comes of it: tells it to whoever watches, counts it, and writes the report
/// where one is asked for.
struct LiveTaker: RecordTaker, ~Copyable {
    /// The report that is ready at the end.
    private var report: ReportWriter?
    /// Where events go, exchanges as they end, and the summary.
    private var stream: ReportWriter?
    private let filter: LiveFilter
    /// The exchanges under way.
    let open: OpenExchanges
    /// What is counted for others to fetch; `nil` where nobody does.
    private(set) var metrics: Metrics?
    /// Why nothing more can be told.
    private(set) var streamFailure: ReportError?
    /// Whether the stream has something that was not flushed.
    private var isPending = false

    /// Tells and writes to `output`, unless that has failed already.
    init(_ watch: WatchSettings, _ output: consuming WatchOutput, _ failure: ReportError?) {
        filter = LiveFilter(interest: watch.interest, showsEvents: watch.showsEvents)
        open = OpenExchanges(WaitTimers(watch.audit.judge.timeouts))
        if watch.countsMetrics { metrics = Metrics() }
        report = output.report.take()
        stream = output.stream.take()
        streamFailure = failure
    }

    mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID?,
        downstream: ExchangeID?
    ) throws(ReportError) {
        try report?.exchange(
            exchange, connectionEnd: connectionEnd, findings: findings, upstream: upstream, downstream: downstream)
    }

    mutating func finding(_ finding: Finding) throws(ReportError) {
        metrics?.add(finding)
        if streamFailure == nil {
            isPending = true
            do throws(ReportError) { try stream?.finding(finding) } catch { streamFailure = error }
        }
        try report?.finding(finding)
    }

    mutating func happened(_ event: ExchangeEvent, _ octets: borrowing [UInt8]) {
        let filter = filter
        open.take(event, octets, wants: { filter.wants($0) }, { tell($0, of: $1) })
    }

    /// An exchange that is over is told, or only counted.
    mutating func ended(_ exchange: borrowing Exchange, _ findings: [Finding]) {
        let ended = open.end(exchange) { tell($0, of: $1) }
        metrics?.add(exchange, findings: findings)
        guard filter.wants(ended, hasFinding: !findings.isEmpty) else {
            stream?.passOver(exchange, findings: findings)
            return
        }
        guard streamFailure == nil else { return }
        isPending = true
        do throws(ReportError) {
            try stream?.exchange(
                exchange, connectionEnd: ConnectionEnd(kind: .open, closedFirst: nil), findings: findings)
        } catch {
            streamFailure = error
        }
    }

    /// What others showed of an exchange that was told before is told, or only counted.
    mutating func settled(_ entry: RelatedExchange) {
        let (later, withdrawn) = (entry.laterFindings, entry.withdrawnFindings)
        guard !later.isEmpty || !withdrawn.isEmpty else { return }
        for finding in later { metrics?.add(finding) }
        for finding in withdrawn { metrics?.withdraw(finding) }
        guard streamFailure == nil else { return }
        let isShown = filter.wants(later, on: entry.exchange, open.timers)
        isPending = isPending || isShown
        do throws(ReportError) {
            try stream?.revise(later, insteadOf: withdrawn, isShown: isShown)
        } catch {
            streamFailure = error
        }
    }

    /// No packet came until this moment.
    mutating func pass(until now: Timestamp) {
        guard let next = open.next, next <= now else { return }
        open.runTimers(until: now) { tell($0, of: $1) }
    }

    /// Writes what was told.
    mutating func flush() {
        guard isPending, streamFailure == nil else { return }
        isPending = false
        do throws(ReportError) { try stream?.flush() } catch { streamFailure = error }
    }

    /// Nobody reads any more what is told.
    mutating func hasNoReader() {
        streamFailure = streamFailure ?? .closedPipe
    }

    /// Ends the report, unless that has failed, and what is told.
    mutating func finish(_ record: CaptureRecord, writesReport: Bool) {
        do throws(ReportError) {
            if writesReport { try report?.finish(captures: [record], summary: record.summary) }
        } catch {
            streamFailure = streamFailure ?? error
        }
        guard streamFailure == nil else { return }
        do throws(ReportError) {
            try stream?.finish(captures: [record], summary: record.summary)
        } catch {
            streamFailure = error
        }
    }

    /// Tells an event of `exchange`.
    private mutating func tell(_ event: LiveEvent, of exchange: OpenExchange?) {
        guard filter.wants(exchange), streamFailure == nil else { return }
        isPending = true
        do throws(ReportError) { try stream?.event(event) } catch { streamFailure = error }
    }
}
