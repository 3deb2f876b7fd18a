package import CaptureModel
package import Exchanges

/// Method and target of a request, as octets of the wire.
package struct RequestName: Sendable {
    /// Both, one right behind the other.
    let octets: [UInt8]
    /// How many of them are the method's.
    let methodLength: Int

    /// The first `methodLength` of these octets are the method.
    package init(_ octets: [UInt8], methodLength: Int) {
        self.octets = octets
        self.methodLength = methodLength
    }

    var method: ArraySlice<UInt8> { octets[..<methodLength] }
    var target: ArraySlice<UInt8> { octets[methodLength...] }
}

/// Something that a live audit tells at the moment when it happens.
package struct LiveEvent: Sendable {
    /// What happened; the raw value is its name in records.
    package enum Kind: String, Sendable, CaseIterable {
        /// A request's head was seen.
        case request
        /// An interim response.
        case interim
        /// The server's silence, or the whole wait, is as long as a known timer.
        case timer
        /// The head of the final response.
        case final
        /// The exchange is over without a complete final response.
        case end
        /// The first FIN or RST of a connection.
        case close
    }

    package var kind: Kind
    /// Packet time.
    package var time: Timestamp
    /// The packet that shows it; `nil` for a timer, which no packet shows.
    package var frame: UInt64?
    package var connection: ConnectionIdentity
    /// The exchange's number on its connection; `nil` for `close`.
    package var number: Int?
    /// `nil` where the request was not captured.
    package var request: RequestName?
    /// The status of a response.
    package var status: Int?
    /// Its reason phrase as octets of the wire.
    package var reason: [UInt8] = []
    /// Nanoseconds after the first octet of the request, or of the first response where there is none.
    package var at: Int64?
    /// Nanoseconds since the request was complete; `nil` before.
    package var wait: Int64?
    /// For how long the server had been silent, in nanoseconds; `nil` where it was not its turn.
    package var silence: Int64?
    /// Interim responses of the exchange so far.
    package var interims = 0
    /// The timers that would run out now, as a list of names.
    package var timers: String?
    /// How an exchange or a connection ended: an outcome; `client fin`, `server reset` …
    package var ending: String?

    package init(
        _ kind: Kind, at time: Timestamp, frame: UInt64?, connection: ConnectionIdentity, number: Int?
    ) {
        self.kind = kind
        self.time = time
        self.frame = frame
        self.connection = connection
        self.number = number
    }
}

/// The record of an event in JSON Lines, its keys always the same: `null` is what the event does not have.
extension OctetBuffer {
    mutating func json(_ event: LiveEvent, _ capture: [UInt8]?) {
        literal(#"{"record":"event","event":"#)
        jsonText(event.kind.rawValue)
        literal(#","capture":"#)
        json(wire: capture)
        literal(#","time":"#)
        json(event.time)
        literal(#","frame":"#)
        if let frame = event.frame { decimal(frame) } else { null() }
        literal(#","connection":"#)
        decimal(event.connection.id)
        literal(#","exchange":"#)
        if let number = event.number { jsonIdentity(event.connection.id, number) } else { null() }
        literal(#","client":"#)
        json(event.connection.client)
        literal(#","server":"#)
        json(event.connection.server)
        literal(#","method":"#)
        if let request = event.request { jsonWire(request.method.span) } else { null() }
        literal(#","target":"#)
        if let request = event.request { jsonWire(request.target.span) } else { null() }
        literal(#","status":"#)
        if let status = event.status { decimal(status) } else { null() }
        literal(#","at_ms":"#)
        json(ms: event.at)
        literal(#","wait_ms":"#)
        json(ms: event.wait)
        literal(#","silence_ms":"#)
        json(ms: event.silence)
        literal(#","interims":"#)
        decimal(event.interims)
        literal(#","timers":"#)
        json(text: event.timers)
        literal(#","ending":"#)
        json(text: event.ending)
        append(UInt8(ascii: "}"))
    }
}
