package import CaptureModel
import HTTP1

/// Something that happened on a connection, told while its exchange is still under way. What a live audit shows.
package struct ExchangeEvent: Sendable {
    /// What happened.
    package enum Kind: Sendable {
        /// A request's head is complete. Method and target are octets of the wire.
        case request(method: [UInt8], target: [UInt8], isWebDAV: Bool)
        /// The request is complete, its content included: the wait begins.
        case requestEnd
        /// An interim response; its reason phrase as octets of the wire.
        case interim(status: Int, reason: [UInt8])
        /// The head of the final response.
        case final(status: Int, reason: [UInt8])
        /// The first FIN or RST of the connection.
        case closed(Side, isReset: Bool)
    }

    package var kind: Kind
    package var connection: ConnectionIdentity
    /// The exchange's number on its connection; of `closed`, that of the newest exchange.
    package var number: Int
    /// The first octet of the message; of `requestEnd`, the last one.
    package var place: StreamPlace
}

extension PairingContext {
    /// Notes an event of `exchange`. Called only where somebody watches, so that nobody else pays for more than a test.
    mutating func note(_ kind: ExchangeEvent.Kind, of exchange: Exchange, at place: StreamPlace) {
        events.append(
            ExchangeEvent(kind: kind, connection: exchange.connection, number: exchange.number, place: place))
    }

    /// Notes the request of `exchange`, whose head is complete.
    mutating func noteRequest(of exchange: Exchange) {
        guard let request = exchange.request else { return }
        let kind = ExchangeEvent.Kind.request(
            method: Array(exchange.octets[request.method.range]), target: Array(exchange.octets[request.target.range]),
            isWebDAV: exchange.webdav.age != .none)
        note(kind, of: exchange, at: request.first)
        if let end = request.end { note(.requestEnd, of: exchange, at: end) }
    }

    /// Notes the newest interim response of `exchange`.
    mutating func noteInterim(of exchange: Exchange) {
        guard let interim = exchange.interims.last else { return }
        let reason = Array(exchange.octets[interim.reason.range])
        note(.interim(status: interim.status, reason: reason), of: exchange, at: interim.first)
    }

    /// Notes the final response of `exchange`.
    mutating func noteFinal(of exchange: Exchange) {
        guard let final = exchange.final else { return }
        let reason = Array(exchange.octets[final.reason.range])
        note(.final(status: final.status, reason: reason), of: exchange, at: final.first)
    }
}

extension ExchangePairing {
    /// Whether something happened since the last time. (Mutating only since a pairing that is borrowed would be copied.)
    package var hasHappened: Bool { mutating get { !shared.events.isEmpty } }

    /// Takes away what happened since the last time; nothing unless the pairing was made to be watched.
    package mutating func takeEvents(_ events: inout ContiguousArray<ExchangeEvent>) {
        events.removeAll(keepingCapacity: true)
        swap(&shared.events, &events)
    }
}
