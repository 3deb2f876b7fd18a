import CaptureModel
import Exchanges

extension Rule {
    static let timeoutReuseRace = Rule(
        id: "timeout/reuse-race", severity: .warning,
        title: "a request that met the end of a kept-alive connection",
        explanation: Explanation(
            wire: """
                On a connection that had served requests before, the client sent another one while the server was \
                closing it, or had closed it already: FIN or RST and the request crossed on the way, or the client had \
                not noticed; and no answer came.
                """,
            matters: """
                A server closes connections that were idle for too long, and a client that uses one at that moment \
                gets an error that has nothing to do with its request. Clients repeat by themselves what is safe to \
                repeat (GET, PUT); a POST fails, seemingly at random, a few times a day.
                """,
            remedy: """
                Let the client's keep-alive time be shorter than the server's: then it is always the client that \
                closes. Behind a load balancer, the server's has to be the longer one. Have the client repeat a \
                request that was surely not begun.
                """),
        citation: "RFC 9112 sections 9.3.1 and 9.5; RFC 9110 section 9.2.2",
        example: """
            > GET /a HTTP/1.1
            < HTTP/1.1 200 OK
            < (the server closes, 5 s later)
            > POST /b HTTP/1.1             (1 ms after that)
            """,
        needs: .withoutFinal
    ) { exchange, context in
        guard let departure = exchange.serverDeparture, departure.isReuseRace else { return nil }
        return context.occurrence(at: departure.close.place) {
            let what = departure.close.isReset ? "RST" : "FIN"
            let when =
                departure.sinceRequest <= 0
                ? "\(durationText(-max(departure.sinceRequest, -.max))) before"
                : "\(durationText(departure.sinceRequest)) after"
            return
                "\(exchange.requestText), request \(exchange.number) of its connection, met the server's \(what): that "
                + "came \(when) it, and no answer did"
        }
    }
}
