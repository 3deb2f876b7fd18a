import Exchanges

extension Rule {
    static let interimAfterFinal = Rule(
        id: "interim/after-final", severity: .violation,
        title: "an interim response that no request waits for",
        explanation: Explanation(
            wire: """
                The server sent a 1xx response on a connection where every request had its final response already, or \
                before there was any request. All requests of the connection were captured, so none was overlooked.
                """,
            matters: """
                A response carries no sign of the request that it answers: a client counts. Octets that arrive while \
                nothing is outstanding may be taken for the beginning of the next answer, and from then on each request \
                gets the answer of another. The next user of a pooled connection may see them.
                """,
            remedy: """
                Look in the server for a heartbeat that goes on after the final response was sent: a timer that is not \
                stopped, or a second thread that writes. A client does best to close such a connection.
                """),
        citation: "RFC 9112 section 9.2; RFC 9110 section 15",
        example: """
            > GET /a HTTP/1.1
            < HTTP/1.1 200 OK
            < Content-Length: 0
            <
            < HTTP/1.1 102 Processing
            """,
        needs: .stray
    ) { exchange, context in
        guard exchange.stray, let first = exchange.interims.first else { return nil }
        return context.occurrence(at: first.first) {
            let rest = exchange.final.map { ", then a \($0.status)," } ?? ""
            return
                "\(exchange.interims.count) × \(exchange.interimStatuses)\(rest) came while no request waited for an "
                + "answer"
        }
    }
}
