import CaptureModel
import Exchanges

extension Rule {
    static let expectNotAwaited = Rule(
        id: "expect/not-awaited", severity: .note,
        title: "content sent without waiting for the 100 it asked for",
        explanation: Explanation(
            wire: """
                The client asked for a 100, and sent the request's content right behind the head all the same.
                """,
            matters: """
                It is legal: a client need not wait any given time. But the expectation is of no use then, for a \
                refusal comes too late to save the content, and a 100 that arrives afterwards crosses it.
                """,
            remedy: """
                Nothing is wrong. A client that never waits does better without the field: a proxy may hold the request \
                back for it.
                """),
        citation: "RFC 9110 section 10.1.1",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            > Content-Length: 5
            >
            > hello                        (at once)
            """,
        needs: .expectsContinue
    ) { exchange, context in
        guard let (content, waited) = exchange.contentUnasked, waited < Exchange.leastPatience else { return nil }
        return context.occurrence(at: content) {
            "the content of \(exchange.requestText) followed \(durationText(waited)) after its head, without waiting "
                + "for the 100"
        }
    }
}
