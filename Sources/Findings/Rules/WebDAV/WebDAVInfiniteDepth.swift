import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let webdavInfiniteDepth = Rule(
        id: "webdav/infinite-depth", severity: .warning,
        title: "a PROPFIND without limit of depth",
        explanation: Explanation(
            wire: """
                A PROPFIND said Depth: infinity, or had no Depth field, which means the same. The message says how \
                long the answer took.
                """,
            matters: """
                The server walks through the whole tree below the target, and most write the answer only when they are \
                through: a long silence, and a large one. Anybody may ask for it, so it is a way to bring a server \
                down; many refuse it with 403 and `propfind-finite-depth` (Apache does unless DavDepthInfinity is on).
                """,
            remedy: """
                In the client, say Depth: 1 and go down level by level; a client has to send the field. In the server, \
                refuse infinity.
                """),
        citation: "RFC 4918 sections 9.1, 9.1.1 and 20.1",
        example: """
            > PROPFIND /dav/ HTTP/1.1
            > Depth: infinity
            < HTTP/1.1 207 Multi-Status    (12 s later)
            """,
        needs: .propfind
    ) { exchange, context in
        guard context.webdav.depth != .oneOctet, let request = exchange.request, exchange.hasWholeRequestHead else {
            return nil
        }
        let isDefault = context.webdav.depth == .absent
        // Microsoft's "infinity,noroot" goes as deep (MS-WDVSE section 3.2.5.3).
        guard isDefault || exchange.list("depth", in: request.fields, has: "infinity") else { return nil }
        return context.occurrence(at: request.first) {
            let what = isDefault ? "has no Depth field, which means infinity" : "asks for infinite depth"
            let how =
                if let final = exchange.final {
                    "answered \(final.status) after \(durationText(context.timing.wait ?? 0))"
                        + (final.bodyBytes > 0 ? " with \(counted(final.bodyBytes, "octet"))" : "")
                } else {
                    "no final response in \(durationText(context.timing.total))"
                }
            return "\(exchange.requestText) \(what): \(how)"
        }
    }
}
