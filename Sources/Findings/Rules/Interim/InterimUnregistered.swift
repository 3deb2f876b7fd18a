import Exchanges
import HTTP1

extension Rule {
    static let interimUnregistered = Rule(
        id: "interim/unregistered", severity: .note,
        title: "an interim response with an unregistered status",
        explanation: Explanation(
            wire: """
                The server sent a 1xx status that is not in IANA's registry, which has 100, 101, 102, 103 and, for the \
                time being, 104.
                """,
            matters: """
                It is legal to receive: a client has to be able to parse it, and takes an unknown 1xx for a 100 that \
                it may ignore. What the server means by it is known only to those who made it; proxies such as Envoy \
                and older nginx drop such a response, or take it for the final one.
                """,
            remedy: """
                Nothing, where it is an experiment of yours. Else find the program by its Server field: a status \
                computed from an error code, or a status line damaged on the way, looks like this too.
                """),
        citation: "RFC 9110 sections 15, 15.2 and 16.2.1; IANA HTTP Status Code Registry",
        example: """
            < HTTP/1.1 199 Thinking
            <
            < HTTP/1.1 200 OK
            """,
        needs: .unregistered
    ) { exchange, context in
        let unknown = exchange.interims.filter { $0.status > 104 }
        guard let first = unknown.first else { return nil }
        return context.occurrence(at: first.first) {
            let reason = first.reason.isEmpty ? "" : " “\(exchange.text(first.reason, limit: 40))”"
            let more = unknown.count > 1 ? ", the first of \(unknown.count) without a registered meaning," : ""
            return "\(first.status)\(reason)\(more) in answer to \(exchange.requestText)"
        }
    }
}
