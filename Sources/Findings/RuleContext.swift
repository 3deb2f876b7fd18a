import CaptureModel
import Exchanges

/// What checks know besides the exchange.
package struct RuleContext: Sendable {
    /// What the user set, in a place of its own: a context is made for each exchange that is worth a look, and copies
    /// no more than a reference.
    final class Settings: Sendable {
        let all: JudgeSettings

        init(_ all: JudgeSettings) {
            self.all = all
        }
    }

    private let shared: Settings
    /// The times of the exchange.
    let timing: Timing
    /// What the exchange shows of WebDAV.
    let webdav: WebDAVReading
    /// Whether somebody reads the messages.
    private let writesMessages: Bool

    init(_ settings: Settings, _ timing: Timing, _ webdav: WebDAVReading, writesMessages: Bool) {
        shared = settings
        self.timing = timing
        self.webdav = webdav
        self.writesMessages = writesMessages
    }

    /// What the user set.
    var settings: JudgeSettings { shared.all }

    /// A case that the packet at `place` proves. Its message is written only where somebody reads it, for most of the
    /// cost of a finding is its text.
    @inline(__always)
    func occurrence(at place: StreamPlace, message: () -> String) -> Occurrence {
        Occurrence(place, writesMessages ? message() : "")
    }

    /// The time of the exchange that a timer counts: the longest silence, or the whole wait. The two are never mixed.
    func counted(by timer: TimeoutProfile) -> Int64 {
        (timer.countsSilence ? timing.longestSilence : timing.wait) ?? 0
    }
}
