import CaptureModel

extension Rule {
    static let interimInvented = Rule(
        id: "interim/invented", severity: .note,
        title: "an interim response of a proxy's own making",
        explanation: Explanation(
            wire: """
                Both hops of a proxy are in the capture, and the client got an interim response that the server behind \
                the proxy had not sent by then.
                """,
            matters: """
                A proxy may answer Expect: 100-continue itself, and nginx always does: the client then sends its content \
                although the server, which never saw the expectation, may refuse it. Any other interim response of a \
                proxy says nothing about the server.
                """,
            remedy: """
                Nothing is wrong as such. Where the server's opinion on the content should count, look for a setting \
                that forwards the expectation.
                """),
        citation: "RFC 9110 sections 10.1.1 and 15.2",
        example: """
            client > PUT /a HTTP/1.1, Expect: 100-continue     < HTTP/1.1 100 Continue
            proxy > PUT /a HTTP/1.1                            (no expectation, no 100)
            """
    ) { pair in
        guard pair.isWhole, let first = pair.invented.first else { return nil }
        return Occurrence(
            first.first,
            "the proxy made \(statusesText(pair.invented)) itself: the server behind it had sent none by then "
                + "(\(pair.inner.id))")
    }
}
