import CaptureModel
import Exchanges

extension Rule {
    static let processingNeedless = Rule(
        id: "processing/needless", severity: .note,
        title: "102 although the answer came within a second",
        explanation: Explanation(
            wire: """
                The server sent 102, and the final response began less than a second after the end of the request.
                """,
            matters: """
                No timer that waits for an answer is known to be that short, so the 102 saved nothing. Each one is a risk all the same: \
                clients that take it for the answer fail here too, for an exchange that was in no need of help.
                """,
            remedy: """
                Send 102 only when the work has taken some seconds, by a timer that the final response cancels. RFC \
                2518 thinks of methods that take longer than 20 s.
                """),
        citation: "RFC 2518 section 10.1",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (after 20 ms)
            < HTTP/1.1 201 Created         (after 60 ms)
            """,
        needs: .processing
    ) { exchange, context in
        guard let end = exchange.request?.end, let final = exchange.final else { return nil }
        let waited = final.first.time.since(end.time)
        guard waited >= 0, waited < Pattern.holdThreshold else { return nil }
        func isNeedless(_ interim: InterimResponse) -> Bool { interim.status == 102 && interim.first.time >= end.time }
        guard let first = exchange.interims.first(where: isNeedless) else { return nil }
        return context.occurrence(at: first.first) {
            "\(exchange.interims.count(where: isNeedless)) × 102 to \(exchange.requestText), whose final \(final.status) "
                + "came \(durationText(waited)) after its end"
        }
    }
}
