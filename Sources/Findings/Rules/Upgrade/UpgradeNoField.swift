import Exchanges
import HTTP1

extension Rule {
    static let upgradeNoField = Rule(
        id: "upgrade/no-field", severity: .violation,
        title: "101 without an Upgrade field",
        explanation: Explanation(
            wire: """
                The server answered 101 and did not say, in an Upgrade field, which protocol comes now.
                """,
            matters: """
                The client has to guess what the octets after the empty line are. WebSocket clients refuse such an \
                answer; a proxy cannot decide whether it knows the new protocol.
                """,
            remedy: """
                Send Upgrade with the protocol's name, and `Connection: upgrade`. If the server did, look for a proxy \
                that strips fields of one hop from the response.
                """),
        citation: "RFC 9110 sections 7.8 and 15.2.2; RFC 6455 section 4.1",
        example: """
            > GET /chat HTTP/1.1
            > Connection: upgrade
            > Upgrade: websocket
            < HTTP/1.1 101 Switching Protocols
            """,
        needs: .switched
    ) { exchange, context in
        guard let final = exchange.final, final.status == 101, final.headComplete,
            !exchange.oddities.contains(.tooManyFields), exchange.value(of: "upgrade", in: final.fields) == nil
        else { return nil }
        return context.occurrence(at: final.first) { "101 in answer to \(exchange.requestText) names no protocol" }
    }
}
