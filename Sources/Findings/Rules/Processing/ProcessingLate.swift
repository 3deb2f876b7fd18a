import CaptureModel
import Exchanges

extension Rule {
    static let processingLate = Rule(
        id: "processing/late", severity: .warning,
        title: "a first 102 that comes later than after 20 s",
        explanation: Explanation(
            wire: """
                More than 20 s passed between the end of the request and the first 102; or the client had asked for 102 \
                (`Expect: 102-processing`), none came, and the final response took longer than that.
                """,
            matters: """
                RFC 2518 wants a 102 where a method takes longer than 20 s, which it calls reasonable but arbitrary. \
                A heartbeat cannot help before its first beat: idle timers shorter than this silence, httpx's 5 s and \
                OkHttp's 10 s among them, have run out by then.
                """,
            remedy: """
                Send the first 102 as soon as it is known that the work takes long, not with the first tick of a slow \
                heartbeat. The 20 s are for the first one; there is no interval in the standard.
                """),
        citation: "RFC 2518 section 10.1",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (after 45 s)
            < HTTP/1.1 201 Created
            """,
        needs: [.processing, .expectation]
    ) { exchange, context in
        guard let end = exchange.request?.end, exchange.integrity.isDisjoint(with: [.gap, .snaplen, .oneSided]) else {
            return nil
        }
        if let first = exchange.interims.first(where: { $0.status == 102 }) {
            let waited = first.first.time.since(end.time)
            guard waited > guidance else { return nil }
            return context.occurrence(at: first.first) {
                "the first 102 to \(exchange.requestText) came \(durationText(waited)) after its end"
            }
        }
        guard exchange.optsIntoProcessing, let final = exchange.final else { return nil }
        let waited = final.first.time.since(end.time)
        guard waited > guidance else { return nil }
        return context.occurrence(at: final.first) {
            "\(exchange.requestText) asked for 102 and got none; the final \(final.status) came "
                + "\(durationText(waited)) after its end"
        }
    }

    /// From here on RFC 2518 section 10.1 wants a 102.
    private static let guidance: Int64 = 20_000_000_000
}
