import Exchanges
import HTTP1

extension Rule {
    /// Also told of a whole capture, without an exchange.
    package static let captureLimit = Rule(
        id: "capture/limit", severity: .note,
        title: "a bound of the audit that was reached",
        explanation: Explanation(
            wire: """
                A capture may hold heads without end, requests that nobody answers, holes that never close. So that it \
                costs bounded memory, each of these has a bound, and one was reached.
                """,
            matters: """
                What lies beyond the bound was read, but not kept: the exchange is shown in part, or was given up before \
                its end, or connections were forgotten.
                """,
            remedy: """
                If the traffic is wanted, raise the bound: interlude list limits shows all, --limit NAME=NUMBER sets one. \
                If it is an attack, this is the place to look.
                """),
        citation: "interlude list limits",
        example: """
            interlude inspect --limit head=262144 large-cookies.pcap
            """,
        needs: .notWhole
    ) { exchange, context in
        guard exchange.integrity.contains(.limit) else { return nil }
        return context.occurrence(at: exchange.origin) {
            let reason =
                if exchange.oddities.contains(.headTooLong) {
                    "a head is longer than the bound (head)"
                } else if exchange.oddities.contains(.tooManyFields) {
                    "a head has more field lines than the bound (fields)"
                } else if exchange.interims.count >= ExchangeLimits().interimsWithFields {
                    "\(exchange.interims.count) interim responses are more than are kept with their fields"
                } else {
                    "there was no room for more open exchanges or held octets (exchange-octets, open-exchanges, reassembly)"
                }
            return "\(exchange.requestText) is shown in part: \(reason)"
        }
    }
}
