import CaptureModel
import HTTP1

/// How a server treated a request that may take long.
package enum Pattern: String, Sendable, CaseIterable {
    /// Answered within a second.
    case immediate
    /// A second or more without a sign of life.
    case silentHold = "silent_hold"
    /// Interim responses other than 100 and 103 came before the answer.
    case interimHeartbeat = "interim_heartbeat"
    /// 202: the result is to be asked for later (RFC 9110 section 15.3.3).
    case acceptedPolling = "accepted_polling"
    /// A stream of events (`text/event-stream`, HTML section 9.2).
    case eventStream = "event_stream"
    /// 101.
    case upgraded
    /// A 2xx answered CONNECT.
    case tunnel

    /// A wait from which on an exchange counts as held, in nanoseconds.
    package static let holdThreshold: Int64 = 1_000_000_000
}

extension Exchange {
    /// How the server treated this request.
    package var pattern: Pattern { pattern(wait: timing.wait) }

    /// `pattern` for who has the wait already (`Timing.wait`): the first that applies of upgraded, tunnel, accepted_polling, event_stream,
    /// interim_heartbeat, silent_hold, immediate.
    package func pattern(wait: Int64?) -> Pattern {
        if let final {
            if final.status == 101 { return .upgraded }
            if final.status == 202 { return .acceptedPolling }
            if final.status / 100 == 2 {
                if let request, isEqual(request.method, to: "connect") { return .tunnel }
                if isEventStream(final.fields) { return .eventStream }
            }
        }
        if interims.contains(where: { $0.status != 100 && $0.status != 103 }) { return .interimHeartbeat }
        return wait ?? 0 >= Pattern.holdThreshold ? .silentHold : .immediate
    }

    private func isEventStream(_ lines: Range<Int>) -> Bool {
        guard let type = value(of: "content-type", in: lines), type.count >= 17 else { return false }
        let start = Int(type.start)
        guard isEqual(OctetRange(start, start + 17), to: "text/event-stream") else { return false }
        guard type.count > 17 else { return true }
        let next = octets[start + 17]
        return next == UInt8(ascii: ";") || next == 0x20 || next == 0x09
    }
}
