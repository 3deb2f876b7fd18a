import Exchanges
import HTTP1

extension Rule {
    static let asyncNoMonitor = Rule(
        id: "async/no-monitor", severity: .warning,
        title: "202 Accepted without a way to learn the result",
        explanation: Explanation(
            wire: """
                The final response is 202, and nothing in it says how to learn what became of the work: no Location, \
                Operation-Location, Azure-AsyncOperation, Content-Location, Link or Retry-After, and no content that \
                could point somewhere.
                """,
            matters: """
                202 promises nothing: the work may fail later, and HTTP has no way to tell the client of it. A client \
                that needs the result has to guess where to look, and cannot tell “not yet” from “never”.
                """,
            remedy: """
                Send a status monitor's address in Location (or in the content) and a Retry-After. Where nobody will \
                ever ask, as with logs and events, allow this finding.
                """),
        citation: "RFC 9110 section 15.3.3",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 202 Accepted
            < Content-Length: 0
            """,
        needs: .accepted
    ) { exchange, context in
        guard let final = exchange.final, final.status == 202, final.complete, final.bodyBytes == 0,
            exchange.statusMonitor == nil, exchange.value(of: "retry-after", in: final.fields) == nil,
            exchange.isSeenToTheEnd, !exchange.oddities.contains(.tooManyFields)
        else { return nil }
        return context.occurrence(at: final.first) {
            "\(exchange.requestText) was accepted with 202, without content and without a field that says where the "
                + "result will be"
        }
    }
}
