import CaptureModel
import Exchanges

extension Rule {
    static let timeoutClientGaveUp = Rule(
        id: "timeout/client-gave-up", severity: .warning,
        title: "a client that leaves before the final response",
        explanation: Explanation(
            wire: """
                The client reset the connection before the final response, or it sent a FIN and nothing answered it. \
                The message says after which time, and which known timer has that limit (within 2 %).
                """,
            matters: """
                The work was for nothing, and may have been done: the client cannot know. A client that repeats the \
                request puts the load on once more.
                """,
            remedy: """
                If a timer matches, raise it, or give a sign of life in time; else look at the client: a user may have \
                cancelled. A FIN alone does not prove lost interest, since a client may close its half and go on \
                reading; one right after the request is not counted here.
                """),
        citation: "RFC 9112 sections 9.5 and 9.6; timers as in `interlude list timeouts`",
        example: """
            > MOVE /dav/a HTTP/1.1
            > (the client resets, 30 s later)
            """,
        needs: .withoutFinal
    ) { exchange, context in
        guard let departure = exchange.clientDeparture else { return nil }
        return context.occurrence(at: departure.close.place) {
            let waited = timerText(departure.wait)
            var message = "the client \(departure.verb) \(waited) after the end of \(exchange.requestText)"
            if let last = exchange.interims.last {
                message += ", \(timerText(departure.silence.last)) after \(exchange.lastInterim(last.status))"
            }
            message += departure.close.isReset ? " (RST)" : " (FIN, answered by nothing)"
            let timers = context.settings.timeouts.filter { $0.givesUpWaiting && departure.matches($0) }
            message += timers.isEmpty ? "; no known timer has that limit" : ": the limit of \(timers.list(atMost: 5))"
            return message
        }
    }
}
