import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let expectRefused = Rule(
        id: "expect/refused", severity: .note,
        title: "a final response in place of the 100",
        explanation: Explanation(
            wire: """
                The client asked for a 100 before it would send its content, and got a final response instead. The \
                message says whether the content was sent all the same.
                """,
            matters: """
                This is what the expectation is for: a refusal before the content has crossed the network. The next \
                request is the delicate part. If the client leaves the content out and goes on, on a connection where \
                the server still waits for it, the server reads the next request as content: seen with curl against \
                aiohttp and uvicorn, and the cause of CVE-2024-24791 in Go.
                """,
            remedy: """
                Nothing, where the content was not sent and the connection closed, or the server answered the next \
                request. After 417, a client should repeat the request without the expectation; a server that will not \
                read the content does best to close.
                """),
        citation: "RFC 9110 section 10.1.1; RFC 9112 section 9.3",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            > Content-Length: 5
            < HTTP/1.1 401 Unauthorized
            """,
        needs: .expectsContinue
    ) { exchange, context in
        guard let request = exchange.request, request.version.isAtLeast11, exchange.isSeenToTheEnd,
            let final = exchange.final, final.status != 101,
            request.contentBegan.map({ $0.time >= final.first.time }) ?? true,
            !exchange.interims.contains(where: { $0.status == 100 || $0.status == 104 })
        else { return nil }
        return context.occurrence(at: final.first) {
            let content =
                if request.contentBegan == nil {
                    "the content was not sent"
                } else if request.complete {
                    "the content was sent all the same (\(counted(request.bodyBytes, "octet")))"
                } else {
                    "of the content \(counted(request.bodyBytes, "octet")) came, and no more"
                }
            return "\(final.status) in place of a 100, \(durationText(final.first.time.since(request.headEnd.time))) "
                + "after the head of \(exchange.requestText); \(content)"
        }
    }
}
