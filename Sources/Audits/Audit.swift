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

    /// One sentence for each file that was not read, or not to its end.
    package var troubles: [String] { captures.compactMap(\.error) }
}

/// Audits capture files, as one continuous capture in time order or each by itself, and writes one report.
///
/// A file that cannot be read, or not to its end, is told in its record, and the rest is reported. Throws only when
/// there can be no report: the filter is not accepted, or the output not written.
package func audit(
    _ paths: [String], _ settings: AuditSettings, as format: ReportFormat, to sink: consuming ByteSink
) throws(AuditError) -> AuditResult {
    var writer = ReportWriter(format, to: sink)
    do throws(ReportError) { try writer.begin(captures: paths) } catch { throw .report(error) }
    var pipeline = AuditPipeline(settings, captures: paths.count, format: format, writer: writer)
    var outcomes: [CaptureOutcome] = []
    let parts = settings.isSeparate ? paths.map { [$0] } : [paths]
    for part in parts where pipeline.failure == nil {
        outcomes += try read(part, firstCapture: outcomes.count, settings, into: &pipeline)
    }
    var records: [CaptureRecord] = []
    var summary = Summary()
    for (outcome, tally) in zip(outcomes, pipeline.tallies) {
        let record = captureRecord(outcome, tally)
        summary.merge(record.summary)
        records.append(record)
    }
    pipeline.end(records, summary)
    if let failure = pipeline.failure { throw .report(failure) }
    return AuditResult(captures: records, worst: pipeline.worst)
}

/// Reads the files of one continuous capture through the pipeline.
private func read(
    _ paths: [String], firstCapture: Int, _ settings: AuditSettings, into pipeline: inout AuditPipeline
) throws(AuditError) -> [CaptureOutcome] {
    let series: CaptureSeries
    do throws(CaptureError) {
        series = try CaptureSeries(paths: paths, firstCapture: firstCapture, filter: settings.filter)
    } catch {
        throw .input(error.sentence)
    }
    var dissector = Dissector(limits: settings.dissection, verifyChecksums: settings.verifiesChecksums)
    let outcomes = series.read { record, octets in
        let reason = dissector.dissect(record, octets, into: &pipeline)
        pipeline.take(record, reason)
        return pipeline.failure == nil
    }
    pipeline.finish()
    return outcomes
}

/// The record of one capture file, from how its reading went and what was counted.
private func captureRecord(_ outcome: CaptureOutcome, _ tally: CaptureTally) -> CaptureRecord {
    var skipped = tally.skipped.map { (reason: $0.key.rawValue, count: $0.value) }
    let facts = outcome.facts
    if let filteredOut = facts?.filteredOut, filteredOut > 0 {
        skipped.append((reason: "filtered", count: filteredOut))
    }
    if tally.differingOverlaps > 0 { skipped.append((reason: "differing_overlap", count: tally.differingOverlaps)) }
    var summary = tally.summary
    summary.captures = 1
    var status: CaptureStatus = outcome.error == nil ? .complete : facts == nil ? .unreadable : .truncated
    var error = outcome.error?.sentence
    let unknown = tally.skipped[.unknownLinkType] ?? 0
    if error == nil, let facts, unknown > 0, unknown == facts.packets - facts.filteredOut {
        status = .unreadable
        let types = facts.linkTypes.map(\.name).joined(separator: ", ")
        error = "\(outcome.path): frames of type \(types) are not supported; all \(unknown) packets were passed over"
    }
    return CaptureRecord(
        file: outcome.path, format: facts?.format.rawValue, linkTypes: facts?.linkTypes.map(\.name) ?? [],
        packets: facts?.packets ?? 0, bytes: facts?.bytes ?? 0, firstPacket: facts?.first, lastPacket: facts?.last,
        status: status, error: error, skipped: skipped, summary: summary)
}
