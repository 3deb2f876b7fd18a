import CaptureModel

extension Rule {
    static let interimNotForwarded = Rule(
        id: "interim/not-forwarded", severity: .warning,
        title: "an interim response that a proxy kept to itself",
        explanation: Explanation(
            wire: """
                Both hops of a proxy are in the capture, and the server behind it sent an interim response that its \
                client never got, although the client speaks HTTP/1.1 and still waited. A 100 counts only where the \
                client asked for it and got none.
                """,
            matters: """
                A proxy has to forward 1xx responses unless it asked for them itself. What keeps the connection between \
                proxy and server alive does not reach the client: its timers run on, and the operator sees heartbeats \
                that help nobody. Varnish, h2o and Apache with proxy-interim-response Suppress forward none; nginx \
                forwards the first alone, and takes it for the final response.
                """,
            remedy: """
                Do not rely on interim responses through this proxy; configure it to forward them where it can, raise \
                the client's limit, or answer 202 with a status monitor.
                """),
        citation: "RFC 9110 section 15.2; measured with 12 proxies",
        example: """
            proxy > COPY /a HTTP/1.1        < HTTP/1.1 102 Processing    (the server's hop)
            client > COPY /a HTTP/1.1       (nothing)                    (the client's hop)
            """
    ) { pair in
        guard pair.isWhole, let first = pair.missing.first else { return nil }
        let all = pair.inner.interims.count
        let kept =
            pair.missing.count == all
            ? (all == 1 ? "its \(first.status)" : "all of its \(statusesText(pair.missing))")
            : "\(statusesText(pair.missing)) of its \(statusesText(pair.inner.interims))"
        return Occurrence(
            first.first,
            "the proxy did not forward \(kept): \(pair.inner.text) had \(pair.missing.count == 1 ? "it" : "them") on the hop behind (\(pair.inner.id)), and "
                + "its client, which still waited, did not")
    }
}
