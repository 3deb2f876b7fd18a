import CaptureModel
import Exchanges

extension Rule {
    static let timeoutSilent = Rule(
        id: "timeout/silent", severity: .warning,
        title: "a long silence before the final response",
        explanation: Explanation(
            wire: """
                The server sent no octet for longer than the threshold (20 s unless `--silence` says otherwise) while \
                the client waited for its answer. The message says which idle timers of known software are shorter. \
                Products named with `--path` come first; there the shortest of their idle timers is enough, and the \
                message says how far apart interim responses may be to keep them all alive.
                """,
            matters: """
                Clients, proxies, load balancers and NAT gateways drop a connection that is silent for too long; any of \
                them on the way can break this exchange, and some break it without telling either end. RFC 2518 held \
                20 s for the point from which on a server should give a sign of life.
                """,
            remedy: """
                Answer 202 with a status monitor, stream the result, or send interim responses where every hop is known \
                to forward them and the client to understand them. Else raise the idle timers of all hops.
                """),
        citation: "RFC 2518 section 10.1; RFC 9112 section 9.5; timers as in `interlude list timeouts`",
        example: """
            > PROPFIND /dav/ HTTP/1.1
            < HTTP/1.1 207 Multi-Status    (65 s later)
            """,
        needs: [.longSilence, .held]
    ) { exchange, context in
        guard exchange.isServersTurn, exchange.integrity.isDisjoint(with: [.gap, .oneSided]),
            let silence = context.timing.longestSilence, let start = context.timing.silenceStart
        else { return nil }
        let timers = context.settings.timeouts
            .filter { $0.givesUpWaiting && $0.countsSilence && $0.limit <= silence }
            .sorted { $0.seconds > $1.seconds }
        guard silence > context.settings.silenceThreshold || timers.contains(where: \.isOnPath) else { return nil }
        // The proof is the octet that ended the silence; `end` where none did.
        let (sum, overflow) = start.addingReportingOverflow(silence)  // a forged file claims any times
        let ended = overflow ? Int64.max : sum
        let place =
            exchange.interims.first { exchange.offset($0.first) >= ended }?.first ?? exchange.final?.first
            ?? exchange.end
        return context.occurrence(at: place) {
            let from = start == 0 ? "" : ", from \(durationText(start)) on"
            let fired = timers.isEmpty ? "" : ": longer than the \(timers.idleTimers(atMost: 5))"
            let heartbeat = context.heartbeatClause(wait: context.timing.wait ?? 0)
            return "the server was silent for \(durationText(silence)) in \(exchange.requestText)\(from)\(fired)"
                + heartbeat
        }
    }
}
