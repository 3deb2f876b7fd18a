import CaptureModel
import Exchanges

extension Rule {
    static let expectRepeated = Rule(
        id: "expect/repeated", severity: .warning,
        title: "more than one 100 in an exchange",
        explanation: Explanation(
            wire: """
                The server sent 100 twice or more before the final response.
                """,
            matters: """
                It is legal, and a risk: a client that skips one 100 takes the second for its answer (Perl's LWP), \
                fails (OkHttp 3), or drops the connection (Node's fetch, where no 100 was asked for). The usual cause \
                is a proxy that sends a 100 of its own and forwards the origin's as well, as Caddy 2.6 does.
                """,
            remedy: """
                Let one hop answer the expectation. As a sign of life, 100 is the wrong status: clients handle it as \
                the answer to an expectation, if at all.
                """),
        citation: "RFC 9110 sections 10.1.1 and 15.2.1; measured with 33 client set-ups and 9 proxies",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            < HTTP/1.1 100 Continue
            < HTTP/1.1 100 Continue
            < HTTP/1.1 201 Created
            """,
        needs: .continued
    ) { exchange, context in
        guard exchange.request != nil else { return nil }
        let all = exchange.interims.filter { $0.status == 100 }
        guard all.count > 1 else { return nil }
        return context.occurrence(at: all[1].first) {
            let apart = durationText(all[1].first.time.since(all[0].first.time))
            let more = all.count > 2 ? ", the first two \(apart) apart" : ", \(apart) apart"
            return "\(all.count) × 100 in answer to \(exchange.requestText)\(more)"
        }
    }
}
