import CaptureModel
import Exchanges

extension Rule {
    static let timeoutUnanswered = Rule(
        id: "timeout/unanswered", severity: .note,
        title: "a request still unanswered at the end of the capture",
        explanation: Explanation(
            wire: """
                The capture ended while the request still waited for its final response, on a connection that was \
                still open.
                """,
            matters: """
                How the exchange ended is not known: its wait and its longest silence are at least what the report \
                shows, not more than a lower bound.
                """,
            remedy: """
                Capture for longer if this exchange matters.
                """),
        citation: "RFC 9110 section 15; what was not captured cannot be judged",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing
            (end of the capture)
            """,
        needs: .withoutFinal
    ) { exchange, context in
        guard exchange.outcome == .unanswered, exchange.final == nil,
            exchange.integrity.isDisjoint(with: [.oneSided, .limit]),
            let request = exchange.request
        else { return nil }
        return context.occurrence(at: exchange.end) {
            let waited = durationText(exchange.end.time.since(request.first.time))
            let interims = exchange.interims.count
            let signs = interims == 0 ? "" : "; \(counted(interims, "interim response")) had come"
            return
                "no final response to \(exchange.requestText) when the capture ended, \(waited) after its start\(signs)"
        }
    }
}
