import Exchanges

extension Rule {
    static let captureGap = Rule(
        id: "capture/gap", severity: .note,
        title: "an exchange of which the capture missed octets",
        explanation: Explanation(
            wire: """
                Octets of this exchange were acknowledged by their receiver, but are not in the capture: the capturing \
                program or port lost packets.
                """,
            matters: """
                Interim responses may have been among them, so their number, the silences and the end of the exchange \
                are not judged; rules that need them stay quiet.
                """,
            remedy: """
                Capture again with a larger buffer (tcpdump -B, dumpcap -B), with a filter, or at another place.
                """),
        citation: "RFC 9293 section 3.4; what was not captured cannot be judged",
        example: """
            > GET /a HTTP/1.1
            < (1448 octets acknowledged, not captured)
            """,
        needs: .notWhole
    ) { exchange, context in
        guard exchange.integrity.contains(.gap) else { return nil }
        if exchange.request == nil {
            return context.occurrence(at: exchange.origin) {
                "the capture missed the request of this exchange: its wait is not judged"
            }
        }
        return context.occurrence(at: exchange.origin) {
            let lost = exchange.final == nil ? "; its final response was not seen" : ""
            return
                "the capture missed octets of \(exchange.requestText)\(lost): interim responses, silences and the end "
                + "of it are not judged"
        }
    }
}
