import CaptureModel
import Exchanges

/// A server that left while its client waited for the final response.
struct ServerDeparture {
    var close: Close
    /// From the first octet of the request, in nanoseconds; negative where the server closed before.
    var sinceRequest: Int64
    /// From the end of the request.
    var wait: Int64
    var silence: Silence
    /// Whether it closed a connection that was being kept alive, at the moment when the request came.
    var isReuseRace: Bool
}

extension Exchange {
    /// A FIN that crosses a request on its way comes within one round trip of it.
    private static let roundTrip: Int64 = 50_000_000

    /// How the server left before the final response; `nil` where it did not, where the client had closed before, or
    /// where the capture cannot tell.
    var serverDeparture: ServerDeparture? {
        guard final == nil, outcome == .closedByServer || outcome == .resetByServer, let request,
            let close = serverClose, clientClose.map({ close.place.precedes($0.place) }) ?? true, isSeenToTheEnd,
            let start = waitStart, let silence = silence(until: close.place.time)
        else { return nil }
        let since = close.place.time.since(request.first.time)
        return ServerDeparture(
            close: close, sinceRequest: since, wait: max(0, close.place.time.since(start)), silence: silence,
            isReuseRace: number > 1 && interims.isEmpty && since <= Self.roundTrip)
    }
}
