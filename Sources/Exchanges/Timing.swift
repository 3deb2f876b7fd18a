package import CaptureModel

/// The times that a report gives of an exchange, all in nanoseconds after its origin; `nil` where not seen.
package struct Timing: Hashable, Sendable {
    /// End of the request to the first octet of the final response, or to the exchange's end.
    package var wait: Int64?
    /// First octet of the first interim response.
    package var firstInterim: Int64?
    /// The longest stretch of the wait without an octet from the server.
    package var longestSilence: Int64?
    /// Where that stretch began.
    package var silenceStart: Int64?
    /// First octet to the end of the exchange.
    package var total: Int64
}

extension Exchange {
    /// Nanoseconds from the origin of the exchange to `place`.
    @inlinable
    package func offset(_ place: StreamPlace) -> Int64 {
        place.time.since(origin.time)
    }

    /// Where the client had said all: the end of its request, or of the request's head where the answer came first
    /// or the content was never sent. `nil` where the request was not captured.
    package var waitStart: Timestamp? {
        guard let request else { return nil }
        guard let end = request.end else { return request.headEnd.time }
        guard let final, final.first.time < end.time else { return end.time }
        return request.headEnd.time
    }

    /// The times of this exchange. Silence is cut by every octet of an interim response inside the wait.
    package var timing: Timing {
        let zero = origin.time
        var timing = Timing(
            firstInterim: interims.first.map { $0.first.time.since(zero) }, total: end.time.since(zero))
        guard let start = waitStart else { return timing }
        let until = final?.first.time ?? end.time
        let wait = max(0, until.since(start))
        timing.wait = wait
        if interims.isEmpty {  // the wait is one silence, as nearly always
            timing.longestSilence = wait
            timing.silenceStart = start.since(zero)
            return timing
        }
        var (quietSince, longest, longestStart) = (start, Int64(-1), start)
        func spoke(_ moment: Timestamp) {
            guard moment >= quietSince, moment <= until else { return }
            if moment.since(quietSince) > longest { (longest, longestStart) = (moment.since(quietSince), quietSince) }
            quietSince = moment
        }
        for interim in interims {
            spoke(interim.first.time)
            spoke(interim.headEnd.time)
        }
        spoke(until)
        timing.longestSilence = max(0, longest)
        timing.silenceStart = longestStart.since(zero)
        return timing
    }
}
