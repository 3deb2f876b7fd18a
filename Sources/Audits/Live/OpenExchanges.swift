import CaptureModel
import Exchanges
import Reports

/// The exchanges under way, and the clock of their timers.
///
/// There are as many as the pairing keeps open (`open-exchanges`, `exchange-octets`), and each goes when it is over.
/// `earliest` is never later than the first timer to run out, so that most packets cost one comparison; the table is
/// looked through only when that moment is reached, and at most a hundred times a second.
struct OpenExchanges {
    /// What names an exchange.
    struct ID: Hashable {
        var connection: Int
        var number: Int
    }

    let timers: WaitTimers
    private(set) var table: [ID: OpenExchange] = [:]
    private var earliest = Int64.max
    private static let pause: Int64 = 10_000_000

    init(_ timers: WaitTimers) {
        self.timers = timers
    }

    /// The first moment at which a timer may run out; `nil` where none runs.
    var next: Timestamp? { earliest == .max ? nil : Timestamp(nanoseconds: earliest) }

    /// Takes what happened on a connection; tells the timers that ran out before it, and the event itself.
    mutating func take(_ event: ExchangeEvent, _ tell: (LiveEvent, OpenExchange?) -> Void) {
        if case .closed(let side, let isReset) = event.kind {
            var told = LiveEvent(
                .close, at: event.place.time, frame: event.place.frame, connection: event.connection, number: nil)
            told.ending = "\(side == .client ? "client" : "server") \(isReset ? "reset" : "fin")"
            return tell(told, table[ID(connection: event.connection.id, number: event.number)])
        }
        let id = ID(connection: event.connection.id, number: event.number)
        var exchange = table.removeValue(forKey: id) ?? OpenExchange(event)
        var due: [LiveEvent] = []
        exchange.runTimers(timers, until: event.place.time) { due.append($0) }
        if let told = exchange.take(event) { due.append(told) }
        if let deadline = exchange.deadline(timers) { earliest = min(earliest, deadline.nanoseconds) }
        for told in due { tell(told, exchange) }
        table[id] = exchange
    }

    /// An exchange is over: it is taken out.
    mutating func end(_ exchange: Exchange, _ tell: (LiveEvent, OpenExchange?) -> Void) -> OpenExchange? {
        guard
            var open = table.removeValue(forKey: ID(connection: exchange.connection.id, number: exchange.number))
        else { return nil }
        var due: [LiveEvent] = []
        open.runTimers(timers, until: exchange.end.time) { due.append($0) }
        if !exchange.isAnswered {
            var end = open.live(.end, at: exchange.end)
            end.ending = exchange.outcome.rawValue
            due.append(end)
        }
        for told in due { tell(told, open) }
        return open
    }

    /// Lets the timers run until `now`, and tells those that run out, in the order in which they do.
    mutating func runTimers(until now: Timestamp, _ tell: (LiveEvent, OpenExchange?) -> Void) {
        guard now.nanoseconds >= earliest else { return }
        var due: [(LiveEvent, ID)] = []
        earliest = .max
        for id in table.keys {
            table[id]?.runTimers(timers, until: now) { due.append(($0, id)) }
            if let deadline = table[id]?.deadline(timers) { earliest = min(earliest, deadline.nanoseconds) }
        }
        if earliest < .max { earliest = max(earliest, now.nanoseconds &+ Self.pause) }
        due.sort { left, right in
            (left.0.time, left.1.connection, left.1.number) < (right.0.time, right.1.connection, right.1.number)
        }
        for (event, id) in due { tell(event, table[id]) }
    }
}

extension Exchange {
    /// Whether its final response was complete, or ended HTTP in good order.
    fileprivate var isAnswered: Bool {
        switch outcome {
        case .completed, .switchedProtocols, .tunnel: true
        default: false
        }
    }
}
