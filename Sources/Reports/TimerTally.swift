import Exchanges
import Findings

/// Which timers the waits of a run went beyond; its size is bounded by the number of timers.
struct TimerTally {
    /// The timers that run while a request waits, shortest first, each with the exchanges that it would have cut.
    private(set) var timers: [(profile: TimeoutProfile, beyond: Int)]
    /// Exchanges that went beyond any of them.
    private(set) var atRisk = 0

    init(_ timers: [TimeoutProfile]) {
        let running = timers.filter { $0.isSet && $0.givesUpWaiting }
        // By name where limits are equal, so that the order is always the same.
        self.timers = running.map { ($0, 0) }.sorted {
            ($0.profile.seconds, $0.profile.label) < ($1.profile.seconds, $1.profile.label)
        }
    }

    mutating func add(_ row: ExchangeRow) {
        guard row.exchange.request?.end != nil, let wait = row.timing.wait,
            wait >= timers.first?.profile.limit ?? .max
        else { return }
        var isAtRisk = false
        for index in timers.indices {
            let timer = timers[index].profile
            if timer.limit > wait { break }
            guard timer.limit <= (timer.countsSilence ? row.timing.longestSilence ?? 0 : wait) else { continue }
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
