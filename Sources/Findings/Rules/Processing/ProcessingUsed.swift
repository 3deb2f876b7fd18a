import CaptureModel
import Exchanges

extension Rule {
    static let processingUsed = Rule(
        id: "processing/used", severity: .note,
        title: "102 Processing in use",
        explanation: Explanation(
            wire: """
                The server sent 102 while it worked on the request. The message says how many there were, when, and on \
                which method.
                """,
            matters: """
                102 is defined only by RFC 2518 section 10.1, which RFC 4918 obsoleted; RFC 4918 dropped it from WebDAV \
                for lack of implementation. It is still registered with IANA, and RFC 9110 does not mention it. A \
                client must be able to parse it all the same, as any 1xx. It keeps idle timers from firing, on hops \
                that forward it; it does nothing against timers for the whole wait.
                """,
            remedy: """
                Nothing is wrong. Where clients are not under your control, consider 202 with a status monitor: a \
                number of clients take 102 for the final response (`interlude explain interim/taken-as-final`).
                """),
        citation: "RFC 2518 section 10.1; RFC 4918 section 21.4 and appendix F.3; RFC 9110 section 15.2",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing
            < HTTP/1.1 201 Created
            """,
        needs: .processing
    ) { exchange, context in
        guard let first = exchange.interims.first(where: { $0.status == 102 }) else { return nil }
        return context.occurrence(at: first.first) {
            let all = exchange.interims.filter { $0.status == 102 }
            let isOne = all.count == 1
            var message = "\(all.count) × 102 in answer to \(exchange.requestText)"
            if exchange.request != nil {
                message += ", \(isOne ? "" : "the first ")after \(durationText(exchange.offset(first.first)))"
            }
            if let final = exchange.final, let last = all.last {
                let before = durationText(final.first.time.since(last.headEnd.time))
                let link = exchange.request != nil && isOne ? " and " : isOne ? ", " : ", the last "
                message += "\(link)\(before) before the final \(final.status)"
            } else {
                message += ", and no final response"
            }
            return message
        }
    }
}
