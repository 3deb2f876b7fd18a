import Exchanges

extension Rule {
    static let expectUnsolicited = Rule(
        id: "expect/unsolicited", severity: .warning,
        title: "a 100 that nobody asked for",
        explanation: Explanation(
            wire: """
                The server sent 100, and the request had no Expect field.
                """,
            matters: """
                It is legal: a client has to be able to skip it, expected or not. Some do not. Node's fetch (undici) \
                drops the connection, wget2 and PHP streams take it for the answer, as Perl's LWP does with a second \
                one, and Varnish answers 503 for its origin. Most others skip it: curl, Go, Java, Python's http.client.
                """,
            remedy: """
                Do not send 100 where no expectation was sent; as a sign of life it is no better understood than 102. \
                Some servers send it before each request with content, and have a setting for it.
                """),
        citation: "RFC 9110 sections 15.2 and 15.2.1; measured with 33 client set-ups",
        example: """
            > GET /report HTTP/1.1
            < HTTP/1.1 100 Continue
            < HTTP/1.1 200 OK
            """,
        needs: .continued
    ) { exchange, context in
        guard let request = exchange.request, exchange.hasWholeRequestHead,
            exchange.value(of: "expect", in: request.fields) == nil
        else { return nil }
        let all = exchange.interims.filter { $0.status == 100 }
        guard let first = all.first else { return nil }
        return context.occurrence(at: first.first) {
            "\(all.count) × 100 in answer to \(exchange.requestText), which expects nothing"
        }
    }
}
