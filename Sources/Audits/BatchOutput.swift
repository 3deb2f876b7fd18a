package import Reports

/// What takes the records of a batch: part after part, in the order of the input.
package protocol BatchOutput: Actor {
    /// What it needs of each part.
    nonisolated var needs: RecordNeeds { get }
    /// The batch begins; `names` are those of all its files.
    func begin(_ names: [String]) throws(ReportError)
    /// A part begins.
    func begin(_ part: BatchPart) throws(ReportError)
    /// Some records of a part, in their order.
    func take(_ rows: [ReportRow]) throws(ReportError)
    /// A part is over; these are its captures.
    func end(_ part: BatchPart, _ captures: [CaptureRecord]) throws(ReportError)
    /// The batch is over.
    func finish(_ captures: [CaptureRecord], _ summary: Summary) throws(ReportError)
    /// Every output of the batch is finished: what was written to the side takes its place.
    func publish() throws(ReportError)
}

/// A report of a batch, in any of the formats.
package actor ReportOutput: BatchOutput {
    package nonisolated let needs: RecordNeeds
    private var writer: ReportWriter

    /// A report for the file at `path`, written to the side until all of the batch is done; for standard output where
    /// there is no path.
    package init(_ format: ReportFormat, to path: String?) throws(ReportError) {
        needs = format.needs
        writer = ReportWriter(
            format, to: try path.map { path throws(ReportError) in try .replacing(path) } ?? .standardOutput())
    }

    package func begin(_ names: [String]) throws(ReportError) { try writer.begin(captures: names) }

    package func begin(_ part: BatchPart) throws(ReportError) {}

    package func take(_ rows: [ReportRow]) throws(ReportError) {
        for row in rows {
            switch row {
            case .exchange(let row): try writer.take(row)
            case .finding(let row): try writer.take(row)
            }
        }
    }

    package func end(_ part: BatchPart, _ captures: [CaptureRecord]) throws(ReportError) {
        for record in captures { try writer.capture(record) }
    }

    package func finish(_ captures: [CaptureRecord], _ summary: Summary) throws(ReportError) {
        try writer.finish(captures: captures, summary: summary)
    }

    package func publish() throws(ReportError) { try writer.publish() }
}
