import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let captureLimit = Rule(
        id: "capture/limit", severity: .note,
        title: "an exchange that reached a bound of Interlude",
        explanation: Explanation(
            wire: """
                Interlude keeps a bounded amount of each exchange, so that no capture can exhaust its memory, and this \
                exchange had more: a head longer than 64 KiB or of too many field lines, more than 1,000 interim responses with their fields or \
                100,000 in all, more than 1,000 requests under way on a connection, or more out-of-order octets than \
                are held back.
                """,
            matters: """
                What came beyond the bound is not in the report, and rules that would need it stay quiet. Ordinary \
                traffic stays far below; something that reaches a bound is worth a look for its own sake.
                """,
            remedy: """
                Look at the exchange in the capture itself, at the frame that the finding names.
                """),
        citation: "RFC 9112 section 3 and RFC 9110 section 5.4 leave such bounds to each recipient",
        example: """
            < HTTP/1.1 102 Processing      (a thousand times and more)
            """,
        needs: .notWhole
    ) { exchange, _ in
        guard exchange.integrity.contains(.limit) else { return nil }
        let bounds = ExchangeLimits()
        let interims = exchange.interims.count
        let (what, place) =
            if exchange.oddities.contains(.headTooLong) {
                ("a head was longer than is kept, and is shown in part", exchange.end)
            } else if exchange.oddities.contains(.tooManyFields) {
                ("a head had more field lines than are kept", exchange.end)
            } else if interims >= bounds.interims {
                ("only the first \(interims) interim responses are shown", exchange.interims[interims - 1].first)
            } else if interims >= bounds.interimsWithFields {
                (
                    "of its \(interims) interim responses, only the first \(bounds.interimsWithFields) keep their fields",
                    exchange.interims[bounds.interimsWithFields - 1].first
                )
            } else {
                ("more was under way on its connection than is held", exchange.end)
            }
        return Occurrence(place, "\(exchange.requestText) reached a bound: \(what)")
    }
}
