import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let expectContradicted = Rule(
        id: "expect/contradicted", severity: .warning,
        title: "a 100, and then a refusal that needed no content",
        explanation: Explanation(
            wire: """
                The server answered the expectation with 100, took the content, and then refused the request with a \
                status that its head alone decides: 401, 405, 407, 412, 413 for an announced length, 414, 417, 421, \
                423, 426, 428, 431, 501 or 505.
                """,
            matters: """
                The client asked first in order to be told before it sends, and sent its content for nothing. A server \
                has to give such a status at once instead of the 100. Where credentials are asked for, every upload \
                goes over the network twice.
                """,
            remedy: """
                The 100 was sent below the application, by the server program or a proxy, before anybody looked at the \
                request (gunicorn, hypercorn and Caddy do this). Make the check where the 100 is sent, or switch \
                expectations off in the client.
                """),
        citation: "RFC 9110 section 10.1.1",
        example: """
            > PUT /a HTTP/1.1
            > Expect: 100-continue
            < HTTP/1.1 100 Continue
            > (the content)
            < HTTP/1.1 417 Expectation Failed
            """,
        needs: .expectsContinue
    ) { exchange, context in
        guard let request = exchange.request, request.version.isAtLeast11, let final = exchange.final,
            exchange.interims.contains(where: { $0.status == 100 })
        else { return nil }
        let byHead: Bool
        switch final.status {
        case 401, 405, 407, 412, 414, 417, 421, 423, 426, 428, 431, 501, 505: byHead = true
        case 413: if case .length = request.framing { byHead = true } else { byHead = false }
        default: byHead = false
        }
        guard byHead else { return nil }
        return context.occurrence(at: final.first) {
            "a 100 to \(exchange.requestText), and \(final.status) after \(counted(request.bodyBytes, "octet")) of "
                + "content: its head alone decides that"
        }
    }
}
