import Exchanges
import HTTP1

extension Rule {
    static let interimFramingFields = Rule(
        id: "interim/framing-fields", severity: .violation,
        title: "Content-Length or Transfer-Encoding in an interim response",
        explanation: Explanation(
            wire: """
                A 1xx response carried Content-Length or Transfer-Encoding. It ends at its empty line all the same: an \
                interim response never has content, whatever its fields say.
                """,
            matters: """
                A recipient that believes the field waits for content that does not come, or takes the beginning of the \
                final response for it. Proxies differ: some strip the field, some forward it. Where two hops disagree \
                on where a message ends, responses can be smuggled.
                """,
            remedy: """
                Remove the field from interim responses. Usual causes are a framework that adds it to every response, \
                and code that writes 1xx through the function meant for final ones.
                """),
        citation: "RFC 9110 section 8.6; RFC 9112 sections 6.1 and 6.3",
        example: """
            < HTTP/1.1 102 Processing
            < Content-Length: 5
            <
            < HTTP/1.1 201 Created
            """,
        needs: .maybeOddInterim
    ) { exchange, context in
        let framed = exchange.interims.filter { exchange.framingField(of: $0) != nil }
        guard let first = framed.first, let (name, value) = exchange.framingField(of: first) else { return nil }
        return context.occurrence(at: first.first) {
            "“\(name): \(exchange.text(value, limit: 40))” in a \(first.status) to \(exchange.requestText)"
                + exchange.suchFields(in: framed.count)
        }
    }
}

extension Exchange {
    /// The field of an interim response that says how long its content is, with its value.
    fileprivate func framingField(of interim: InterimResponse) -> (name: String, value: OctetRange)? {
        value(of: "content-length", in: interim.fields).map { ("Content-Length", $0) }
            ?? value(of: "transfer-encoding", in: interim.fields).map { ("Transfer-Encoding", $0) }
    }
}
