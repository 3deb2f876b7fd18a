extension Rule {
    static let interimDesynchronised = Rule(
        id: "interim/desynchronised", severity: .warning,
        title: "a request whose client reads the answer to an earlier one",
        explanation: Explanation(
            wire: """
                A client took an interim response for its answer and sent its next request on the same connection. What \
                it reads next still belongs to the request before.
                """,
            matters: """
                From here on each answer is taken for that of another request: a GET gets what a COPY or another user's \
                request was answered with, a failure looks like a success, and a cache may store it. In a pool or a \
                proxy the connection is shared, so that it hits people who had nothing to do with the interim response. \
                The report shows which request each response belongs to; the client does not know.
                """,
            remedy: """
                Close the connection. Then cure the cause, which the exchange named here shows (`interlude explain \
                interim/taken-as-final`). A client that pipelines on purpose looks alike; it is told only where each \
                of its requests followed a response within 100 ms.
                """),
        citation: "RFC 9112 sections 9.2 and 9.3.2; RFC 9110 section 15.2; measured with Python requests 2.34",
        example: """
            > COPY /a HTTP/1.1
            < HTTP/1.1 102 Processing      (taken for the answer)
            > GET /b HTTP/1.1
            < HTTP/1.1 201 Created         (to COPY /a, taken for the answer to GET /b)
            < HTTP/1.1 200 OK              (to GET /b, read by nobody)
            """
    )
}
