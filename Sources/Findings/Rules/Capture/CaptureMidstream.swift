import Exchanges

extension Rule {
    static let captureMidstream = Rule(
        id: "capture/midstream", severity: .note,
        title: "an exchange that may have begun before the capture",
        explanation: Explanation(
            wire: """
                The connection was open when the capture began, and this exchange may have begun before: its request, \
                or earlier interim responses, are not in the capture.
                """,
            matters: """
                Times count from what was seen first. How long the exchange took, and how many interim responses it \
                had, is not judged.
                """,
            remedy: """
                Start the capture before the client connects, if this exchange matters.
                """),
        citation: "RFC 9112 section 9.2; what was not captured cannot be judged",
        example: """
            (the capture begins)
            < HTTP/1.1 102 Processing
            < HTTP/1.1 201 Created
            """,
        needs: .notWhole
    ) { exchange, context in
        guard exchange.integrity.contains(.midstream) else { return nil }
        return context.occurrence(at: exchange.origin) {
            let what =
                exchange.request == nil
                ? "the request of this exchange came before the capture"
                : "the capture began while the connection of \(exchange.requestText) was open"
            return "\(what): its wait and what came earlier are not judged"
        }
    }
}
