import CaptureModel
import Exchanges

extension Rule {
    static let webdavCleartextCredentials = Rule(
        id: "webdav/cleartext-credentials", severity: .warning,
        title: "Basic credentials in the clear",
        explanation: Explanation(
            wire: """
                The request carried user name and password by the Basic scheme, in Authorization or \
                Proxy-Authorization, over a connection without TLS. Basic does not encrypt them; it only writes them \
                in base64. Connections inside one host are not counted.
                """,
            matters: """
                Everybody on the way can read the password and use it. So can everybody who gets this capture, or a \
                report of it that shows fields.
                """,
            remedy: """
                Use TLS. Treat this password as known and change it; keep the capture to yourself. The Windows WebClient \
                refuses Basic without TLS by default for this reason.
                """),
        citation: "RFC 7617 section 4; RFC 4918 section 20.1",
        example: """
            > PROPFIND /dav/ HTTP/1.1
            > Authorization: Basic (user name and password in base64)
            """,
        needs: .basicCredentials
    ) { exchange, context in
        guard let request = exchange.request, !exchange.connection.isWithinOneHost else { return nil }
        for (field, name) in [("authorization", "Authorization"), ("proxy-authorization", "Proxy-Authorization")]
            as [(StaticString, String)]
        {
            guard let value = exchange.value(of: field, in: request.fields), exchange.namesBasic(value) else {
                continue
            }
            return context.occurrence(at: request.first) {
                "\(exchange.requestText) carries a user name and a password in \(name), readable by everybody on the way"
            }
        }
        return nil
    }
}

extension ConnectionIdentity {
    /// Whether both ends have loopback addresses (RFC 1122 section 3.2.1.3; RFC 4291 section 2.5.3).
    fileprivate var isWithinOneHost: Bool { isLoopback(client.address) && isLoopback(server.address) }

    private func isLoopback(_ address: IPAddress) -> Bool {
        address.isIPv6 ? address.high == 0 && address.low == 1 : address.low >> 24 == 127
    }
}
