extension Rule {
    static let asyncOperation = Rule(
        id: "async/operation", severity: .note,
        title: "a 202 and the polls of its status monitor, as one operation",
        explanation: Explanation(
            wire: """
                A 202 named a status monitor, and requests for that address followed, on this connection or on others. \
                Together they are one operation: the message tells how often the client asked, how it ended, and how \
                long it took, against the time in which connections were busy with it.
                """,
            matters: """
                The total is what a user waits for; no single exchange shows it. The difference to the busy time is \
                what a held request would have occupied a connection for.
                """,
            remedy: """
                Nothing is wrong. Where the total is dominated by the pause before the last poll, a shorter Retry-After \
                serves users better; where there are many polls, a longer one.
                """),
        citation: "RFC 9110 sections 15.3.3 and 10.2.3; RFC 7240 section 4.1",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 202 Accepted, Location: /report/status/7
            > GET /report/status/7 HTTP/1.1
            < HTTP/1.1 202 Accepted
            > GET /report/status/7 HTTP/1.1
            < HTTP/1.1 303 See Other, Location: /report/7
            """
    )
}
