import CaptureInput
import CaptureModel
package import Findings
package import Reports
import WireFormat

/// Why an audit could not begin, or its report not be written.
package enum AuditError: Error, CustomStringConvertible {
    /// The filter, or something else that all files share.
    case input(String)
    case report(ReportError)

    package var description: String {
        switch self {
        case .input(let sentence): sentence
        case .report(let error): error.description
        }
    }
}

/// What came of an audit.
package struct AuditResult: Sendable {
    /// What each capture file came to, in the order given.
    package var captures: [CaptureRecord]
    /// The worst finding; `nil` without any.
    package var worst: Severity?

    /// What else could not be done, a sentence each.
    var others: [String] = []

    /// One sentence for each file that was not read, or not to its end, with the file's path as it was given; and for
    /// what else could not be done.
    package var troubles: [String] {
        captures.compactMap { capture in capture.error.map { "\(capture.file): \($0)" } } + others
    }
}

/// Audits capture files, as one continuous capture in time order or each by itself, and writes one report.
///
/// A file that cannot be read, or not to its end, is told in its record, and the rest is reported. Throws only when
/// there can be no report: the filter is not accepted, or the output not written.
package func audit(
    _ paths: [String], _ settings: AuditSettings, as format: ReportFormat, to sink: consuming ByteSink
) throws(AuditError) -> AuditResult {
    let filter: CaptureFilter?
    do throws(CaptureError) {
        filter = if let expression = settings.filter { try CaptureFilter(expression) } else { nil }
    } catch {
        throw .input(error.sentence)
    }
    var writer = ReportWriter(format, to: sink)
    do throws(ReportError) { try writer.begin(captures: paths) } catch { throw .report(error) }
    var pipeline = AuditPipeline(
        settings, captures: paths.count, needs: format.needs, taker: writer,
        isWatched: settings.evidenceFolder != nil)
    var outcomes: [CaptureOutcome] = []
    var trouble: String?
    let parts = settings.isSeparate ? paths.map { [$0] } : [paths]
    for part in parts where pipeline.failure == nil {
        let first = outcomes.count
        outcomes += read(
            part, firstCapture: first, part: settings.isSeparate ? "\(first + 1)-" : "", filter, settings, &trouble,
            into: &pipeline)
    }
    var records: [CaptureRecord] = []
    var summary = Summary()
    for (outcome, tally) in zip(outcomes, pipeline.tallies) {
        let record = captureRecord(outcome, tally)
        summary.merge(record.summary)
        records.append(record)
    }
    if let failure = pipeline.failure { throw .report(failure) }
    do throws(ReportError) {
        try pipeline.taker.finish(captures: records, summary: summary)
    } catch {
        throw .report(error)
    }
    return AuditResult(captures: records, worst: pipeline.worst, others: trouble.map { [$0] } ?? [])
}

/// Reads the files of one continuous capture through the pipeline. The names of captures of findings begin
/// with `part`; `trouble` says why they could not be written.
func read<Taker: RecordTaker & ~Copyable>(
    _ paths: [String], firstCapture: Int, part: String, _ filter: CaptureFilter?, _ settings: AuditSettings,
    _ trouble: inout String?, into pipeline: inout AuditPipeline<Taker>
) -> [CaptureOutcome] {
    if trouble == nil { (pipeline.evidence, trouble) = Evidence.taken(settings, part: part) }
    var series = CaptureSeries(paths: paths, firstCapture: firstCapture, filter: filter)
    var dissector = Dissector(limits: settings.dissection, verifyChecksums: settings.verifiesChecksums)
    series.forEachPacket { record, octets in
        pipeline.take(record, octets, through: &dissector)
        return pipeline.failure == nil
    }
    pipeline.settleAll()
    var reached = BoundsReached(dissector)
    reached.losses = pipeline.evidence?.losses ?? []
    pipeline.finish(reached)
    trouble = trouble ?? pipeline.evidence?.trouble
    pipeline.evidence = nil
    return series.outcomes
}

/// The record of one capture file, from how its reading went and what was counted.
func captureRecord(_ outcome: CaptureOutcome, _ tally: CaptureTally) -> CaptureRecord {
    var skipped = tally.skipped.map { (reason: $0.key.rawValue, count: $0.value) }
    let facts = outcome.facts
    if let filteredOut = facts?.filteredOut, filteredOut > 0 {
        skipped.append((reason: "filtered", count: Int(clamping: filteredOut)))
    }
    if tally.differingOverlaps > 0 { skipped.append((reason: "differing_overlap", count: tally.differingOverlaps)) }
    if tally.cutPayloads > 0 { skipped.append((reason: "cut_payload", count: tally.cutPayloads)) }
    var summary = tally.summary
    summary.captures = 1
    var status = CaptureStatus(rawValue: outcome.status.rawValue) ?? .unreadable
    var error = outcome.error.map { trouble in
        var trouble = trouble
        trouble.file = ""  // the record names it, and a report tells no path of the machine
        return trouble.sentence
    }
    let unknown = tally.skipped[.unknownLinkType] ?? 0
    if error == nil, let facts, unknown > 0, UInt64(unknown) == facts.packets - facts.filteredOut {
        status = .unreadable
        let types = facts.linkTypes.map(\.name).joined(separator: ", ")
        error =
            "frames of type \(types) are not supported; its \(counted(unknown, "packet")) passed over"
    }
    return CaptureRecord(
        file: outcome.path, format: facts?.format.rawValue, linkTypes: facts?.linkTypes.map(\.name) ?? [],
        packets: Int(clamping: facts?.packets ?? 0), bytes: Int(clamping: facts?.bytes ?? 0), firstPacket: facts?.first,
        lastPacket: facts?.last,
        status: status, error: error, skipped: skipped, summary: summary)
}
