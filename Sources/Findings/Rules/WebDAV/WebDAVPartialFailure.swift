import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let webdavPartialFailure = Rule(
        id: "webdav/partial-failure", severity: .note,
        title: "a WebDAV operation that failed, wholly or in part",
        explanation: Explanation(
            wire: """
                The final response is 207 and some of the resources in it have a status of failure; or it is 423 \
                (Locked), 424 (Failed Dependency) or 507 (Insufficient Storage). A 404 inside the answer to PROPFIND, \
                REPORT or SEARCH is none: it says that a property or a member does not exist.
                """,
            matters: """
                207 is a status of success by its number. A client that looks at nothing else takes an operation for \
                done that left some resources behind: a COPY without its locked members, a DELETE of half a tree.
                """,
            remedy: """
                Look at the resources named. 423: somebody holds a lock, or the client did not submit its token. 424: \
                another part failed first. 507: a quota or a full disk.
                """),
        citation: "RFC 4918 sections 11.1 to 11.5 and 13",
        example: """
            > DELETE /dav/a/ HTTP/1.1
            < HTTP/1.1 207 Multi-Status
            <
            < <D:multistatus xmlns:D="DAV:"><D:response><D:href>/dav/a/b</D:href>
            < <D:status>HTTP/1.1 423 Locked</D:status></D:response></D:multistatus>
            """,
        needs: .davFailure
    ) { exchange, context in
        guard let final = exchange.final else { return nil }
        if let inner = exchange.innerFailures {
            return context.occurrence(at: final.first) {
                let bound = inner.isWhole ? "" : ", in the beginning of the content, which was looked at"
                let href = inner.href.isEmpty ? "" : " for \(exchange.text(inner.href, limit: 80))"
                return "\(exchange.requestText) was answered 207: \(inner.count) of "
                    + "\(counted(Int(inner.resources), "resource")) failed\(bound), the first with \(inner.status)\(href)"
            }
        }
        return context.occurrence(at: final.first) {
            var hit = exchange.requestText
            if let request = exchange.request,
                let destination = exchange.value(of: "destination", in: request.fields)
            {
                hit += " to \(exchange.text(destination, limit: 80))"
            }
            return "\(hit) was answered \(final.status) (\(Self.meaning(final.status)))"
        }
    }

    private static func meaning(_ status: Int) -> String {
        switch status {
        case 423: "locked: the target, the destination or a member of it"
        case 424: "failed dependency: another part of the request failed first"
        default: "insufficient storage: no room, or more results than the server is willing to give"
        }
    }
}
