import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let processingBeforeRequestEnd = Rule(
        id: "processing/before-request-end", severity: .warning,
        title: "102 before the request was complete",
        explanation: Explanation(
            wire: """
                The server sent 102 while the request's content was still on its way, or before any of it.
                """,
            matters: """
                102 says that the server has accepted the complete request and works on it; 100 is the one that asks \
                for the content. A client that waits for a 100 gains nothing by a 102, and may wait for ever. The \
                documentation of Node.js explains `writeProcessing()` with the meaning of 100, which has spread this.
                """,
            remedy: """
                Send 100 (in Node.js `writeContinue()`) to ask for the content, and 102 only after its last octet. \
                During a long upload the client talks, and needs no sign of life.
                """),
        citation: "RFC 2518 section 10.1; RFC 9110 sections 10.1.1 and 15.2.1",
        example: """
            > PUT /dav/a HTTP/1.1
            > Content-Length: 1000000
            < HTTP/1.1 102 Processing
            > (the content)
            """,
        needs: .processing
    ) { exchange, context in
        guard let request = exchange.request, request.headComplete, request.framing != .unknown else { return nil }
        guard let first = exchange.interims.first(where: { $0.status == 102 }) else { return nil }
        guard let end = request.end else {
            // Only where all of the client was captured is content that was not seen content that was not sent.
            guard exchange.isSeenToTheEnd else { return nil }
            return context.occurrence(at: first.first) {
                "a 102 to \(exchange.requestText), whose content was never sent completely"
            }
        }
        guard first.first.time < end.time else { return nil }
        return context.occurrence(at: first.first) {
            let early = exchange.interims.count { $0.status == 102 && $0.first.time < end.time }
            return "\(early) × 102 to \(exchange.requestText), \(early == 1 ? "" : "the first ")"
                + "\(durationText(end.time.since(first.first.time))) before its end"
        }
    }
}
