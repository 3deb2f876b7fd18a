import CaptureModel
package import Exchanges

/// Follows connections on which a client took an interim response for its answer: what it reads after its next request
/// belongs to the one before.
///
/// Exchanges of a connection come in the order of their requests.
package struct Desynchronisation: Sendable {
    private var connections: [Int: [Reading]] = [:]

    /// A response that the client has yet to read, or has read: of which request it is.
    private struct Reading {
        var owner: ExchangeID
        var text: String
        var status: Int
        var first: StreamPlace
        var headEnd: Timestamp
    }

    /// Connections followed at once, and responses of one: more of them are not followed.
    private static let (followed, responses) = (1_000, 256)
    /// How soon a client goes on that thinks it has its answer.
    private static let promptly: Int64 = 100_000_000

    package init() {}

    package var isEmpty: Bool { connections.isEmpty }

    /// Takes the next exchange of its connection; returns what is to be said of it.
    package mutating func take(_ exchange: borrowing Exchange) -> Finding? {
        let connection = exchange.connection.id
        var finding: Finding?
        if let readings = connections[connection] {
            finding = Self.finding(on: exchange, readings)
            if finding == nil { connections[connection] = nil }
        }
        let began = exchange.interimTakenAsFinal?.isNextRequest == true
        guard finding != nil || began && connections.count < Self.followed else { return finding }
        var readings = connections[connection] ?? []
        let text = exchange.requestText
        func add(_ status: Int, _ first: StreamPlace, _ headEnd: StreamPlace) {
            guard readings.count < Self.responses else { return }
            readings.append(
                Reading(owner: exchange.id, text: text, status: status, first: first, headEnd: headEnd.time))
        }
        for interim in exchange.interims { add(interim.status, interim.first, interim.headEnd) }
        if let final = exchange.final { add(final.status, final.first, final.headEnd) }
        connections[connection] = readings
        return finding
    }

    /// Nothing more comes on this connection.
    package mutating func ended(_ connection: Int) {
        if !connections.isEmpty { connections[connection] = nil }
    }

    private static func finding(on exchange: borrowing Exchange, _ readings: [Reading]) -> Finding? {
        guard let request = exchange.request, exchange.integrity.isDisjoint(with: [.gap, .snaplen, .oneSided, .limit])
        else { return nil }
        let sent = request.first.time
        guard let next = readings.firstIndex(where: { $0.first.time > sent }), next > 0,
            sent.since(readings[next - 1].headEnd) <= promptly
        else { return nil }
        let (taken, read) = (readings[next - 1], readings[next])
        return Rule.interimDesynchronised.finding(
            on: exchange.id, from: exchange.origin.time,
            Occurrence(
                read.first,
                "the client sent \(exchange.requestText) right after the \(taken.status) to \(taken.text) (\(taken.owner)); "
                    + "what it read next, a \(read.status), belongs to \(read.owner), not to this request"))
    }
}

/// A client that left its connection after an interim response, and may go on with the next request on another: then it
/// was no timer that ran out, and it took the interim response for its answer.
package struct Departure: Sendable {
    private let side: HopSide
    private let text: String
    private let close: Close
    private let interim: (status: Int, headEnd: Timestamp)

    /// Departures followed at once.
    package static let followed = 64
    /// How soon a client goes on that had decided to.
    private static let atOnce: Int64 = 10_000_000

    /// `nil` where the exchange is none, or where the time is such that a timer may have run out.
    package init?(_ exchange: borrowing Exchange, _ side: HopSide) {
        guard let departure = exchange.clientDeparture,
            let interim = exchange.interims.first(where: { $0.status != 100 }),
            let start = exchange.waitStart
        else { return nil }
        let closed = departure.close.place.time
        let spans = [
            closed.since(start), departure.sinceRequest, departure.silence.last, closed.since(interim.first.time),
        ]
        if spans.contains(where: Self.mayBeTimer) { return nil }
        self.side = side
        text = exchange.requestText
        close = departure.close
        self.interim = (interim.status, interim.headEnd.time)
    }

    /// What is to be said of it now that this exchange began a new connection.
    package func finding(before next: borrowing HopSide) -> Finding? {
        guard next.id.number == 1, next.client.address == side.client.address, next.server == side.server,
            next.marks.agent == side.marks.agent, next.key != side.key
        else { return nil }
        let after = next.origin.time.since(close.place.time)
        guard after >= 0, after <= Self.atOnce else { return nil }
        let waited = durationText(close.place.time.since(interim.headEnd))
        return Rule.interimTakenAsFinal.finding(
            on: side.id, from: side.origin.time,
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
