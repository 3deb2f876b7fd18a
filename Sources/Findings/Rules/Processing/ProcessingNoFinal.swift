import CaptureModel
import Exchanges

extension Rule {
    static let processingNoFinal = Rule(
        id: "processing/no-final", severity: .violation,
        title: "102 Processing without a final response",
        explanation: Explanation(
            wire: """
                The server sent 102, and then closed or reset the connection without a final response. The capture saw \
                the end, and the client had closed nothing before.
                """,
            matters: """
                With 102 the server said that it had accepted the request and was at work. The client cannot know \
                whether the work was done, and repeating a method such as MOVE may do harm.
                """,
            remedy: """
                Look for the end of the process that served the request: a crash, a restart, a watchdog that kills \
                workers (a watchdog does not see 102), or a limit on the whole time of a request.
                """),
        citation: "RFC 2518 section 10.1; RFC 9110 section 15",
        example: """
            > MOVE /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing
            < (the server closes)
            """,
        needs: .processing
    ) { exchange, context in
        guard exchange.final == nil, exchange.outcome == .closedByServer || exchange.outcome == .resetByServer,
            exchange.integrity.isDisjoint(with: [.gap, .snaplen, .oneSided, .limit]),
            let close = exchange.serverClose, exchange.clientClose.map({ close.place.precedes($0.place) }) ?? true
        else { return nil }
        guard let last = exchange.interims.last(where: { $0.status == 102 }) else { return nil }
        return context.occurrence(at: close.place) {
            let after = durationText(close.place.time.since(last.headEnd.time))
            return "the server \(close.isReset ? "reset" : "closed") the connection \(after) after "
                + "\(exchange.lastInterim(102)) to \(exchange.requestText), without a final response"
        }
    }
}
