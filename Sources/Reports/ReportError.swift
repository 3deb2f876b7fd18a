/// Why a report could not be written. Each case says so in one sentence.
package enum ReportError: Error, Equatable, CustomStringConvertible {
    /// The reader of the pipe went away (EPIPE): no failure, only the end of the work.
    case closedPipe
    /// The output could not be opened; `reason` is the system's.
    case cannotOpen(name: String, reason: String)
    /// The output could not be written; `reason` is the system's.
    case cannotWrite(name: String, reason: String)

    /// What was to be written, and the system's reason, for somebody who says the rest.
    package var cause: String {
        switch self {
        case .closedPipe: "the reader closed the pipe"
        case .cannotOpen(let name, let reason), .cannotWrite(let name, let reason): "\(name): \(reason)"
        }
    }

    package var description: String {
        switch self {
        case .closedPipe: "The reader of the report closed the pipe."
        case .cannotOpen(let name, let reason): "The report cannot be written to \(name): \(reason)."
        case .cannotWrite(let name, let reason): "Writing the report to \(name) failed: \(reason)."
        }
    }
}
