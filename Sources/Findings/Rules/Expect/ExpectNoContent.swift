import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let expectNoContent = Rule(
        id: "expect/no-content", severity: .violation,
        title: "100-continue expected of a request without content",
        explanation: Explanation(
            wire: """
                The request carried `Expect: 100-continue`, and neither Content-Length nor Transfer-Encoding: there is \
                no content to continue with.
                """,
            matters: """
                Some servers and proxies send a 100 all the same, others do not, and where two hops disagree on what \
                comes next, messages can be smuggled: HEAD, GET or OPTIONS with an expectation is how several front \
                ends were attacked, and HEAD with it makes some of them hang.
                """,
            remedy: """
                Make the client send the field with content only. If the client is not yours, look at who it is: no \
                usual client does this by itself.
                """),
        citation: "RFC 9110 section 10.1.1; RFC 9112 section 6.3; Kettle, “HTTP/1.1 must die”, 2025",
        example: """
            > GET /a HTTP/1.1
            > Expect: 100-continue
            """,
        needs: .expectation
    ) { exchange, context in
        guard let request = exchange.request, exchange.hasWholeRequestHead,
            exchange.list("expect", in: request.fields, has: "100-continue"),
            exchange.value(of: "content-length", in: request.fields) == nil,
            exchange.value(of: "transfer-encoding", in: request.fields) == nil
        else { return nil }
        return context.occurrence(at: request.first) {
            let answer =
                if let first = exchange.interims.first(where: { $0.status == 100 }) {
                    "a 100 came all the same, \(durationText(first.first.time.since(request.headEnd.time))) later"
                } else if let final = exchange.final {
                    "the answer was \(final.status)"
                } else {
                    "no answer was seen"
                }
            return "\(exchange.requestText) expects 100-continue and announces no content; \(answer)"
        }
    }
}
