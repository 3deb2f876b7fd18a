package import CaptureModel

/// How bad a finding is, by the words of the standards (RFC 2119).
package enum Severity: String, Sendable, BitwiseCopyable, CaseIterable, Comparable {
    /// Worth knowing, "not judged" included.
    case note
    /// A SHOULD is broken, or a user is at risk.
    case warning
    /// A MUST is broken.
    case violation

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .violation: 2
        }
    }
}

/// One occurrence of a rule, with the packet that proves it.
package struct Finding: Sendable {
    /// The rule's id, `family/slug`.
    package var rule: String
    package var severity: Severity
    /// The exchange's number on its connection; `nil` for a finding about a connection or a capture.
    package var exchange: Int?
    /// The connection's number; `nil` for a finding about a capture.
    package var connection: Int?
    /// The packet that proves it.
    package var place: StreamPlace
    /// Nanoseconds after the origin of the exchange; `nil` without one.
    package var at: Int64?
    /// One sentence with the numbers of this case. Wire octets in it are escaped already (`WireText`).
    package var message: String

    package init(
        rule: String, severity: Severity, exchange: Int?, connection: Int?, place: StreamPlace, at: Int64?,
        message: String
    ) {
        self.rule = rule
        self.severity = severity
        self.exchange = exchange
        self.connection = connection
        self.place = place
        self.at = at
        self.message = message
    }
}
