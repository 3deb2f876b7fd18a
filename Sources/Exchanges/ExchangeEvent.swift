package import CaptureModel
package import HTTP1

/// Something that happened on a connection, told while its exchange is still under way. What a live audit shows.
package struct ExchangeEvent: Sendable, BitwiseCopyable {
    /// What happened. Octets of the wire are where the ranges say in `ExchangeEvents.octets`.
    package enum Kind: Sendable, BitwiseCopyable {
        /// A request's head is complete: its method and, right behind it, its target.
        case request(method: OctetRange, target: OctetRange, isWebDAV: Bool)
        /// The request is complete, its content included: the wait begins.
        case requestEnd
        /// An interim response with its reason phrase.
        case interim(status: Int, reason: OctetRange)
        /// The head of the final response.
        case final(status: Int, reason: OctetRange)
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

/// What happened since somebody asked last, in its order.
package struct ExchangeEvents: Sendable {
    package fileprivate(set) var events: ContiguousArray<ExchangeEvent> = []
    /// The octets of the wire that they name: one array for all, so that none has to be allocated for an event.
    package fileprivate(set) var octets: [UInt8] = []

    package init() {}

    mutating func append(_ event: ExchangeEvent) { events.append(event) }

    /// Notes an event of `exchange`.
    mutating func append(_ kind: ExchangeEvent.Kind, of exchange: borrowing Exchange, at place: StreamPlace) {
        append(ExchangeEvent(kind: kind, connection: exchange.connection, number: exchange.number, place: place))
    }

    /// Keeps a stretch of the exchange's octets, and says where.
    fileprivate mutating func keep(_ stretch: OctetRange, of exchange: borrowing Exchange) -> OctetRange {
        let start = octets.count
        octets.append(exchange.octets.span.extracting(stretch.range))
        return OctetRange(start, octets.count)
    }
}

/// What is noted of an exchange where somebody watches; nobody else pays for more than a test. (These change nothing of
/// it, and are mutating only since an exchange that is borrowed would be copied.)
extension Exchange {
    /// Notes its request, whose head is complete.
    mutating func noteRequest(_ happened: inout ExchangeEvents) {
        guard let request else { return }
        let (method, target) = (happened.keep(request.method, of: self), happened.keep(request.target, of: self))
        let kind = ExchangeEvent.Kind.request(method: method, target: target, isWebDAV: webdav.age != .none)
        happened.append(kind, of: self, at: request.first)
        if let end = request.end { noteRequestEnd(&happened, at: end) }
    }

    /// Notes that its request is complete.
    mutating func noteRequestEnd(_ happened: inout ExchangeEvents, at place: StreamPlace) {
        happened.append(.requestEnd, of: self, at: place)
    }

    /// Notes its newest interim response.
    mutating func noteInterim(_ happened: inout ExchangeEvents) {
        guard let interim = interims.last else { return }
        let reason = happened.keep(interim.reason, of: self)
        happened.append(.interim(status: interim.status, reason: reason), of: self, at: interim.first)
    }

    /// Notes its final response, whose head was read.
    mutating func noteFinal(_ happened: inout ExchangeEvents) {
        guard let final else { return }
        let reason = happened.keep(final.reason, of: self)
        happened.append(.final(status: final.status, reason: reason), of: self, at: final.first)
    }
}

extension ExchangePairing {
    /// Whether something happened since the last time. (Mutating only since a pairing that is borrowed would be copied.)
    package var hasHappened: Bool { mutating get { !shared.happened.events.isEmpty } }

    /// Takes away what happened since the last time; nothing unless the pairing was made to be watched.
    package mutating func takeEvents(_ happened: inout ExchangeEvents) {
        happened.events.removeAll(keepingCapacity: true)
        happened.octets.removeAll(keepingCapacity: true)
        swap(&shared.happened, &happened)
    }
}
