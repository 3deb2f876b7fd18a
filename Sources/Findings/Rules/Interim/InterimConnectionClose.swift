import Exchanges

extension Rule {
    static let interimConnectionClose = Rule(
        id: "interim/connection-close", severity: .warning,
        title: "Connection: close in an interim response",
        explanation: Explanation(
            wire: """
                A 1xx response carried `Connection: close`. A server that will close the connection says so in its \
                final response; responses with a 1xx status are the ones in which it need not.
                """,
            matters: """
                Whether a connection persists is read from the most recent message. A client or a proxy that goes by \
                the word closes after this response, before the final one; the others cannot tell whether the final \
                response would have allowed the next request.
                """,
            remedy: """
                Send the option with the final response only. Usual causes are a server that adds its connection fields \
                to every response, and a proxy that took its origin's 1xx for the final response, as nginx does.
                """),
        citation: "RFC 9112 sections 9.3 and 9.6",
        example: """
            < HTTP/1.1 102 Processing
            < Connection: close
            <
            < HTTP/1.1 201 Created
            """,
        needs: .maybeOddInterim
    ) { exchange, context in
        let closing = exchange.interims.filter { exchange.list("connection", in: $0.fields, has: "close") }
        guard let first = closing.first else { return nil }
        return context.occurrence(at: first.first) {
            let ending =
                if let final = exchange.final {
                    exchange.list("connection", in: final.fields, has: "close")
                        ? "; the final \(final.status) says the same" : "; the final \(final.status) does not say so"
                } else { "; no final response was seen" }
            let count =
                closing.count == 1
                ? "a \(first.status)" : "\(closing.count) of \(exchange.interims.count) interim responses"
            return "“Connection: close” in \(count) to \(exchange.requestText)\(ending)"
        }
    }
}
