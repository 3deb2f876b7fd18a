import CaptureModel
import Exchanges
import HTTP1
import Testing

/// An exchange that begins in the place of a spent one.
@Suite("Spent exchanges used again")
struct RestartTests {
    private func identity(_ id: Int) -> ConnectionIdentity {
        let endpoint = Endpoint(address: IPAddress(ipv4: UInt32(id)), port: 80)
        return ConnectionIdentity(id: id, client: endpoint, server: endpoint, start: .handshake)
    }

    private func place(_ frame: UInt64) -> StreamPlace {
        StreamPlace(time: Timestamp(nanoseconds: Int64(frame)), frame: frame, capture: 0)
    }

    /// The values of all properties, by name.
    private func values(_ exchange: Exchange) -> [String: String] {
        var values: [String: String] = [:]
        for child in Mirror(reflecting: exchange).children {
            values[child.label ?? "", default: ""] = String(describing: child.value)
        }
        return values
    }

    /// One of whose properties none is as in a new exchange.
    private var spent: Exchange {
        var exchange = Exchange(connection: identity(1), number: 1, end: place(1))
        let (line, version) = (
            FieldLine(name: OctetRange(0, 1), value: OctetRange(2, 3)), HTTPVersion(major: 1, minor: 1)
        )
        exchange.request = Request(
            first: place(1), headEnd: place(2), method: OctetRange(0, 1), target: OctetRange(1, 2), version: version,
            fields: 0..<1, framing: .chunked)
        exchange.interims = [
            InterimResponse(
                status: 102, version: version, reason: OctetRange(0, 1), first: place(1), headEnd: place(1),
                fields: 0..<1)
        ]
        exchange.final = FinalResponse(
            status: 200, version: version, reason: OctetRange(0, 1), first: place(1), headEnd: place(1), fields: 0..<1,
            framing: .chunked)
        exchange.outcome = .lost
        exchange.integrity = [.gap]
        exchange.isGivenUp = true
        exchange.stray = true
        exchange.oddities = [.bareLF]
        exchange.nextRequest = place(3)
        exchange.clientClose = Close(place: place(4), isReset: true)
        exchange.serverClose = Close(place: place(5), isReset: false)
        exchange.missedInWait = 7
        exchange.legacyElement = .source
        exchange.innerFailures = InnerFailures(
            count: 1, resources: 2, status: 423, isWhole: true, href: OctetRange(0, 1))
        exchange.hop = HopSign(key: 1, isPossible: true, asked: 2)
        exchange.octets = [1, 2, 3]
        exchange.fields = [line]
        exchange.names = NameDigest(rawValue: 1)
        return exchange
    }

    @Test("Nothing of the spent exchange is left")
    func nothingIsLeft() {
        let fresh = values(Exchange(connection: identity(2), number: 2, end: place(9)))
        var exchange = spent
        for (name, value) in values(exchange) { #expect(value != fresh[name], "the test forgets \(name)") }
        exchange.restart(connection: identity(2), number: 2, end: place(9))
        #expect(values(exchange) == fresh)
    }

    @Test("A copy that somebody keeps stays as it was")
    func copiesStay() {
        var exchange = spent
        let kept = exchange
        exchange.restart(connection: identity(2), number: 2, end: place(9))
        exchange.octets.append(9)
        #expect(values(kept) == values(spent))
    }
}
