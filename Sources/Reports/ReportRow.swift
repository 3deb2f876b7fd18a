package import Findings

/// A record of a report that stands between its beginning and its captures.
package enum ReportRow: Sendable {
    /// An exchange with the findings on it.
    case exchange(ExchangeRow)
    /// A finding that belongs to no exchange.
    indirect case finding(FindingRow)
}

extension ReportRow {
    /// What was found.
    package var findings: [Finding] {
        switch self {
        case .exchange(let row): row.findings
        case .finding(let row): [row.finding]
        }
    }
}
