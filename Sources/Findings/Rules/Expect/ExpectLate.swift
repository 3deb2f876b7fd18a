import CaptureModel
import Exchanges

extension Rule {
    static let expectLate = Rule(
        id: "expect/late", severity: .note,
        title: "a 100 after the content had begun",
        explanation: Explanation(
            wire: """
                The client asked for a 100 and began to send its content before one came; the 100 came afterwards.
                """,
            matters: """
                A server may leave the 100 out once it has some of the content, so this one has told nobody anything. A \
                client has to skip it all the same, when it no longer looks for it.
                """,
            remedy: """
                Where the client had waited, make the server answer the head at once (`interlude explain \
                expect/ignored`): it read the content before it sent the 100. Where the client did not wait, nothing is \
                wrong.
                """),
        citation: "RFC 9110 section 10.1.1",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            > Content-Length: 5
            >
            > hello                        (1 s later)
            < HTTP/1.1 100 Continue
            """,
        needs: .expectsContinue
    ) { exchange, context in
        guard let (content, _) = exchange.contentUnasked,
            let late = exchange.interims.first(where: { $0.status == 100 }), late.first.time > content.time
        else { return nil }
        return context.occurrence(at: late.first) {
            "the 100 to \(exchange.requestText) came \(durationText(late.first.time.since(content.time))) after its "
                + "content had begun"
        }
    }
}
