import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let upgradeContinueMissing = Rule(
        id: "upgrade/continue-missing", severity: .violation,
        title: "101 without the 100 that was expected before it",
        explanation: Explanation(
            wire: """
                The request asked for another protocol (Upgrade) and for a 100 before its content, and the server \
                answered 101 without a 100.
                """,
            matters: """
                The client cannot use the new protocol before its request is complete, and waits for a 100 to complete \
                it. After the 101, nobody knows whether the next octets are the rest of the request or the new \
                protocol.
                """,
            remedy: """
                Send 100, read the content, then send 101. A server that cannot do both ignores the upgrade, which it \
                always may.
                """),
        citation: "RFC 9110 section 7.8",
        example: """
            > POST /a HTTP/1.1
            > Connection: upgrade
            > Upgrade: h2c
            > Expect: 100-continue
            > Content-Length: 5
            < HTTP/1.1 101 Switching Protocols
            """,
        needs: .switched
    ) { exchange, context in
        guard let request = exchange.request, request.version.isAtLeast11, exchange.isSeenToTheEnd,
            let final = exchange.final, final.status == 101, !request.framing.isNone,
            exchange.list("expect", in: request.fields, has: "100-continue"),
            exchange.value(of: "upgrade", in: request.fields) != nil,
            !exchange.interims.contains(where: { $0.status == 100 })
        else { return nil }
        // A server that has some of the content may leave the 100 out.
        if let content = request.contentBegan, content.time <= final.first.time { return nil }
        return context.occurrence(at: final.first) {
            let after = durationText(final.first.time.since(request.headEnd.time))
            return "101 came \(after) after the head of \(exchange.requestText), without the 100 that it expects"
        }
    }
}
