import CaptureModel

extension Rule {
    static let interimChanged = Rule(
        id: "interim/changed", severity: .warning,
        title: "an interim response that a proxy changed",
        explanation: Explanation(
            wire: """
                Both hops of a proxy are in the capture, and an interim response left it with other fields than it had \
                come with; those of one connection (Connection, Keep-Alive) and Via, Date and Server are left aside.
                """,
            matters: """
                A proxy forwards interim responses as they are. Link fields of a 103 that are lost or added change what \
                a browser loads early; a field that is added, as Connection: close, may be taken for the end.
                """,
            remedy: """
                Compare the two responses in the report. Where the proxy removes what does not belong into a 1xx, as \
                Content-Length, it is right, and the server should not send it.
                """),
        citation: "RFC 9110 sections 15.2 and 7.6",
        example: """
            proxy > GET / HTTP/1.1          < HTTP/1.1 103 Early Hints, Link: </a.css>; rel=preload
            client > GET / HTTP/1.1         < HTTP/1.1 103 Early Hints
            """
    ) { pair in
        guard pair.isWhole else { return nil }
        let changed = pair.passed.filter { $0.inner.fields != $0.outer.fields }
        guard let first = changed.first else { return nil }
        return Occurrence(
            first.outer.first,
            "the proxy changed the fields of \(statusesText(changed.map(\.outer))) to \(pair.inner.text) from the hop "
                + "behind (\(pair.inner.id))")
    }
}
