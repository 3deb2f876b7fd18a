/// A timer of a product: how long it waits, what for, and whether an interim response makes it wait anew.
package struct TimeoutProfile: Hashable, Sendable {
    /// Where the product stands between a user and an origin.
    package enum Role: String, Sendable {
        case client
        case proxy
        case loadBalancer = "load balancer"
        case nat
        case server
    }

    /// What starts and what ends a timer.
    package enum Kind: String, Sendable {
        /// Starts anew with octets from the peer.
        case idle
        /// From the request sent to the head of the final response.
        case header
        /// From the start of the request to the final response.
        case absolute
        /// Until the connection is there.
        case connect
        /// The wait for 100 before the content is sent.
        case expect
    }

    /// Whether the timer runs while a request waits for its answer, or at another time (between requests, while
    /// content is sent).
    package enum Guarded: String, Sendable {
        case answer
        case other
    }

    /// What an interim response does to the timer.
    package enum Reset: String, Sendable {
        case yes
        case no
        /// None ever does: it is taken as the final response, or refused, or the timer does not run then.
        case never = "n/a"
        case unknown
    }

    package var product: String
    /// As measured or read; `current`: of 2026 without a number; `service`: hosted; empty: not recorded.
    package var version: String
    package var role: Role
    package var setting: String
    package var seconds: Double
    package var kind: Kind
    package var guards: Guarded
    package var resetByInterim: Reset
    /// Whether the number is from memory or inferred.
    package var isApproximate: Bool
    /// How it is known, and where it was read.
    package var source: String

    package init(
        _ product: String, _ version: String, _ role: Role, _ setting: String, _ seconds: Double, _ kind: Kind,
        _ guards: Guarded, reset: Reset, approximate: Bool = false, _ source: String
    ) {
        self.product = product
        self.version = version
        self.role = role
        self.setting = setting
        self.seconds = seconds
        self.kind = kind
        self.guards = guards
        self.resetByInterim = reset
        self.isApproximate = approximate
        self.source = source
    }

    /// The limit in nanoseconds, clamped to what 64 bits hold.
    package var limit: Int64 { seconds * 1e9 < 9e18 ? Int64(seconds * 1e9) : .max }

    /// Whether the timer counts the peer's silence: an interim response starts it anew. Else it counts the whole wait.
    package var countsSilence: Bool {
        switch resetByInterim {
        case .yes: true
        case .no: false
        case .never, .unknown: kind == .idle
        }
    }

    /// Whether whoever has this timer sits before the server, and leaves when it runs out.
    package var givesUpWaiting: Bool { guards == .answer && role != .server }

    /// Whether `time` (nanoseconds) is this timer's limit: within 2 %, the precision of timers and captures.
    package func matches(_ time: Int64) -> Bool {
        abs(Double(time) - seconds * 1e9) <= seconds * 1e9 * 0.02
    }

    /// `davfs2 read_timeout (30 s)`, without what stands in brackets or behind a comma; `≈` before a number from memory.
    package var label: String {
        let number = seconds == Double(limit / 1_000_000_000) ? "\(limit / 1_000_000_000)" : "\(seconds)"
        return "\(shortProduct) \(setting.shortened) (\(isApproximate ? "≈ " : "")\(number) s)"
    }

    /// The product without its version or part.
    var shortProduct: String { product.shortened }
}

extension String {
    /// What stands before the first bracket or comma.
    fileprivate var shortened: String {
        let end = firstIndex { $0 == "(" || $0 == "," } ?? endIndex
        let cut = self[..<end]
        return String(cut.last == " " ? cut.dropLast() : cut)
    }
}

extension [TimeoutProfile] {
    /// At most `count` of them by name, and how many more there are: `A, B and 3 more`. Each product stands once.
    package func list(atMost count: Int) -> String {
        var seen: Set<String> = []
        let labels = filter { seen.insert($0.shortProduct).inserted }.map(\.label)
        if labels.count > count {
            return labels.prefix(count).joined(separator: ", ") + " and \(labels.count - count) more"
        }
        guard let last = labels.last, labels.count > 1 else { return labels.first ?? "" }
        return labels.dropLast().joined(separator: ", ") + " and " + last
    }
}
