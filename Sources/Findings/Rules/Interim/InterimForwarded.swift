import CaptureModel

extension Rule {
    static let interimForwarded = Rule(
        id: "interim/forwarded", severity: .note,
        title: "interim responses that a proxy forwarded",
        explanation: Explanation(
            wire: """
                Both hops of a proxy are in the capture, and each interim response of the server behind it reached the \
                client, unchanged and at once.
                """,
            matters: """
                This is what RFC 9110 asks of a proxy. Idle timers of the client see the heartbeat; whether the proxy's \
                own timer towards the server does depends on the product (`interlude list timeouts`).
                """,
            remedy: """
                Nothing is wrong.
                """),
        citation: "RFC 9110 section 15.2",
        example: """
            proxy > COPY /a HTTP/1.1        < HTTP/1.1 102 Processing    (the server's hop)
            client > COPY /a HTTP/1.1       < HTTP/1.1 102 Processing    (the client's hop)
            """
    ) { pair in
        guard let slowest = pair.slowest, pair.missing.isEmpty, slowest.delay < HopPair.late,
            !pair.passed.contains(where: { $0.inner.fields != $0.outer.fields })
        else { return nil }
        let late = durationText(slowest.delay)
        let passed = pair.passed.map(\.outer)
        return Occurrence(
            passed[0].first,
            "the proxy forwarded \(statusesText(passed)) of \(pair.inner.text) from the hop behind (\(pair.inner.id)), "
                + (passed.count == 1 ? "\(late) later" : "each at most \(late) later"))
    }
}
