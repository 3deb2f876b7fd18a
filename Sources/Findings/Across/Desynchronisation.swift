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
