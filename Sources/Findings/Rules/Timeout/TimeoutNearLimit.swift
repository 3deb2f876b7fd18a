import CaptureModel
import Exchanges

extension Rule {
    static let timeoutNearLimit = Rule(
        id: "timeout/near-limit", severity: .note,
        title: "an answer that came just in time for a known limit",
        explanation: Explanation(
            wire: """
                The final response came in the last tenth of a limit that known software sets: the longest silence was \
                that near to an idle timer, or the whole wait to one that counts all of it.
                """,
            matters: """
                It went well this time. A little more load, or a little more data, and whoever has that timer breaks \
                the exchange.
                """,
            remedy: """
                If one of the named products is on the way, raise its limit or shorten the work before it fails; \
                `--path` tells Interlude which ones are.
                """),
        citation: "RFC 9112 section 9.5; timers as in `interlude list timeouts`",
        example: """
            > GET /report HTTP/1.1
            < HTTP/1.1 200 OK              (58 s later)
            """,
        needs: .held
    ) { exchange, context in
        guard let final = exchange.final, exchange.statusSigns != .outOfPatience, exchange.isServersTurn,
            exchange.integrity.isDisjoint(with: [.gap, .oneSided])
        else { return nil }
        let near = context.settings.timeouts.filter { timer in
            guard timer.givesUpWaiting else { return false }
            let time = context.counted(by: timer)
            return time < timer.limit && time >= timer.limit - timer.limit / 10
        }
        guard !near.isEmpty else { return nil }
        return context.occurrence(at: final.first) {
            let (idle, whole) = (near.filter(\.countsSilence), near.filter { !$0.countsSilence })
            var parts: [String] = []
            if !idle.isEmpty {
                parts.append(
                    "\(timerText(context.timing.longestSilence ?? 0)) of silence is nearly the limit of "
                        + idle.list(atMost: 4))
            }
            if !whole.isEmpty {
                parts.append(
                    "\(timerText(context.timing.wait ?? 0)) of waiting is nearly the limit of \(whole.list(atMost: 4))")
            }
            return "\(exchange.requestText) was answered in time, but \(parts.joined(separator: "; "))"
        }
    }
}
