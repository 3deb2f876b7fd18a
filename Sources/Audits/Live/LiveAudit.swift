package import CaptureInput
package import CaptureModel
import Exchanges
import Findings
package import Reports
import WireFormat

/// Where a live audit writes.
package struct WatchOutput: ~Copyable {
    /// The report as an audit of a file writes it; `nil` where there is none.
    var report: ReportWriter?
    /// Its format.
    let format: ReportFormat
    /// What happens, as it does, and the summary.
    var stream: ReportWriter?

    /// A report in `format` to `report`, and events to `stream`; either may be `nil`.
    package init(
        report: consuming ByteSink?, as format: ReportFormat, stream: consuming ByteSink?,
        as streamFormat: ReportFormat
    ) {
        isWatched = stream != nil
        // Without a report nothing is gathered for one.
        self.format = report == nil ? .csv(.captures) : format
        switch consume report {
        case .some(let sink): self.report = ReportWriter(format, to: sink)
        case nil: self.report = nil
        }
        switch consume stream {
        case .some(let sink): self.stream = ReportWriter(streamFormat, to: sink)
        case nil: self.stream = nil
        }
    }

    /// Whether somebody wants to know what happens, and not only what came of it.
    fileprivate let isWatched: Bool

    /// Begins both; returns why that failed.
    fileprivate mutating func begin(_ name: String) -> ReportError? {
        do throws(ReportError) {
            try report?.begin(captures: [name])
            try stream?.begin(captures: [name])
            return nil
        } catch {
            return error
        }
    }
}

/// Takes the records of a device: for a report, or for nobody, where somebody only watches.
private struct LiveTaker: RecordTaker, ~Copyable {
    private var writer: ReportWriter?

    init(_ writer: consuming ReportWriter?) {
        self.writer = writer
    }

    mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID?,
        downstream: ExchangeID?
    ) throws(ReportError) {
        try writer?.exchange(
            exchange, connectionEnd: connectionEnd, findings: findings, upstream: upstream, downstream: downstream)
    }

    mutating func finding(_ finding: Finding) throws(ReportError) {
        try writer?.finding(finding)
    }

    /// Ends the report.
    mutating func finish(_ record: CaptureRecord) throws(ReportError) {
        try writer?.finish(captures: [record], summary: record.summary)
    }
}

/// Audits packets as they come: the same pipeline as for files, with what happens told while it does.
///
/// It knows no device and no clock: packets are given to it, and moments of packet time at which none came.
package struct LiveAudit: ~Copyable {
    private var dissector: Dissector
    private var pipeline: AuditPipeline<LiveTaker>
    /// Where events go, exchanges as they end, and the summary.
    private var stream: ReportWriter?
    private let filter: LiveFilter
    let open: OpenExchanges
    private var news: ContiguousArray<AuditNews> = []
    private var streamFailure: ReportError?
    private var evidence: Evidence?
    private var keeper: PacketKeeper?
    /// What is counted for others to fetch; `nil` where nobody does.
    private var metrics: Metrics?
    /// Why evidence cannot be taken at all.
    private var noEvidence: String?
    /// Whether the stream has something that was not flushed.
    private var isPending = false

    /// Why nothing more can be written; the audit is over then.
    package var failure: ReportError? { pipeline.failure ?? streamFailure }

    /// An audit of what comes from the device `name`.
    package init(
        of name: String, snaplen: Int, _ watch: WatchSettings, _ output: consuming WatchOutput
    ) {
        filter = LiveFilter(interest: watch.interest, showsEvents: watch.showsEvents)
        if watch.countsMetrics { metrics = Metrics() }
        if let keep = watch.keep { keeper = PacketKeeper(keep, interface: name, snaplen: snaplen) }
        (evidence, noEvidence) = Evidence.taken(watch.audit)
        dissector = Dissector(limits: watch.audit.dissection, verifyChecksums: watch.audit.verifiesChecksums)
        open = OpenExchanges(WaitTimers(watch.audit.judge.timeouts))
        streamFailure = output.begin(name)
        pipeline = AuditPipeline(
            watch.audit, captures: 1, needs: output.format.needs, taker: LiveTaker(output.report.take()),
            isWatched: output.isWatched || watch.countsMetrics || watch.audit.evidenceFolder != nil)
        stream = output.stream.take()
    }

    /// Takes one packet.
    package mutating func take(_ record: PacketRecord, _ octets: Span<UInt8>) {
        keeper?.add(record, octets)
        let reason = dissector.dissect(record, octets, into: &pipeline)
        if let reason { pipeline.skip(record, reason) }
        if evidence != nil, let flow = pipeline.takeFlow() { evidence?.add(flow, record, octets) }
        if pipeline.hasNews { tellNews() }
    }

    /// No packet came until this moment.
    package mutating func pass(until now: Timestamp) {
        guard let next = open.next, next <= now else { return }
        open.runTimers(until: now) { tell($0, of: $1) }
    }

    /// Writes what was told.
    package mutating func flush() {
        keeper?.flush()
        guard isPending, streamFailure == nil else { return }
        isPending = false
        do throws(ReportError) { try stream?.flush() } catch { streamFailure = error }
    }

    /// Nobody reads any more what is told: it is over.
    mutating func hasNoReader() {
        streamFailure = streamFailure ?? .closedPipe
    }

    /// What was counted so far.
    var tally: CaptureTally { pipeline.tallies[0] }

    /// Ends it: what is open, and the summary. `leavesUnread` where packets still waited to be read.
    package mutating func finish(
        _ outcome: CaptureOutcome, _ device: DeviceCounters, leavesUnread: Bool = false
    ) -> AuditResult {
        pipeline.settleAll()
        tellNews()
        var reached = BoundsReached(dissector)
        reached.losses = evidence?.losses ?? []
        if leavesUnread {
            reached.losses.append(
                "the end was asked for while more packets waited than could be read in time: the last exchanges may be "
                    + "missing or shown in part")
        }
        if device.dropped > 0 {
            let verb = device.dropped == 1 ? "was" : "were"
            reached.losses.append(
                "\(device.dropped) of \(device.received) packets \(verb) dropped before being read "
                    + "(\(device.droppedByKernel) by the kernel, whose buffer was full, \(device.droppedByInterface) by "
                    + "the interface): exchanges may be missing or shown in part; see --buffer and --snaplen")
        }
        pipeline.finish(reached)
        tellNews()
        let record = self.record(outcome, device)
        if pipeline.failure == nil {
            do throws(ReportError) {
                try pipeline.taker.finish(record)
            } catch {
                streamFailure = streamFailure ?? error
            }
        }
        if streamFailure == nil {
            do throws(ReportError) {
                try stream?.finish(captures: [record], summary: record.summary)
            } catch {
                streamFailure = error
            }
        }
        keeper?.finish(received: Int(clamping: device.received), dropped: Int(clamping: device.dropped))
        return AuditResult(captures: [record], worst: pipeline.worst, others: troubles)
    }

    /// What is asked for and cannot be done, or no longer, a sentence each; the audit goes on without.
    var troubles: [String] {
        let ofKeeper: String? =
            switch keeper {
            case .some(let keeper): keeper.trouble
            case nil: nil
            }
        return [ofKeeper, noEvidence, evidence?.trouble].compactMap { $0 }
    }

    /// The record of the capture as it stands.
    func record(_ outcome: CaptureOutcome, _ device: DeviceCounters) -> CaptureRecord {
        var record = captureRecord(outcome, tally)
        record.device = DeviceCounts(
            received: Int(clamping: device.received), droppedByKernel: Int(clamping: device.droppedByKernel),
            droppedByInterface: Int(clamping: device.droppedByInterface))
        return record
    }

    /// What is counted for others to fetch, as text; `nil` where nobody does.
    func metrics(_ record: CaptureRecord) -> String? {
        metrics?.text(record, open: open.table.values.count { !$0.isAnswered })
    }

    // MARK: Telling

    private mutating func tellNews() {
        var news: ContiguousArray<AuditNews> = []
        swap(&news, &self.news)
        pipeline.takeNews(&news)
        for item in news { tell(item) }
        swap(&news, &self.news)
    }

    private mutating func tell(_ news: AuditNews) {
        evidence?.take(news)
        switch news {
        case .event(let event):
            let filter = filter
            open.take(event, wants: { filter.wants($0) }, { tell($0, of: $1) })
        case .over(let item, _):
            let ended = open.end(item.exchange) { tell($0, of: $1) }
            metrics?.add(item.exchange, findings: item.findings)
            tell(item, filter.wants(ended, hasFinding: !item.findings.isEmpty))
        case .settled(let entry): tell(entry)
        case .note(let finding):
            metrics?.add(finding)
            tell(finding)
        }
    }

    /// Tells an event of `exchange`.
    private mutating func tell(_ event: LiveEvent, of exchange: OpenExchange?) {
        guard filter.wants(exchange), streamFailure == nil else { return }
        isPending = true
        do throws(ReportError) { try stream?.event(event) } catch { streamFailure = error }
    }

    /// Tells an exchange that is over, or counts it.
    private mutating func tell(_ item: JudgedExchange, _ isWanted: Bool) {
        guard isWanted else {
            stream?.passOver(item.exchange, connectionEnd: item.end, findings: item.findings)
            return
        }
        guard streamFailure == nil else { return }
        isPending = true
        do throws(ReportError) {
            try stream?.exchange(item.exchange, connectionEnd: item.end, findings: item.findings)
        } catch {
            streamFailure = error
        }
    }

    /// Tells what others showed of an exchange that was told before, or counts it.
    private mutating func tell(_ entry: RelatedExchange) {
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

    /// Tells a finding on the whole capture.
    private mutating func tell(_ finding: Finding) {
        guard streamFailure == nil else { return }
        isPending = true
        do throws(ReportError) { try stream?.finding(finding) } catch { streamFailure = error }
    }
}
