import CaptureModel

extension Rule {
    static let interimDelayed = Rule(
        id: "interim/delayed", severity: .warning,
        title: "an interim response that a proxy held back",
        explanation: Explanation(
            wire: """
                Both hops of a proxy are in the capture, and an interim response left the proxy a second or more after \
                it had arrived there.
                """,
            matters: """
                An interim response is news of the moment: held back it resets no timer when it should. A proxy that \
                buffers may hand on all of them together with the final response, where they look valid and are \
                worthless; nginx in front of a server that it speaks HTTP/1.0 to was seen to do that.
                """,
            remedy: """
                Switch the proxy's response buffering off for these requests, or do without interim responses.
                """),
        citation: "RFC 9110 section 15.2; measured with nginx 1.22",
        example: """
            proxy > COPY /a HTTP/1.1        < HTTP/1.1 102 Processing    (1 s later)
            client > COPY /a HTTP/1.1       < HTTP/1.1 102 Processing    (8 s later, with the 201)
            """
    ) { pair in
        guard let slowest = pair.slowest, slowest.delay >= HopPair.late else { return nil }
        let late = pair.passed.count { $0.outer.first.time.since($0.inner.first.time) >= HopPair.late }
        let all = pair.passed.count
        let held =
            all == 1
            ? "the \(slowest.mark.status)" : "\(late == all ? "all" : "\(late) of the") \(all) interim responses"
        return Occurrence(
            slowest.mark.first,
            "the proxy held back \(held) to \(pair.inner.text) that it forwarded from the hop behind "
                + "(\(pair.inner.id)), \(late == 1 ? "" : "one of them ")for \(durationText(slowest.delay))")
    }
}
