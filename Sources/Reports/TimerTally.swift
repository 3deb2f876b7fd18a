import Exchanges
import Findings

/// Which timers the waits of a run went beyond; its size is bounded by the number of timers.
struct TimerTally {
    /// The timers that run while a request waits, shortest first, each with the exchanges that it would have cut.
    private(set) var timers: [(profile: TimeoutProfile, beyond: Int)]
    /// Exchanges that went beyond any of them.
    private(set) var atRisk = 0
    /// The shortest limit in nanoseconds: most exchanges need no other look.
    private let shortest: Int64

    init(_ timers: [TimeoutProfile]) {
        // By name where limits are equal, so that the order is always the same.
        let running = timers.filter { $0.isSet && $0.givesUpWaiting }
            .map { (seconds: $0.seconds, label: $0.label, profile: $0) }
            .sorted { ($0.seconds, $0.label) < ($1.seconds, $1.label) }
        self.timers = running.map { ($0.profile, 0) }
        shortest = running.first?.profile.limit ?? .max
    }

    /// Counts an exchange by its times, where its request is known to have ended.
    mutating func add(_ timing: Timing) {
        guard let wait = timing.wait, wait >= shortest else { return }
        var isAtRisk = false
        for index in timers.indices {
            let timer = timers[index].profile
            if timer.limit > wait { break }
            guard timer.limit <= (timer.countsSilence ? timing.longestSilence ?? 0 : wait) else { continue }
            timers[index].beyond += 1
            isAtRisk = true
        }
        if isAtRisk { atRisk += 1 }
    }

    /// Those that exchanges went beyond: those that most went beyond first, then the shortest.
    var reached: [TimeoutProfile] {
        timers.filter { $0.beyond > 0 }
            .sorted { ($1.beyond, $0.profile.seconds) < ($0.beyond, $1.profile.seconds) }.map(\.profile)
    }
}
