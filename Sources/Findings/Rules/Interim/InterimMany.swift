import Exchanges

extension Rule {
    static let interimMany = Rule(
        id: "interim/many", severity: .warning,
        title: "more interim responses than some software survives",
        explanation: Explanation(
            wire: """
                One request had six interim responses or more before its final response. Each is legal, for no standard \
                limits their number; software does. Measured with one request: Go's net/http 1.19 fails at the 6th, \
                and with it Caddy 2.6 and rclone 1.60; Java's HttpClient at the 9th; Apache httpd 2.4 as a proxy answers 502 at the 10th; tornado's \
                simple client fails at the 11th; neon 0.32 (cadaver, davfs2) at the 128th.
                """,
            matters: """
                A heartbeat that is there to keep a connection alive breaks it, and only for requests that take long \
                enough to have so many. Newer releases limit other things: Go since about 1.24 and curl count the \
                octets of all heads (curl 300 KiB), neon since 0.33 the time that all of them take. curl 7.88, wget, \
                aria2, aiohttp, Node.js, HAProxy, Squid, lighttpd and h2o let 150 pass. nginx, Varnish and Traffic \
                Server stumble over the first one already.
                """,
            remedy: """
                Send fewer: an interval just below the shortest idle timer on the way is enough (`interlude list \
                timeouts`), and standards ask for no other. RFC 2518's 20 s is when the first 102 is due, not an \
                interval.
                """),
        citation: "RFC 9110 section 15.2 sets no limit; measured, and read in the sources",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (ten times)
            < HTTP/1.1 201 Created
            """,
        needs: .crowded
    ) { exchange, context in
        let count = exchange.interims.count
        let broken = capacities.filter { count >= $0.failsAt }
        guard let least = broken.first else { return nil }
        return context.occurrence(at: exchange.interims[least.failsAt - 1].first) {
            let names = broken.map { "\($0.who) at the \($0.failsAt)th" }.joined(separator: ", ")
            let atLeast = exchange.integrity.isDisjoint(with: [.gap, .limit]) ? "" : "at least "
            return "\(atLeast)\(count) interim responses (\(exchange.interimStatuses)) to \(exchange.requestText): "
                + "fails in \(names)"
        }
    }

    /// Which interim response to one request is too much for whom.
    private static let capacities: [(failsAt: Int, who: String)] = [
        (Exchange.uncrowded + 1, "Go 1.19, Caddy 2.6 and rclone 1.60"), (9, "Java's HttpClient"),
        (10, "Apache httpd 2.4 as a proxy"), (11, "tornado's simple client"), (128, "neon 0.32"),
    ]
}
