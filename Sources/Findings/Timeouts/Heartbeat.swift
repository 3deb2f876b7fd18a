/// What interim responses could do for the products on the reader's own path, had the server sent them while it worked:
/// which of them they keep alive, how far apart they may be, and where they do not help.
package struct Heartbeat: Sendable {
    /// How long the request waited, in nanoseconds.
    private let wait: Int64
    private let path: [TimeoutProfile]

    /// `path` holds the timers that run while a request waits for its answer, those that are off included.
    package init(path: [TimeoutProfile], wait: Int64) {
        self.path = path
        self.wait = wait
    }

    /// Products that take an interim response for the final one, or refuse it.
    package var harmed: [TimeoutProfile] { path.filter(\.interims.forbidsHeartbeat) }

    /// Timers that would have run out in spite of any interim response.
    package var immune: [TimeoutProfile] { path.filter { !$0.countsSilence && $0.limit <= wait && $0.isSet } }

    /// The timer that wants a sign of life soonest.
    package var soonest: TimeoutProfile? {
        path.filter { $0.countsSilence && $0.isSet }.min { $0.seconds < $1.seconds }
    }

    /// The product that lets the fewest interim responses pass, with how many.
    package var strictest: (profile: TimeoutProfile, count: Int)? {
        path.compactMap { profile in
            if case .count(let count) = profile.interims { (profile, count) } else { nil }
        }
        .min { $0.count < $1.count }
    }

    /// The verdict as a clause behind a message; empty without products on the path.
    package var clause: String {
        guard !path.isEmpty else { return "" }
        var parts: [String] = []
        let immune = immune
        if !immune.isEmpty { parts.append("no interim response helps against \(immune.list(atMost: 3))") }
        let harmed = harmed.names(atMost: 3)
        if !harmed.isEmpty {
            parts.append("interim responses do harm to \(harmed), which takes one for the answer or fails")
        } else if immune.isEmpty {
            parts.append(keptAlive)
        }
        return "; on the path, " + parts.joined(separator: ", and ")
    }

    /// The longest heartbeat interval that keeps all timers of the path from running out.
    private var keptAlive: String {
        guard let soonest else { return "no idle timer is known to run" }
        guard soonest.limit <= wait else { return "no timer is as short as the wait" }
        var text =
            "interim responses less than \(numberText(soonest.seconds)) s apart keep all alive (\(soonest.label))"
        if let strictest, wait / max(1, soonest.limit) > Int64(strictest.count) {
            text += ", but \(strictest.profile.shortProduct) lets no more than \(strictest.count) of them pass"
        }
        let doubtful = path.filter { $0.countsSilence && $0.isSet && $0.resetByInterim != .yes }.names(atMost: 3)
        if !doubtful.isEmpty { text += ", if they count for \(doubtful)" }
        return text
    }
}

extension [TimeoutProfile] {
    /// At most `count` products, each once, and how many more there are.
    fileprivate func names(atMost count: Int) -> String {
        var names: [String] = []
        for profile in self where !names.contains(profile.shortProduct) { names.append(profile.shortProduct) }
        let more = names.count > count ? " and \(names.count - count) more" : ""
        return names.prefix(count).joined(separator: ", ") + more
    }
}

extension RuleContext {
    /// What interim responses could do on the reader's own path, for an exchange that waited `wait` nanoseconds.
    func heartbeatClause(wait: Int64) -> String {
        Heartbeat(path: settings.path, wait: wait).clause
    }
}
