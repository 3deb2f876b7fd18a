import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let expectIgnored = Rule(
        id: "expect/ignored", severity: .warning,
        title: "100-continue expected, and no 100 sent",
        explanation: Explanation(
            wire: """
                The client asked for a 100 before it would send the request's content. None came, nor a final \
                response; the client waited, and then sent its content all the same.
                """,
            matters: """
                A server of HTTP/1.1 has to answer such a head at once: with 100, or with a final status. Where it does \
                not, every upload is late by the client's patience: 1 s for curl and Go. A client that waits for ever \
                hangs.
                """,
            remedy: """
                Make the server, or the proxy that swallowed the 100, answer; else switch the expectation off in the \
                client (curl: `-H Expect:`).
                """),
        citation: "RFC 9110 section 10.1.1",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            > Content-Length: 5
            >
            > hello                        (1 s later)
            """,
        needs: .expectsContinue
    ) { exchange, context in
        guard let (content, waited) = exchange.contentUnasked, waited >= Exchange.leastPatience else { return nil }
        return context.occurrence(at: content) {
            var message = "\(exchange.requestText) waited \(durationText(waited)) for a 100 and then sent its content"
            let timers = context.settings.timeouts.filter { $0.kind == .expect && $0.matches(waited) }
            if !timers.isEmpty { message += " (the wait of \(timers.list(atMost: 3)))" }
            if let late = exchange.interims.first(where: { $0.status == 100 || $0.status == 104 }) {
                message += "; the \(late.status) came \(durationText(late.first.time.since(content.time))) later"
            }
            return message
        }
    }
}

extension Exchange {
    /// A shorter wait for a 100 is none: the content was on its way already. In nanoseconds.
    static let leastPatience: Int64 = 200_000_000

    /// Where a client that expects a 100 began its content before any answer, and how long after the head that was.
    /// `nil` where it did not, where the request is older than HTTP/1.1, and where the capture cannot tell.
    var contentUnasked: (content: StreamPlace, waited: Int64)? {
        guard let request, request.version.isAtLeast11, let content = request.contentBegan, isSeenToTheEnd else {
            return nil
        }
        if let final, final.first.time <= content.time { return nil }
        // A client may take 104 as meeting its expectation.
        let answer = interims.first { $0.status == 100 || $0.status == 104 }
        if let answer, answer.first.time <= content.time { return nil }
        return (content, content.time.since(request.headEnd.time))
    }
}
