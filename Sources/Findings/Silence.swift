import CaptureModel
import Exchanges

/// What the server had said before a moment, and for how long it was silent then.
struct Silence {
    /// From the last octet of the server, or the end of the request where there was none, to the moment.
    var last: Int64
    /// The longest silence before that one.
    var before: Int64
}

extension Exchange {
    /// The silences up to `moment`; `nil` where the request was not captured.
    func silence(until moment: Timestamp) -> Silence? {
        guard let start = waitStart else { return nil }
        var (heard, longest) = (start, Int64(0))
        for interim in interims where interim.headEnd.time <= moment && interim.headEnd.time > heard {
            longest = max(longest, interim.first.time.since(heard))
            heard = interim.headEnd.time
        }
        return Silence(last: moment.since(heard), before: longest)
    }

    /// Whether it was the server's turn while the client waited: the request was complete, or its content was held back
    /// until the server would answer. Else a silence is the client's.
    var isServersTurn: Bool {
        guard let request else { return false }
        if let end = request.end { return final.map { $0.first.time >= end.time } ?? true }
        return request.contentBegan == nil && list("expect", in: request.fields, has: "100-continue")
    }
}
