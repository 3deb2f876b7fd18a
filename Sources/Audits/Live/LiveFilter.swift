import Exchanges
import Findings

/// What a live audit shows of all that happens.
package enum LiveInterest: String, Sendable, CaseIterable {
    /// Exchanges with a finding, when they are over.
    case finding
    /// Exchanges from their first interim response on.
    case interim
    /// Exchanges of WebDAV.
    case webdav
    /// Exchanges from the first timer on that would have run out.
    case slow
}

/// Which events and exchanges are shown; the others are only counted.
struct LiveFilter {
    let interest: LiveInterest?
    /// Whether anything is.
    let showsEvents: Bool

    /// Whether an event of this exchange is, or the exchange itself when it is over.
    func wants(_ exchange: OpenExchange?, hasFinding: Bool = false) -> Bool {
        guard showsEvents else { return false }
        return switch interest {
        case nil: true
        case .finding: hasFinding
        case .interim: exchange?.interims ?? 0 > 0
        case .webdav: exchange?.isWebDAV ?? false
        case .slow: exchange?.isSlow ?? false
        }
    }

    /// Whether what others show of an exchange that is over is.
    func wants(_ later: [Finding], on exchange: Exchange, _ timers: WaitTimers) -> Bool {
        guard showsEvents else { return false }
        return switch interest {
        case nil, .finding: true
        // What was lost on the way here is about interim responses too.
        case .interim: !exchange.interims.isEmpty || later.contains { $0.rule.hasPrefix("interim/") }
        case .webdav: exchange.webdav.age != .none
        case .slow: timers.haveRunOut(in: exchange.timing)
        }
    }
}
