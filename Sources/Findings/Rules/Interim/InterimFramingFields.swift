import Exchanges

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
    ) { exchange, _ in
        var found: (interim: InterimResponse, text: String)?
        var count = 0
        for interim in exchange.interims {
            let field =
                exchange.value(of: "content-length", in: interim.fields).map { ("Content-Length", $0) }
                ?? exchange.value(of: "transfer-encoding", in: interim.fields).map { ("Transfer-Encoding", $0) }
            guard let (name, value) = field else { continue }
            count += 1
            if found == nil { found = (interim, "“\(name): \(exchange.text(value, limit: 40))”") }
        }
        guard let found else { return nil }
        let more = count > 1 ? "; \(count) of \(exchange.interims.count) interim responses have such a field" : ""
        return Occurrence(
            found.interim.first, "\(found.text) in a \(found.interim.status) to \(exchange.requestText)\(more)")
    }
}
