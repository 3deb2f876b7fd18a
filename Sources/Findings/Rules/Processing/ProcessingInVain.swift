import CaptureModel
import Exchanges

extension Rule {
    static let processingInVain = Rule(
        id: "processing/in-vain", severity: .warning,
        title: "a client that gives up although 102 keeps arriving",
        explanation: Explanation(
            wire: """
                102 came again and again, and the client closed or reset the connection before the final response. It \
                had waited for the next sign of life no longer than before: so what ran out is a timer for the whole \
                wait, not one for silence.
                """,
            matters: """
                An interim response starts idle timers anew, and does nothing to timers for the whole answer: curl -m, \
                Go's Client.Timeout, Java's HttpRequest.timeout, aiohttp's total, Squid's read_timeout. The server \
                goes on with work whose result nobody will read.
                """,
            remedy: """
                Raise the client's limit on the whole request, or use one for silence instead. Where that cannot be \
                done, answer 202 with a status monitor: 102 cannot help.
                """),
        citation: "RFC 2518 section 10.1; measured with 33 client set-ups and 9 proxies",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (after 10 s)
            < HTTP/1.1 102 Processing      (after 20 s)
            > (the client resets, after 30 s)
            """,
        needs: .processing
    ) { exchange, context in
        guard let departure = exchange.clientDeparture, !departure.mayBeIdleTimer,
            let last = exchange.interims.last, last.status == 102
        else { return nil }
        return context.occurrence(at: departure.close.place) {
            let limits = context.settings.timeouts.filter {
                $0.givesUpWaiting && !$0.countsSilence && departure.matches($0)
            }
            let reading =
                limits.isEmpty
                ? "a limit on the whole wait, of no timer known by that number"
                : "the limit of \(limits.list(atMost: 4)) on the whole wait"
            return "the client \(departure.verb) \(timerText(departure.sinceRequest)) after \(exchange.requestText), "
                + "\(durationText(departure.silence.last)) after \(exchange.lastInterim(102)): \(reading)"
        }
    }
}
