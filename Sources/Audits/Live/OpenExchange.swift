import CaptureModel
import Exchanges
import HTTP1
import Reports

/// An exchange under way, as much of it as a live audit needs: what is asked, since when it waits, and which timer is
/// the next to run out.
///
/// An object, since it is changed where it is by each of its events, and handed to whoever tells them.
final class OpenExchange {
    let connection: ConnectionIdentity
    let number: Int
    /// Its first octet: of the request, or of a response where the request was not captured.
    let origin: Timestamp
    private(set) var request: RequestName?
    /// Where the request was complete.
    private(set) var waitStart: Timestamp?
    /// The server's last octet, or the end of the request.
    private(set) var heard: Timestamp?
    private(set) var isAnswered = false
    private(set) var interims = 0
    private(set) var isWebDAV = false
    /// Whether some timer would have run out.
    private(set) var isSlow = false
    /// Which of the timers is the next.
    private var nextSilence = 0
    private var nextWait = 0

    init(_ event: ExchangeEvent) {
        connection = event.connection
        number = event.number
        origin = event.place.time
    }

    /// Takes what happened, with the octets that the event names, and says it as an event to be told; `nil` for what only
    /// matters here, or what nobody `wants` to know: then no event is made.
    func take(
        _ event: ExchangeEvent, _ octets: borrowing [UInt8], _ wants: (OpenExchange?) -> Bool
    ) -> LiveEvent? {
        var told: LiveEvent?
        switch event.kind {
        case .request(let method, let target, let isWebDAV):
            let name = OctetRange(Int(method.start), Int(target.end))
            request = RequestName(copy(name, of: octets), methodLength: method.count)
            self.isWebDAV = isWebDAV
            if wants(self) { told = live(.request, at: event.place) }
        case .requestEnd:
            waitStart = event.place.time
            heard = max(heard ?? event.place.time, event.place.time)
            return nil
        case .interim(let status, let reason):
            interims += 1
            if wants(self) { told = live(.interim, at: event.place, status, copy(reason, of: octets)) }
            if waitStart != nil { heard = max(heard ?? event.place.time, event.place.time) }
            nextSilence = 0
        case .final(let status, let reason):
            if wants(self) { told = live(.final, at: event.place, status, copy(reason, of: octets)) }
            isAnswered = true
        case .closed:
            return nil
        }
        return told
    }

    /// Some of the octets. (What `Array` makes of a slice may be all of its array, with all its room.)
    private func copy(_ stretch: OctetRange, of octets: borrowing [UInt8]) -> [UInt8] {
        Array(copying: octets.span.extracting(stretch.range))
    }

    /// An event of this exchange at a packet.
    func live(_ kind: LiveEvent.Kind, at place: StreamPlace) -> LiveEvent {
        live(kind, at: place.time, frame: place.frame)
    }

    private func live(
        _ kind: LiveEvent.Kind, at place: StreamPlace, _ status: Int, _ reason: [UInt8]
    ) -> LiveEvent {
        var event = live(kind, at: place.time, frame: place.frame)
        event.status = status
        event.reason = reason
        return event
    }

    private func live(_ kind: LiveEvent.Kind, at time: Timestamp, frame: UInt64?) -> LiveEvent {
        var event = LiveEvent(kind, at: time, frame: frame, connection: connection, number: number)
        event.request = request
        event.interims = interims
        event.at = time.since(origin)
        event.wait = waitStart.map { max(0, time.since($0)) }
        event.silence = heard.map { max(0, time.since($0)) }
        return event
    }

    // MARK: Timers

    /// When the next of `timers` runs out; `nil` where none does.
    func deadline(_ timers: WaitTimers) -> Timestamp? {
        guard !isAnswered, let waitStart, let heard else { return nil }
        var earliest = Int64.max
        if nextSilence < timers.silence.count {
            earliest = heard.nanoseconds.adding(timers.silence[nextSilence].limit)
        }
        if nextWait < timers.wait.count {
            earliest = min(earliest, waitStart.nanoseconds.adding(timers.wait[nextWait].limit))
        }
        return earliest == .max ? nil : Timestamp(nanoseconds: earliest)
    }

    /// The names of the timers that are the next to run out.
    func nextTimers(_ timers: WaitTimers) -> String? {
        guard let deadline = deadline(timers), let heard else { return nil }
        if nextSilence < timers.silence.count,
            heard.nanoseconds.adding(timers.silence[nextSilence].limit) == deadline.nanoseconds
        {
            return timers.silence[nextSilence].names
        }
        return timers.wait[nextWait].names
    }

    /// Lets the timers run until `now`; each that runs out is an event at the moment when it does.
    func runTimers(_ timers: WaitTimers, until now: Timestamp, _ tell: (LiveEvent) -> Void) {
        while let deadline = deadline(timers), deadline <= now, let heard {
            var event = live(.timer, at: deadline, frame: nil)
            if nextSilence < timers.silence.count,
                heard.nanoseconds.adding(timers.silence[nextSilence].limit) == deadline.nanoseconds
            {
                event.timers = timers.silence[nextSilence].names
                nextSilence += 1
            } else {
                event.timers = timers.wait[nextWait].names
                event.silence = nil
                nextWait += 1
            }
            isSlow = true
            tell(event)
        }
    }
}

extension Int64 {
    /// The sum, as large as 64 bits hold.
    fileprivate func adding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
