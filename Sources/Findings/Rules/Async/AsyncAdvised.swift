import CaptureModel
import Exchanges

extension Rule {
    static let asyncAdvised = Rule(
        id: "async/advised", severity: .note,
        title: "a held request that another way would serve better",
        explanation: Explanation(
            wire: """
                The request was held for 10 s or more before its final response. The message says which way fits it, \
                and why: 202 with a status monitor, a stream of events, or a raised limit in the client; and how long \
                the connection was held for nothing.
                """,
            matters: """
                A held request occupies a connection, and a worker in many servers, at every hop; each timer on the way \
                can break it, and when it breaks nobody knows what became of the work. 10 s is the rule of thumb of \
                Google's AIP-151 for an operation that should not be held.
                """,
            remedy: """
                202 with a status monitor where the client may ask later. Server-Sent Events, with a comment line about \
                every 15 s, where it wants progress or data as they come. A raised limit where the client is a WebDAV \
                program as it comes: it would take a 202 for the end of the work.
                """),
        citation: "RFC 9110 section 15.3.3; RFC 7240 section 4.1; AIP-151; HTML section 9.2.7",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 200 OK              (25 s later)
            """,
        needs: .held
    ) { exchange, context in
        guard let wait = context.timing.wait, wait >= Advice.heldFrom, exchange.isServersTurn,
            exchange.integrity.isDisjoint(with: [.gap, .oneSided])
        else { return nil }
        switch exchange.pattern(wait: wait) {
        case .silentHold, .interimHeartbeat: break
        default: return nil
        }
        return context.occurrence(at: exchange.final?.first ?? exchange.end) {
            "\(exchange.requestText) was held for \(durationText(wait)); better \(Advice(for: exchange, context.webdav.age).text(wait: wait))"
        }
    }
}

/// What would serve a held request better.
private enum Advice {
    /// The server may answer at once, and the client ask later. With whether the client said that it can.
    case accept(asked: Bool)
    /// The client waits for data or for progress.
    case events(asked: Bool)
    /// The client is a program as it comes, which knows neither.
    case patience

    /// From here on a request counts as held too long, in nanoseconds.
    static let heldFrom: Int64 = 10_000_000_000

    /// What User-Agents of WebDAV programs begin with that users do not change (`neon` stands behind others).
    private static let programs: [StaticString] = [
        "davfs2/", "cadaver/", "litmus/", "gvfs/", "Microsoft-WebDAV-MiniRedir/", "WebDAVFS/", "rclone/", "Cyberduck/",
        "Mountain Duck/", "WinSCP/", "DAVx5/", "SVN/",
    ]

    init(for exchange: borrowing Exchange, _ webdav: WebDAVClass) {
        guard let request = exchange.request else {
            self = .accept(asked: false)
            return
        }
        if exchange.list("prefer", in: request.fields, has: "respond-async") {
            self = .accept(asked: true)
        } else if webdav != .none, let agent = exchange.value(of: "user-agent", in: request.fields),
            exchange.withOctets(agent, { agent in Self.programs.contains { agent.hasPrefix($0, at: 0) } })
        {
            self = .patience
        } else if exchange.list("accept", in: request.fields, has: "text/event-stream") {
            self = .events(asked: true)
        } else if exchange.isMethod(request.method, "GET") {
            self = .events(asked: false)
        } else {
            self = .accept(asked: false)
        }
    }

    func text(wait: Int64) -> String {
        let freed = "it would have freed the connection for all but the polls of these \(durationText(wait))"
        return switch self {
        case .accept(asked: true): "answer 202 with a status monitor, as its Prefer: respond-async asks; \(freed)"
        case .accept(asked: false): "answer 202 with a status monitor and let the client ask later; \(freed)"
        case .events(asked: true): "send events as they come: the client accepts text/event-stream; no silence at all"
        case .events(asked: false):
            "send the content as it comes, or as events (SSE), and nothing on the way is silent; if it is worked out "
                + "first, 202 with a status monitor: \(freed)"
        case .patience:
            "raise the client's limit above \(durationText(wait)): a WebDAV program would take a 202 for the end of "
                + "the work; no connection time is saved"
        }
    }
}
