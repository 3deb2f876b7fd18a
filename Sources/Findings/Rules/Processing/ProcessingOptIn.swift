import CaptureModel
import Exchanges

extension Rule {
    static let processingOptIn = Rule(
        id: "processing/opt-in", severity: .note,
        title: "a request that asks for 102",
        explanation: Explanation(
            wire: """
                The request carried `Expect: 102-processing`: the client asks for 102 while the server works.
                """,
            matters: """
                It is in no standard, but a plain opt-in: Jetty, and what is built on it, sends 102 to such requests \
                only. A server that does not know it may answer 417, and a proxy may drop the field or refuse the \
                request, for 100-continue is the only expectation defined.
                """,
            remedy: """
                Keep it where client, server and all hops are yours. Elsewhere `Prefer: respond-async` is the standard \
                way to say that the answer may take long.
                """),
        citation: "RFC 9110 section 10.1.1; RFC 7240 section 4.1; Jetty's `Response.sendProcessing()`",
        example: """
            > POST /job HTTP/1.1
            > Expect: 102-processing
            < HTTP/1.1 102 Processing
            < HTTP/1.1 200 OK
            """,
        needs: .expectation
    ) { exchange, context in
        guard exchange.optsIntoProcessing, let request = exchange.request else { return nil }
        return context.occurrence(at: request.first) {
            let count = exchange.interims.count { $0.status == 102 }
            let result =
                if count > 0 {
                    "\(count) × 102 came"
                } else if let final = exchange.final {
                    "none came before the final \(final.status)"
                } else {
                    "none was seen"
                }
            return "\(exchange.requestText) asks for 102; \(result)"
        }
    }
}

extension Exchange {
    /// Whether the request asks for 102: `Expect: 102-processing`.
    var optsIntoProcessing: Bool {
        guard let request else { return false }
        return list("expect", in: request.fields, has: "102-processing")
    }
}
