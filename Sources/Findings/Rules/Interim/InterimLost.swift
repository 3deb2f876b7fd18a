import CaptureModel
import Exchanges

extension Rule {
    static let interimLost = Rule(
        id: "interim/lost", severity: .note,
        title: "a gap in which interim responses may have been lost",
        explanation: Explanation(
            wire: """
                The client acknowledged octets of the server that are not in the capture, and they were sent while the \
                request waited for its final response. In that place there are interim responses, or the beginning of \
                the final one, and nothing else.
                """,
            matters: """
                The interim responses shown may not be all: their number, the distances between them and the longest \
                silence are bounds only.
                """,
            remedy: """
                Capture again with a larger buffer (tcpdump -B, dumpcap -B), with a filter, or at another place.
                """),
        citation: "RFC 9110 section 15.2; RFC 9293 section 3.4; what was not captured cannot be judged",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing
            < (58 octets acknowledged, not captured)
            < HTTP/1.1 201 Created
            """,
        needs: .missedInWait
    ) { exchange, context in
        guard exchange.missedInWait > 0 else { return nil }
        let place = exchange.final?.first ?? exchange.interims.last?.first ?? exchange.end
        return context.occurrence(at: place) {
            let seen =
                exchange.interims.isEmpty
                ? "none was seen" : "\(counted(exchange.interims.count, "interim response")) seen"
            return
                "\(counted(exchange.missedInWait, "octet")) of the server missed while \(exchange.requestText) waited: "
                + "interim responses may have been among them; \(seen)"
        }
    }
}
