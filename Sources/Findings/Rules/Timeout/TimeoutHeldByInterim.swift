import CaptureModel
import Exchanges

extension Rule {
    static let timeoutHeldByInterim = Rule(
        id: "timeout/held-by-interim", severity: .note,
        title: "a wait that only interim responses kept alive",
        explanation: Explanation(
            wire: """
                The wait for the final response was longer than idle timers of known software, but interim responses \
                came in between, and no single silence was as long. The message names timers that count an interim \
                response as a sign of life.
                """,
            matters: """
                Without its interim responses the exchange would not have survived these timers. So they are needed: a \
                server that leaves them out, or a proxy that swallows them, breaks what works today.
                """,
            remedy: """
                Nothing is wrong. Keep the interval well below the shortest idle timer on the way (`--path` works it \
                out), and remember that timers for the whole wait do not count interim responses.
                """),
        citation: "RFC 2518 section 10.1; measured with 33 client set-ups and 9 proxies",
        example: """
            > MOVE /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (every 10 s)
            < HTTP/1.1 201 Created         (65 s later)
            """,
        needs: .held
    ) { exchange, context in
        guard !exchange.interims.isEmpty, let final = exchange.final, exchange.isSeenToTheEnd,
            let wait = context.timing.wait,
            let silence = context.timing.longestSilence
        else { return nil }
        let held = context.settings.timeouts
            .filter {
                $0.givesUpWaiting && $0.resetByInterim == .yes && $0.limit <= wait && $0.limit > silence
            }
            .sorted { $0.seconds < $1.seconds }
        guard !held.isEmpty else { return nil }
        return context.occurrence(at: final.first) {
            "\(exchange.requestText) waited \(durationText(wait)), but never more than \(durationText(silence)) without "
                + "an interim response: only \(exchange.interims.count == 1 ? "this one" : "these") kept it within the "
                + held.idleTimers(atMost: 6)
                + context.heartbeatClause(wait: wait)
        }
    }
}
