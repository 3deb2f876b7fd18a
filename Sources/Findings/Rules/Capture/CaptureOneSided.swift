import Exchanges

extension Rule {
    static let captureOneSided = Rule(
        id: "capture/one-sided", severity: .note,
        title: "an exchange of which only one direction was captured",
        explanation: Explanation(
            wire: """
                The capture holds packets of one side of the connection only: the requests, or the responses.
                """,
            matters: """
                Without the requests no wait can be measured, without the responses nothing is known of interim and \
                final ones. Rules that need both stay quiet.
                """,
            remedy: """
                Capture where both directions pass. Usual causes are a mirror port set to one direction, paths that \
                differ by direction, and a filter such as `dst port 80`.
                """),
        citation: "RFC 9112 section 9.2; what was not captured cannot be judged",
        example: """
            tcpdump dst port 80
            """,
        needs: .notWhole
    ) { exchange, _ in
        guard exchange.integrity.contains(.oneSided) else { return nil }
        let (seen, missing) =
            exchange.request == nil
            ? ("server", "the request and its wait are")
            : ("client", "interim responses, the final one and all waits are")
        return Occurrence(
            exchange.origin,
            "only packets of the \(seen) were captured (\(exchange.requestText)): \(missing) not judged")
    }
}
