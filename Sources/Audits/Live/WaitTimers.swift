import CaptureModel
import Exchanges
import Findings

/// The known timers that run while a request waits, by what they count and how long they are: those that an interim
/// response starts anew count the server's silence, the others the whole wait.
struct WaitTimers: Sendable {
    /// Timers of one length.
    struct Step: Sendable {
        /// In nanoseconds.
        var limit: Int64
        /// Their names, at most three.
        var names: String
    }

    /// In the order of their lengths, each once.
    let silence: [Step]
    let wait: [Step]

    /// Of these timers those that run while the answer is waited for.
    init(_ profiles: [TimeoutProfile]) {
        let running = profiles.filter { profile in
            profile.isSet && profile.guards == .answer && profile.kind != .connect && profile.kind != .expect
        }
        silence = Self.steps(running.filter(\.countsSilence))
        wait = Self.steps(running.filter { !$0.countsSilence })
    }

    /// Whether one of them ran out in an exchange.
    func haveRunOut(in timing: Timing) -> Bool {
        if let first = silence.first, let longest = timing.longestSilence, longest >= first.limit { return true }
        if let first = wait.first, let all = timing.wait, all >= first.limit { return true }
        return false
    }

    private static func steps(_ profiles: [TimeoutProfile]) -> [Step] {
        Set(profiles.map(\.limit)).sorted().map { limit in
            Step(limit: limit, names: profiles.filter { $0.limit == limit }.list(atMost: 3))
        }
    }
}
