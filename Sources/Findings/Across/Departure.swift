import CaptureModel
import Exchanges
import HTTP1

/// The first exchange of a connection, as a client that left another one may have gone on with it.
struct Opening: Sendable {
    let id: ExchangeID
    let client: IPAddress
    let server: Endpoint
    let origin: StreamPlace
    let key: UInt64
    let agent: UInt64

    /// How many of the last ones are remembered: who left is sometimes told after who came.
    static let remembered = 64

    /// `nil` where the request was not captured.
    init?(_ exchange: borrowing Exchange, seed: UInt64) {
        guard let request = exchange.request else { return nil }
        id = exchange.id
        client = exchange.connection.client.address
        server = exchange.connection.server
        origin = exchange.origin
        key = exchange.targetKey(seed: seed)
        let value = exchange.value(of: "user-agent", in: request.fields)
        agent = value.map { hash(exchange.octets.span, $0.range, seed) } ?? 0
    }
}

/// A client that left its connection after an interim response, and may go on with the next request on another: then it
/// was no timer that ran out, and it took the interim response for its answer.
struct Departure: Sendable {
    private let opening: Opening
    private let text: String
    private let close: Close
    private let interim: (status: Int, headEnd: Timestamp)

    /// Departures followed at once.
    static let followed = 64
    /// How soon a client goes on that had decided to.
    private static let atOnce: Int64 = 10_000_000

    /// `nil` where the exchange is none, or where the time is such that a timer may have run out.
    init?(_ exchange: borrowing Exchange, seed: UInt64) {
        guard let departure = exchange.clientDeparture,
            let interim = exchange.interims.first(where: { $0.status != 100 }),
            let start = exchange.waitStart, let opening = Opening(exchange, seed: seed)
        else { return nil }
        let closed = departure.close.place.time
        let spans = [
            closed.since(start), departure.sinceRequest, departure.silence.last, closed.since(interim.first.time),
        ]
        if spans.contains(where: Self.mayBeTimer) { return nil }
        self.opening = opening
        text = exchange.requestText
        close = departure.close
        self.interim = (interim.status, interim.headEnd.time)
    }

    /// What is to be said of it if this is what the client went on with.
    func finding(before next: Opening) -> Finding? {
        guard next.client == opening.client, next.server == opening.server, next.agent == opening.agent,
            next.key != opening.key
        else { return nil }
        let after = next.origin.time.since(close.place.time)
        guard after >= 0, after <= Self.atOnce else { return nil }
        let waited = durationText(close.place.time.since(interim.headEnd))
        return Rule.interimTakenAsFinal.finding(
            on: opening.id, from: opening.origin.time,
            Occurrence(
                close.place,
                "the client \(close.isReset ? "reset" : "closed") the connection \(waited) after the \(interim.status) to "
                    + "\(text), and sent its next request on another (\(next.id)) \(durationText(after)) later, as if it had "
                    + "its answer"))
    }

    /// Timers are set to whole or half seconds, and run out within a fiftieth of that.
    private static func mayBeTimer(_ span: Int64) -> Bool {
        let half: Int64 = 500_000_000
        guard span >= half * 9 / 10 else { return false }
        let off = min(span % half, half - span % half)
        return off <= span / 50
    }
}
