import CaptureModel
import Exchanges

extension Rule {
    static let timeoutServerGaveUp = Rule(
        id: "timeout/server-gave-up", severity: .warning,
        title: "a server that leaves before its final response",
        explanation: Explanation(
            wire: """
                The server closed or reset the connection while the client still waited for the final response. The \
                message says after which time, and which known timer has that limit (within 2 %).
                """,
            matters: """
                The client cannot know whether its request was carried out, and may repeat it only where that does no \
                harm. Behind a gateway it becomes a 502.
                """,
            remedy: """
                If a timer matches, look there: a watchdog that kills workers, a load balancer or NAT gateway that \
                forgets silent connections. Else look for a crash or a restart in the server's log.
                """),
        citation: "RFC 9112 sections 9.5 and 9.6; RFC 9110 section 9.2.2; timers as in `interlude list timeouts`",
        example: """
            > GET /report HTTP/1.1
            < (the server closes, 30 s later)
            """,
        needs: .withoutFinal
    ) { exchange, context in
        guard let departure = exchange.serverDeparture, !departure.isReuseRace else { return nil }
        return context.occurrence(at: departure.close.place) {
            let timers = context.settings.timeouts.filter {
                $0.role != .client && $0.guards == .answer
                    && $0.matches($0.countsSilence ? departure.silence.last : departure.wait)
            }
            let verb = departure.close.isReset ? "reset" : "closed"
            let what = exchange.request?.complete == true ? "end" : "head"
            var message =
                "the server \(verb) the connection \(timerText(departure.wait)) after the \(what) of \(exchange.requestText)"
            if let last = exchange.interims.last {
                message += ", \(timerText(departure.silence.last)) after \(exchange.lastInterim(last.status))"
            }
            message += ", without a final response"
            if !timers.isEmpty { message += ": the limit of \(timers.list(atMost: 5))" }
            return message
        }
    }
}
