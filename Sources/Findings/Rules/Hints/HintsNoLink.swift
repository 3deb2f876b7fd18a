import Exchanges

extension Rule {
    static let hintsNoLink = Rule(
        id: "hints/no-link", severity: .note,
        title: "103 Early Hints without Link",
        explanation: Explanation(
            wire: """
                A 103 carried no Link field.
                """,
            matters: """
                The fields of a 103 are hints at those of the final response, and Link with preload or preconnect is \
                the one that clients act upon. Without it, a browser has nothing to do, and clients that stumble over \
                1xx responses were put at risk for nothing.
                """,
            remedy: """
                Send the Link fields of the final response in the 103, or leave the 103 out. A 103 is not made to be a \
                sign of life.
                """),
        citation: "RFC 8297 section 2; RFC 8288 section 3",
        example: """
            > GET / HTTP/1.1
            < HTTP/1.1 103 Early Hints
            <
            < HTTP/1.1 200 OK
            """,
        needs: .hints
    ) { exchange, context in
        let isWhole = exchange.isSeenToTheEnd
        let hints = exchange.interims.filter { $0.status == 103 }
        let empty = hints.filter { exchange.value(of: "link", in: $0.fields) == nil }
        guard isWhole, let first = empty.first else { return nil }
        return context.occurrence(at: first.first) {
            hints.count == 1
                ? "the 103 to \(exchange.requestText) has no Link"
                : "\(empty.count) of \(hints.count) × 103 to \(exchange.requestText) \(empty.count == 1 ? "has" : "have") no Link"
        }
    }
}
