import CaptureModel
import Exchanges

extension Rule {
    static let hintsTooLate = Rule(
        id: "hints/too-late", severity: .note,
        title: "103 Early Hints right before the final response",
        explanation: Explanation(
            wire: """
                The first 103 came less than 10 ms before the final response.
                """,
            matters: """
                Hints are of use in the time in which the server is still at work. So close to the final response, \
                whose fields say the same, a client gains nothing, and pays for another message to parse.
                """,
            remedy: """
                Send the 103 before the work begins that the final response waits for. Where the answer takes a few \
                milliseconds anyhow, leave the 103 out. A proxy that collects both before it forwards them looks the \
                same: compare with a capture behind it.
                """),
        citation: "RFC 8297 section 2",
        example: """
            > GET / HTTP/1.1
            < HTTP/1.1 103 Early Hints     (after 50 ms)
            < Link: </a.css>; rel=preload
            <
            < HTTP/1.1 200 OK              (after 51 ms)
            """,
        needs: .hints
    ) { exchange, context in
        guard let first = exchange.interims.first(where: { $0.status == 103 }), let final = exchange.final else {
            return nil
        }
        let lead = final.first.time.since(first.headEnd.time)
        guard lead >= 0, lead < leastLead else { return nil }
        return context.occurrence(at: first.first) {
            "the 103 to \(exchange.requestText) came \(durationText(lead)) before the final \(final.status)"
        }
    }

    /// A hint that leads by less is taken for one that came too late: a round trip on a near network.
    private static let leastLead: Int64 = 10_000_000
}
