import Exchanges
import HTTP1

extension Rule {
    static let processingOutsideWebDAV = Rule(
        id: "processing/outside-webdav", severity: .note,
        title: "102 outside WebDAV",
        explanation: Explanation(
            wire: """
                102 answered a method that WebDAV does not define, in a request without any sign of WebDAV.
                """,
            matters: """
                RFC 2518 made 102 for WebDAV's long methods, and only its clients could be expected to know it. \
                Applications send it to others too, with Node's `writeProcessing()`, Go, Jetty or frameworks on top of \
                them. Every client of HTTP/1.1 has to be able to parse it; 13 of the programs and libraries measured cannot.
                """,
            remedy: """
                Where the clients are browsers or your own programs, 202 with a status monitor, or a stream of events, \
                says more than 102 can. Else test each client with a 102 before you rely on it.
                """),
        citation: "RFC 2518 section 10.1; RFC 9110 sections 15.2 and 15.3.3",
        example: """
            > GET /report HTTP/1.1
            < HTTP/1.1 102 Processing
            < HTTP/1.1 200 OK
            """,
        needs: .processing
    ) { exchange, context in
        // PUT and DELETE are WebDAV's as well, and need no field of it.
        guard let method = exchange.request?.method, exchange.hasWholeRequestHead, context.webdav.age == .none,
            !exchange.isMethod(method, "PUT"), !exchange.isMethod(method, "DELETE"),
            let first = exchange.interims.first(where: { $0.status == 102 })
        else { return nil }
        return context.occurrence(at: first.first) {
            let count = exchange.interims.count { $0.status == 102 }
            return "\(count) × 102 in answer to \(exchange.requestText), which shows no sign of WebDAV"
        }
    }
}
