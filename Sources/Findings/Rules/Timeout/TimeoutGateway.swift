import CaptureModel
import Exchanges

extension Rule {
    static let timeoutGateway = Rule(
        id: "timeout/gateway", severity: .warning,
        title: "a gateway or a server that answers for lack of patience",
        explanation: Explanation(
            wire: """
                The final response is 502, 503, 504 or 524, and it came after a time that is the limit of a known \
                gateway (within 2 %); or it is 408, and the request was not complete when a known server's limit for \
                requests had passed.
                """,
            matters: """
                Whoever sent it gave up waiting: a gateway for the server behind it, a server for the rest of the \
                request. The server behind the gateway may still be at work, or have done it. Which status a gateway \
                gives differs: Apache and h2o say 502, Varnish 503, most 504, Cloudflare 524.
                """,
            remedy: """
                Look at the named setting first. Raise it, or let the server answer sooner: 202 with a status monitor \
                leaves no gateway waiting. Interim responses help only where the timer counts silence.
                """),
        citation: "RFC 9110 sections 15.5.9, 15.6.3 to 15.6.5; timers as in `interlude list timeouts`",
        example: """
            > GET /report HTTP/1.1
            < HTTP/1.1 504 Gateway Timeout (60.01 s later)
            """,
        needs: .outOfPatience
    ) { exchange, context in
        guard let final = exchange.final, let request = exchange.request, exchange.isSeenToTheEnd,
            let wait = context.timing.wait, let silence = exchange.silence(until: final.first.time)
        else { return nil }
        let isSlowRequest = final.status == 408 && !request.complete
        let since = final.first.time.since(request.first.time)
        let timers = context.settings.timeouts.filter { timer in
            switch timer.role {
            case .proxy, .loadBalancer:
                guard exchange.isServersTurn, timer.guards == .answer || timer.kind == .connect else { return false }
                return timer.matches(timer.countsSilence ? silence.last : wait)
            case .server:
                return isSlowRequest && timer.guards == .other && timer.kind == .absolute && timer.matches(since)
            case .client, .nat:
                return false
            }
        }
        guard !timers.isEmpty else { return nil }
        return context.occurrence(at: final.first) {
            let after = isSlowRequest ? "\(timerText(since)) after it began" : "after \(timerText(wait))"
            return
                "\(exchange.requestText) was answered \(final.status) \(after): the limit of \(timers.list(atMost: 5))"
        }
    }
}
