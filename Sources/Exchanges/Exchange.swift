package import CaptureModel
package import HTTP1

/// One request, all its interim responses, its final response, and who ended it: what Interlude is about.
///
/// Texts are not strings but stretches of `octets`, the heads as they were on the wire; only a report makes text of
/// them. `nil` always means "not seen in this capture".
package struct Exchange: Sendable {
    /// The connection it happened on.
    package var connection: ConnectionIdentity
    /// Which exchange of its connection, from 1, in the order of the requests.
    package var number: Int
    /// The request; `nil` where the capture does not hold it.
    package var request: Request?
    /// Every interim response, 100–199 without 101, in the order of the stream (RFC 9110 section 15.2).
    package var interims: [InterimResponse] = []
    /// The final response as far as it was seen: any other status, 101 among them.
    package var final: FinalResponse?
    /// How it ended.
    package var outcome: Outcome = .unanswered
    /// Where it ended: the last octet of the final response; the FIN or RST that cut it; the last packet of the capture.
    package var end: StreamPlace
    /// What the capture cannot prove of it; empty when it is whole.
    package var integrity: Integrity = []
    /// The capture missed how it went on: nothing more of it can be told.
    package var isGivenUp = false
    /// Responses that no request waited for, on a connection whose requests were all captured.
    package var stray = false
    /// Oddities of the two sides' messages, for rules and for readers of hostile traffic.
    package var oddities: Oddities = []
    /// The first octet of the next request that the client sent on this connection before this one had its final
    /// response, or while its content was still due: pipelining, or a client that took something else for the answer.
    package var nextRequest: StreamPlace?
    /// The client's first FIN or RST, where it came before the exchange ended.
    package var clientClose: Close?
    /// The server's first FIN or RST, where it came before the exchange ended.
    package var serverClose: Close?
    /// Octets of the server that a gap in the capture took while this exchange waited for its final response.
    package var missedInWait = 0
    /// A 2518-only element in the request's content, by name, or `nil`: `propertybehavior`, `source` … (RFC 2518 12.12).
    package var legacyElement: LegacyElement?
    /// Failures inside a 207; `nil` where there are none, or its content was not read.
    package var innerFailures: InnerFailures?

    /// What tells whether it may be a hop of a proxy.
    package var hop = HopSign()

    /// The heads' octets; every `OctetRange` of this exchange points into them.
    package var octets: [UInt8] = []
    /// The field lines of all heads; each message has its stretch of them.
    package var fields: [FieldLine] = []
    /// Which names the field lines may have; whoever adds a line adds its name here.
    package var names: NameDigest = []

    package init(connection: ConnectionIdentity, number: Int, end: StreamPlace) {
        self.connection = connection
        self.number = number
        self.end = end
    }

    /// Begins another exchange in the place of a spent one, whose arrays serve again where they are not unusually large:
    /// an exchange is some hundred octets, and neither moved nor allocated then. Where somebody keeps a copy of the spent
    /// one, the arrays stay with it, and these are new ones.
    package mutating func restart(connection: ConnectionIdentity, number: Int, end: StreamPlace) {
        self.connection = connection
        self.number = number
        self.end = end
        request = nil
        if !interims.isEmpty { interims = [] }
        final = nil
        outcome = .unanswered
        integrity = []
        isGivenUp = false
        stray = false
        oddities = []
        nextRequest = nil
        clientClose = nil
        serverClose = nil
        missedInWait = 0
        legacyElement = nil
        innerFailures = nil
        hop = HopSign()
        octets.removeAll(keepingCapacity: octets.capacity <= 4_096)
        fields.removeAll(keepingCapacity: fields.capacity <= 256)
        names = []
    }

    /// The place that offsets in milliseconds count from: the first octet of the request, or, where the request was
    /// not captured, of the first response.
    package var origin: StreamPlace {
        request?.first ?? interims.first?.first ?? final?.first ?? end
    }
}

/// What a report calls an exchange, `1.2`: the number of its connection, and its own on it, both from 1.
package struct ExchangeID: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    package var connection: Int
    package var number: Int

    package init(connection: Int, number: Int) {
        self.connection = connection
        self.number = number
    }

    package var description: String { "\(connection).\(number)" }
}

extension Exchange {
    package var id: ExchangeID { ExchangeID(connection: connection.id, number: number) }
}

/// The connection as an exchange needs to name it.
package struct ConnectionIdentity: Hashable, Sendable, BitwiseCopyable {
    /// Its number in order of appearance in the run, from 1 (tshark's `tcp.stream` plus one).
    package var id: Int
    package var client: Endpoint
    package var server: Endpoint
    /// How the capture saw it begin.
    package var start: ConnectionStart

    package init(id: Int, client: Endpoint, server: Endpoint, start: ConnectionStart) {
        self.id = id
        self.client = client
        self.server = server
        self.start = start
    }
}

/// How the capture saw a connection begin: with a SYN, or with anything else.
package enum ConnectionStart: String, Sendable, BitwiseCopyable, CaseIterable {
    case handshake
    case midstream
}

/// How a connection ended, and who closed it first; known only when it is over.
package struct ConnectionEnd: Hashable, Sendable {
    /// What ended it.
    package enum Kind: String, Sendable, BitwiseCopyable, CaseIterable {
        /// FIN first.
        case fin
        /// RST ended it.
        case reset
        /// Nothing for so long (packet time) that it was given up.
        case idle
        /// Still open at the end of the capture.
        case open
    }

    package var kind: Kind
    /// Who sent the first FIN or RST; `nil` where none was seen.
    package var closedFirst: Side?

    package init(kind: Kind, closedFirst: Side?) {
        self.kind = kind
        self.closedFirst = closedFirst
    }
}

/// A FIN or a RST, and where it was.
package struct Close: Hashable, Sendable, BitwiseCopyable {
    package var place: StreamPlace
    package var isReset: Bool

    package init(place: StreamPlace, isReset: Bool) {
        self.place = place
        self.isReset = isReset
    }
}

/// How an exchange ended (`report.md`, "Rules of outcome").
package enum Outcome: String, Sendable, BitwiseCopyable, CaseIterable {
    /// A complete final response, whatever closed later.
    case completed
    /// 101: HTTP ended on the connection, in good order.
    case switchedProtocols = "switched_protocols"
    /// A 2xx answered CONNECT.
    case tunnel
    case resetByClient = "reset_by_client"
    case resetByServer = "reset_by_server"
    case closedByClient = "closed_by_client"
    case closedByServer = "closed_by_server"
    /// Still waiting when the capture ended, or when the connection was given up as idle.
    case unanswered
    /// A gap in the capture took the end of it.
    case lost
}

/// What a capture cannot prove of an exchange.
@usableFromInline
package struct Integrity: OptionSet, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The capture began after the connection did, and this exchange may have begun before the capture.
    @inlinable package static var midstream: Integrity { Integrity(rawValue: 1) }
    /// The capture missed octets of it.
    @inlinable package static var gap: Integrity { Integrity(rawValue: 2) }
    /// The capture cut packets of it short (snap length).
    @inlinable package static var snaplen: Integrity { Integrity(rawValue: 4) }
    /// Only one direction of the connection was captured.
    @inlinable package static var oneSided: Integrity { Integrity(rawValue: 8) }
    /// A bound of ours was reached: a head too long, an exchange evicted.
    @inlinable package static var limit: Integrity { Integrity(rawValue: 16) }

    /// The names used in reports, in the order in which they are listed.
    package static let names: [(Integrity, String)] = [
        (.midstream, "midstream"), (.gap, "gap"), (.snaplen, "snaplen"), (.oneSided, "one_sided"), (.limit, "limit"),
    ]
}

/// Elements that only RFC 2518 defines, found in a request's content.
package enum LegacyElement: UInt8, Sendable, BitwiseCopyable {
    /// `propertybehavior` in the content of COPY or MOVE (RFC 2518 section 12.12; removed by RFC 4918 appendix F.2).
    case propertyBehavior
    /// `DAV:source` in PROPFIND or PROPPATCH (RFC 2518 section 13.10; removed by RFC 4918 appendix F.3).
    case source
}
