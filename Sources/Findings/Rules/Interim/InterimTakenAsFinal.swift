import CaptureModel
import Exchanges

extension Rule {
    static let interimTakenAsFinal = Rule(
        id: "interim/taken-as-final", severity: .warning,
        title: "a client or proxy that took an interim response for its answer",
        explanation: Explanation(
            wire: """
                Right after the first interim response, the client closed the connection, or it sent its next request \
                on it before the final response came; or it closed the connection at no timer's time and sent another \
                request on a new one at once. Or both hops of a proxy are in the capture: it forwarded an interim \
                response, and nothing of the final one that came after.
                """,
            matters: """
                Some clients skip 100 only, and take any other 1xx for the final response. One that closes reports a \
                success or a failure that is none, while the work goes on. One that keeps the connection is worse: its \
                next request gets the answer of this one, and so on, perhaps with data of somebody else. Python's \
                http.client, requests and urllib3, wget2, Perl's LWP, PHP streams, Java's HttpURLConnection before 20, \
                Qt 5, OkHttp 3 and Subversion's serf were seen to do this with 102; Apache Traffic Server 9.2 as well, \
                across all of its clients. nginx 1.22 keeps its client waiting, and then closes.
                """,
            remedy: """
                Do not send 1xx responses that were not asked for to this client; update it, or answer 202 with a \
                status monitor. A client that pipelines on purpose looks the same where it sends its next request late.
                """),
        citation: "RFC 9110 section 15.2; RFC 9112 section 9.2; RFC 8297 section 3; measured with 33 client set-ups",
        example: """
            > COPY /a HTTP/1.1
            < HTTP/1.1 102 Processing
            > GET /b HTTP/1.1
            < HTTP/1.1 201 Created
            """,
        needs: .clientActed,
        hopCheck: { pair in
            guard pair.isTakenAsFinal, let taken = pair.outer.interims.first, let final = pair.inner.finalFirst else {
                return nil
            }
            let waited = durationText(pair.outer.end.time.since(final.time))
            return Occurrence(
                final,
                "the proxy took a \(taken.status) to \(pair.outer.text) for the final response: of the "
                    + "\(pair.inner.finalStatus) on the hop behind (\(pair.inner.id)) it passed on nothing, and its client "
                    + "was left \(waited) longer")
        }
    ) { exchange, context in
        guard let taken = exchange.interimTakenAsFinal else { return nil }
        return context.occurrence(at: taken.reaction) {
            let after = durationText(taken.reaction.time.since(taken.interim.headEnd.time))
            let interim = "\(after) after the \(taken.interim.status) to \(exchange.requestText)"
            let next = "\(exchange.connection.id).\(exchange.number + 1)"
            return taken.isNextRequest
                ? "the client sent its next request (\(next)) \(interim), before the final response"
                : "the client closed the connection \(interim), as if it had its answer"
        }
    }
}

extension Exchange {
    /// A client that took an interim response for its answer: which one, and what it did then.
    struct TakenAsFinal {
        var interim: InterimResponse
        var reaction: StreamPlace
        /// It sent its next request; else it closed the connection.
        var isNextRequest: Bool
    }

    /// How soon a client closes that thinks it is done. Clients that took a 102 for the answer closed 0.5 to 38 ms
    /// after it; one whose timer ran out closes at any time.
    private static let promptly: Int64 = 100_000_000

    /// Whether the client acted on the first interim response as on a final one. A 100 that was asked for is none:
    /// every client knows it. A close is evidence only right after the *first* 1xx, for later ones were understood.
    var interimTakenAsFinal: TakenAsFinal? {
        guard integrity.isDisjoint(with: [.gap, .snaplen, .oneSided, .limit]), let request else { return nil }
        let expected = list("expect", in: request.fields, has: "100-continue")
        guard let index = interims.firstIndex(where: { !(expected && $0.status == 100) }) else { return nil }
        let interim = interims[index]
        let seen = interim.headEnd.time
        if let next = nextRequest, next.time >= seen, final.map({ next.time < $0.first.time }) ?? true {
            return TakenAsFinal(interim: interim, reaction: next, isNextRequest: true)
        }
        guard let close = clientClose?.place, close.time >= seen, close.time.since(seen) <= Self.promptly else {
            return nil
        }
        guard index + 1 == interims.count || interims[index + 1].first.time > close.time else { return nil }
        guard final.map({ close.time < $0.first.time }) ?? true else { return nil }
        return TakenAsFinal(interim: interim, reaction: close, isNextRequest: false)
    }
}
