import CaptureModel
import Exchanges

extension Rule {
    static let timeoutAbsolute = Rule(
        id: "timeout/absolute", severity: .warning,
        title: "a wait over common limits on the whole of it",
        explanation: Explanation(
            wire: """
                The final response came (or was still awaited) later than timers allow that run from the request to \
                the final head, whatever comes between. The message says which; told from the threshold on (20 s \
                unless `--silence` says otherwise), and for products named with `--path` from their own limits on.
                """,
            matters: """
                A gateway with such a timer answers 504 in the server's place, and a client with one leaves; the work \
                goes on, and its result is lost. Interim responses start none of these timers anew.
                """,
            remedy: """
                Answer 202 with a status monitor, or make the work shorter. Where all hops are yours, raise these \
                limits on each of them.
                """),
        citation: "RFC 9110 sections 15.2 and 15.6.5; timers as in `interlude list timeouts`",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 102 Processing      (every 10 s)
            < HTTP/1.1 200 OK              (65 s later)
            """,
        needs: .held
    ) { exchange, context in
        guard exchange.isServersTurn, exchange.integrity.isDisjoint(with: [.gap, .oneSided]),
            let wait = context.timing.wait,
            exchange.final != nil || exchange.outcome == .unanswered
        else { return nil }
        let timers = context.settings.timeouts
            .filter { $0.givesUpWaiting && !$0.countsSilence && $0.limit <= wait }
            .sorted { $0.seconds > $1.seconds }
        guard !timers.isEmpty, wait > context.settings.silenceThreshold || timers.contains(where: \.isOnPath) else {
            return nil
        }
        return context.occurrence(at: exchange.final?.first ?? exchange.end) {
            "\(exchange.requestText) waited \(durationText(wait)) for its final response: longer than "
                + "\(timers.list(atMost: 6)) allow\(timers.isOneProduct ? "s" : "") for all of it"
        }
    }
}
