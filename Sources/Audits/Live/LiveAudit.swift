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
    let isWatched: Bool

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

/// Audits packets as they come: the same pipeline as for files, with what happens told while it does.
///
/// It knows no device and no clock: packets are given to it, and moments of packet time at which none came.
package struct LiveAudit: ~Copyable {
    private var dissector: Dissector
    private var pipeline: AuditPipeline<LiveTaker>
    private var keeper: PacketKeeper?
    /// Why evidence cannot be taken at all.
    private let noEvidence: String?

    /// Why nothing more can be written; the audit is over then.
    package var failure: ReportError? { pipeline.failure ?? pipeline.taker.streamFailure }
    /// The exchanges under way.
    var open: OpenExchanges { pipeline.taker.open }

    /// An audit of what comes from the device `name`.
    package init(
        of name: String, snaplen: Int, _ watch: WatchSettings, _ output: consuming WatchOutput
    ) {
        if let keep = watch.keep { keeper = PacketKeeper(keep, interface: name, snaplen: snaplen) }
        dissector = Dissector(limits: watch.audit.dissection, verifyChecksums: watch.audit.verifiesChecksums)
        let failure = output.begin(name)
        let needs = output.format.needs
        let isWatched = output.isWatched || watch.countsMetrics || watch.audit.evidenceFolder != nil
        pipeline = AuditPipeline(
            watch.audit, captures: 1, needs: needs, taker: LiveTaker(watch, output, failure), isWatched: isWatched)
        (pipeline.evidence, noEvidence) = Evidence.taken(watch.audit)
    }

    /// Takes one packet.
    package mutating func take(_ record: PacketRecord, _ octets: Span<UInt8>) {
        keeper?.add(record, octets)
        pipeline.take(record, octets, through: &dissector)
    }

    /// No packet came until this moment.
    package mutating func pass(until now: Timestamp) {
        pipeline.taker.pass(until: now)
    }

    /// Writes what was told.
    package mutating func flush() {
        keeper?.flush()
        pipeline.taker.flush()
    }

    /// Nobody reads any more what is told: it is over.
    mutating func hasNoReader() {
        pipeline.taker.hasNoReader()
    }

    /// What was counted so far.
    var tally: CaptureTally { pipeline.tallies[0] }

    /// Ends it: what is open, and the summary. `leavesUnread` where packets still waited to be read.
    package mutating func finish(
        _ outcome: CaptureOutcome, _ device: DeviceCounters, leavesUnread: Bool = false
    ) -> AuditResult {
        pipeline.settleAll()
        var reached = BoundsReached(dissector)
        reached.losses = pipeline.evidence?.losses ?? []
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
        let record = self.record(outcome, device)
        pipeline.taker.finish(record, writesReport: pipeline.failure == nil)
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
        return [ofKeeper, noEvidence, pipeline.evidence?.trouble].compactMap { $0 }
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
        pipeline.taker.metrics?.text(record, open: open.table.values.count { !$0.isAnswered })
    }
}
