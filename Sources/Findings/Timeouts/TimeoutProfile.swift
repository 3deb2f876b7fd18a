/// A timer of a product: how long it waits, what for, and whether an interim response makes it wait anew.
package struct TimeoutProfile: Hashable, Sendable {
    /// Where the product stands between a user and an origin.
    package enum Role: String, Sendable, CaseIterable {
        case client
        case proxy
        case loadBalancer = "load balancer"
        case nat
        case server
    }

    /// What starts and what ends a timer.
    package enum Kind: String, Sendable, CaseIterable {
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
    package enum Guarded: String, Sendable, CaseIterable {
        case answer
        case other
    }

    /// What an interim response does to the timer.
    package enum Reset: String, Sendable, CaseIterable {
        case yes
        case no
        /// None ever does: it is taken as the final response, or refused, or the timer does not run then.
        case never = "n/a"
        case unknown
    }

    /// How long the timer runs where nobody set it.
    package enum Default: Hashable, Sendable {
        case seconds(Double)
        /// It does not run unless the user sets it.
        case off
        /// It has a default that nobody established.
        case unknown
    }

    package var product: String
    /// As measured or read; `current`: of 2026 without a number; `service`: hosted; empty: not recorded.
    package var version: String
    package var role: Role
    package var setting: String
    package var standard: Default
    package var kind: Kind
    package var guards: Guarded
    package var resetByInterim: Reset
    package var interims: InterimLimit
    /// Whether the number is from memory or inferred.
    package var isApproximate: Bool
    /// How it is known: measured, documented, source, issue, memory.
    package var evidence: String
    /// Where it was read; empty for what the evidence says already.
    package var source: String
    /// Whether the product is on the reader's own path: verdicts speak of these first.
    package var isOnPath = false

    package init(
        _ product: String, _ version: String, _ role: Role, _ setting: String, _ standard: Default, _ kind: Kind,
        _ guards: Guarded, reset: Reset, interims: InterimLimit = .unknown, approximate: Bool = false,
        _ evidence: String, _ source: String = ""
    ) {
        self.product = product
        self.version = version
        self.role = role
        self.setting = setting
        self.standard = standard
        self.kind = kind
        self.guards = guards
        resetByInterim = reset
        self.interims = interims
        isApproximate = approximate
        self.evidence = evidence
        self.source = source
    }

    /// The rows that come with Interlude: all timers with a default, and those that are off or of unknown default while
    /// a request waits.
    package static let known: [TimeoutProfile] = clients + intermediaries + servers

    /// Seconds until it runs out; infinity where it is off or nobody knows.
    package var seconds: Double {
        if case .seconds(let seconds) = standard { seconds } else { .infinity }
    }

    /// Whether it runs out at all, by default or by what the user said of it.
    package var isSet: Bool { seconds.isFinite }

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
        isSet && abs(Double(time) - seconds * 1e9) <= seconds * 1e9 * 0.02
    }

    /// `davfs2 read_timeout (30 s)`, without what stands in brackets or behind a comma; `≈` before a number from memory;
    /// `on the path` where it is.
    package var label: String {
        "\(shortProduct) \(shortSetting) (\(limitText)\(isOnPath ? ", on the path" : ""))"
    }

    /// `30 s`, `≈ 30 s`, `off`, `unknown`.
    package var limitText: String {
        switch standard {
        case .seconds(let seconds): "\(isApproximate ? "≈ " : "")\(numberText(seconds)) s"
        case .off: "off"
        case .unknown: "unknown"
        }
    }

    /// The product without its version or part.
    package var shortProduct: String { product.shortened }
    /// The setting without its explanation.
    package var shortSetting: String { setting.shortened }
}

extension TimeoutProfile.Default: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    package init(integerLiteral value: Int) { self = .seconds(Double(value)) }
    package init(floatLiteral value: Double) { self = .seconds(value) }
}

/// A number of seconds without a fraction that says nothing: `60`, `1.5`.
package func numberText(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
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
    /// At most `count` of them by name, and how many more there are: `A, B and 3 more`. Each product stands once, those
    /// on the path first.
    package func list(atMost count: Int) -> String {
        var seen: Set<String> = []
        let sorted = filter(\.isOnPath) + filter { !$0.isOnPath }
        let labels = sorted.filter { seen.insert($0.shortProduct).inserted }.map(\.label)
        if labels.count > count {
            return labels.prefix(count).joined(separator: ", ") + " and \(labels.count - count) more"
        }
        guard let last = labels.last, labels.count > 1 else { return labels.first ?? "" }
        return labels.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `idle timers of A and B`: the same with the noun before it.
    func idleTimers(atMost count: Int) -> String {
        "idle timer\(isOneProduct ? "" : "s") of \(list(atMost: count))"
    }

    /// Whether a list names one product only.
    var isOneProduct: Bool { Set(map(\.shortProduct)).count == 1 }
}
