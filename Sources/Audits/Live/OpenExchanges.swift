import CaptureModel
import Exchanges
import Reports

/// The exchanges under way, and the clock of their timers.
///
/// There are as many as the pairing keeps open (`open-exchanges`, `exchange-octets`), and each goes when it is over.
/// `earliest` is never later than the first timer to run out, so that most packets cost one comparison; the table is
/// looked through only when that moment is reached, and at most a hundred times a second.
final class OpenExchanges {
    /// What names an exchange.
    struct ID: Hashable {
        var connection: Int
        var number: Int
    }

    let timers: WaitTimers
    private(set) var table: [ID: OpenExchange] = [:]
    /// The one that was looked for last, for what happens to an exchange comes in pairs.
    private var latest: OpenExchange?
    private var earliest = Int64.max
    private static let pause: Int64 = 10_000_000

    init(_ timers: WaitTimers) {
        self.timers = timers
    }

    /// The first moment at which a timer may run out; `nil` where none runs.
    var next: Timestamp? { earliest == .max ? nil : Timestamp(nanoseconds: earliest) }

    /// Takes what happened on a connection, with the octets that the event names; tells the timers that ran out before
    /// it, and the event itself where somebody `wants` it.
    func take(
        _ event: ExchangeEvent, _ octets: borrowing [UInt8], wants: (OpenExchange?) -> Bool,
        _ tell: (LiveEvent, OpenExchange?) -> Void
    ) {
        let id = ID(connection: event.connection.id, number: event.number)
        if case .closed(let side, let isReset) = event.kind {
            guard wants(table[id]) else { return }
            var told = LiveEvent(
                .close, at: event.place.time, frame: event.place.frame, connection: event.connection, number: nil)
            told.ending = "\(side == .client ? "client" : "server") \(isReset ? "reset" : "fin")"
            return tell(told, table[id])
        }
        let exchange = find(id) ?? begin(event, id)
        exchange.runTimers(timers, until: event.place.time) { tell($0, exchange) }
        if let told = exchange.take(event, octets, wants) { tell(told, exchange) }
        if let deadline = exchange.deadline(timers) { earliest = min(earliest, deadline.nanoseconds) }
    }

    /// An exchange is over: it is taken out.
    func end(_ exchange: borrowing Exchange, _ tell: (LiveEvent, OpenExchange?) -> Void) -> OpenExchange? {
        let id = ID(connection: exchange.connection.id, number: exchange.number)
        guard let open = table.removeValue(forKey: id) else { return nil }
        latest = nil
        open.runTimers(timers, until: exchange.end.time) { tell($0, open) }
        if !exchange.isAnswered {
            var end = open.live(.end, at: exchange.end)
            end.ending = exchange.outcome.rawValue
            tell(end, open)
        }
        return open
    }

    /// Lets the timers run until `now`, and tells those that run out, in the order in which they do.
    func runTimers(until now: Timestamp, _ tell: (LiveEvent, OpenExchange?) -> Void) {
        guard now.nanoseconds >= earliest else { return }
        var due: [(LiveEvent, OpenExchange)] = []
        earliest = .max
        for exchange in table.values {
            exchange.runTimers(timers, until: now) { due.append(($0, exchange)) }
            if let deadline = exchange.deadline(timers) { earliest = min(earliest, deadline.nanoseconds) }
        }
        if earliest < .max { earliest = max(earliest, now.nanoseconds &+ Self.pause) }
        due.sort { left, right in
            (left.0.time, left.1.connection.id, left.1.number) < (right.0.time, right.1.connection.id, right.1.number)
        }
        for (event, exchange) in due { tell(event, exchange) }
    }

    private func begin(_ event: ExchangeEvent, _ id: ID) -> OpenExchange {
        let exchange = OpenExchange(event)
        table[id] = exchange
        latest = exchange
        return exchange
    }

    private func find(_ id: ID) -> OpenExchange? {
        if let latest, latest.number == id.number, latest.connection.id == id.connection { return latest }
        latest = table[id]
        return latest
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
