import Exchanges

extension Rule {
    static let captureOneSided = Rule(
        id: "capture/one-sided", severity: .note,
        title: "an exchange of which one direction is missing",
        explanation: Explanation(
            wire: """
                Packets of one direction of this connection are in the capture, and none of the other: the other way \
                took another path, or the filter or the mirror port left it out.
                """,
            matters: """
                Requests without responses look unanswered, and responses without requests have no wait. Neither is \
                judged, and nobody can say who was silent.
                """,
            remedy: """
                Capture at one of the two hosts, or mirror both directions; in a filter, name hosts and ports without \
                src and dst.
                """),
        citation: "what was not captured cannot be judged",
        example: """
            tcpdump 'dst port 80'
            """,
        needs: .notWhole
    ) { exchange, context in
        guard exchange.integrity.contains(.oneSided) else { return nil }
        return context.occurrence(at: exchange.origin) {
            let what =
                exchange.request == nil
                ? "only the server's packets of this connection were captured: what they answer"
                : "only the client's packets of this connection were captured: the answer to \(exchange.requestText)"
            return "\(what) is not judged"
        }
    }
}
