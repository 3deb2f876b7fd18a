import CaptureModel
import Exchanges

extension Rule {
    static let webdavLongAndSilent = Rule(
        id: "webdav/long-and-silent", severity: .warning,
        title: "a long WebDAV operation without a 102",
        explanation: Explanation(
            wire: """
                A method of WebDAV that may touch many resources (COPY, MOVE, DELETE, LOCK, PROPFIND, PROPPATCH, \
                REPORT, SEARCH, MERGE, UPDATE …) was silent for longer than the threshold (20 s unless `--silence` \
                says otherwise), and no 102 came.
                """,
            matters: """
                It is the case that RFC 2518 invented 102 for: from 20 s on a server should send it, to keep the \
                client from giving up. RFC 4918 took 102 away and put nothing in its place, and no server of those \
                measured (mod_dav, nginx, lighttpd, WsgiDAV, rclone, Go) sends it. A client that gives up repeats the \
                operation, or reports a failure although it succeeds.
                """,
            remedy: """
                Split the operation (Depth: 1, smaller collections), or raise the idle timers of client and proxies: \
                some file-system clients do so for COPY and MOVE. Where client and server are yours, send 102, or answer 202 with \
                a status monitor.
                """),
        citation: "RFC 2518 section 10.1; RFC 4918 section 21.4 and appendix F.3; measured with 6 servers",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 201 Created         (65 s later)
            """,
        needs: .longSilence
    ) { exchange, context in
        guard let request = exchange.request, let silence = context.timing.longestSilence,
            silence > context.settings.silenceThreshold, exchange.isServersTurn,
            exchange.integrity.isDisjoint(with: [.gap, .oneSided]),
            !exchange.interims.contains(where: { $0.status == 102 })
        else { return nil }
        let method = request.method
        let isLong = Exchange.longMethods.contains { exchange.isMethod(method, $0) }
        // DELETE is everybody's; only with another sign of WebDAV does it mean a tree.
        guard isLong || exchange.isMethod(method, "DELETE") && context.webdav.age != .none else { return nil }
        return context.occurrence(at: exchange.final?.first ?? exchange.end) {
            let end = exchange.final.map { "before the final \($0.status)" } ?? "and had no final response"
            return "\(exchange.requestText) was silent for \(durationText(silence)) \(end), without a 102"
        }
    }
}

extension Exchange {
    /// Methods of WebDAV that may take long by their nature (RFC 4918; RFC 3253; RFC 5323).
    fileprivate static let longMethods: [StaticString] = [
        "COPY", "MOVE", "LOCK", "PROPFIND", "PROPPATCH", "REPORT", "SEARCH", "MERGE", "UPDATE",
    ]
}
