import Exchanges
import HTTP1

extension Rule {
    static let interimToHTTP10 = Rule(
        id: "interim/to-http10", severity: .violation,
        title: "an interim response to an HTTP/1.0 request",
        explanation: Explanation(
            wire: """
                The request said HTTP/1.0, and a 1xx response came. HTTP/1.0 knows no interim responses.
                """,
            matters: """
                A client of HTTP/1.0 takes the first response for the answer: it reports the interim status, or takes \
                the final response for content. Load generators and old proxies still speak HTTP/1.0; nginx spoke it \
                to its upstreams by default before 1.29.7.
                """,
            remedy: """
                Send interim responses only where the request's version is HTTP/1.1 or later. Node's \
                `res.writeProcessing()` does not look at it, and several proxies forward a 1xx to HTTP/1.0 clients; \
                behind nginx, set `proxy_http_version 1.1`.
                """),
        citation: "RFC 9110 section 15.2",
        example: """
            > COPY /dav/a HTTP/1.0
            < HTTP/1.1 102 Processing
            """,
        needs: .interimToOld
    ) { exchange, context in
        guard let request = exchange.request, !request.version.isAtLeast11, let first = exchange.interims.first else {
            return nil
        }
        return context.occurrence(at: first.first) {
            "\(exchange.interims.count) × \(exchange.interimStatuses) in answer to \(exchange.requestText), which "
                + "speaks HTTP/\(request.version.major).\(request.version.minor)"
        }
    }
}
