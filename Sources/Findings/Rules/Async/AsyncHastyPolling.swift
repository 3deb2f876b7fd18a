extension Rule {
    static let asyncHastyPolling = Rule(
        id: "async/hasty-polling", severity: .note,
        title: "a poll sooner than Retry-After asked",
        explanation: Explanation(
            wire: """
                The 202, or the answer to the poll before, said Retry-After, and the client asked its status monitor \
                again before that time was over (by more than a twentieth of it).
                """,
            matters: """
                Each hasty poll costs a request and tells nothing new; with many clients this is most of a server's \
                load. A server may answer 429 or block the client.
                """,
            remedy: """
                Let the client wait as long as Retry-After says, or the server say a shorter time if it means it.
                """),
        citation: "RFC 9110 section 10.2.3",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 202 Accepted, Location: /report/status/7, Retry-After: 5
            > GET /report/status/7 HTTP/1.1        (0.2 s later)
            """
    )
}
