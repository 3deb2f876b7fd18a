import CaptureModel
import Exchanges

/// A client that left while it waited for its final response.
struct ClientDeparture {
    var close: Close
    /// From the first octet of the request, in nanoseconds.
    var sinceRequest: Int64
    /// From the end of the request.
    var wait: Int64
    var silence: Silence

    /// Whether the last silence was longer than those before, so that an idle timer may have run out. Timers and
    /// heartbeats jitter by a tenth.
    var mayBeIdleTimer: Bool {
        silence.last > silence.before && silence.last - silence.before > silence.before / 10
    }

    /// `reset` or `closed`, with what was sent.
    var verb: String { close.isReset ? "reset the connection" : "closed the connection" }

    /// Whether a timer that ran out would have ended the wait right here.
    func matches(_ profile: TimeoutProfile) -> Bool {
        if profile.countsSilence { return mayBeIdleTimer && profile.matches(silence.last) }
        return profile.matches(wait) || profile.kind == .absolute && profile.matches(sinceRequest)
    }
}

extension Exchange {
    /// Half of a connection may be closed by a client that still reads (RFC 9112 section 9.6): a FIN so soon after the
    /// request is a way to say "that was all", not a lost interest.
    private static let halfClose: Int64 = 100_000_000

    /// How the client left before the final response; `nil` where it did not, where the capture cannot tell, or where
    /// it thought that it had its answer.
    var clientDeparture: ClientDeparture? {
        guard final == nil, outcome == .closedByClient || outcome == .resetByClient, let request,
            let close = clientClose, let start = waitStart, interimTakenAsFinal == nil, isSeenToTheEnd,
            let silence = silence(until: close.place.time)
        else { return nil }
        let wait = close.place.time.since(start)
        guard close.isReset || wait > Self.halfClose else { return nil }
        return ClientDeparture(
            close: close, sinceRequest: close.place.time.since(request.first.time), wait: wait, silence: silence)
    }
}
