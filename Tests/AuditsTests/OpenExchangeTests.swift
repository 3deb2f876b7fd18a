import CaptureModel
import HTTP1
import Testing

@testable import Audits
@testable import Exchanges
@testable import Reports

@Suite("An exchange under way")
struct OpenExchangeTests {
    @Test("Its name takes no more room than it needs, however much the events' array has")
    func room() {
        var octets = Array("GET/a".utf8)
        octets.reserveCapacity(10_000)
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 80)
        let event = ExchangeEvent(
            kind: .request(method: OctetRange(0, 3), target: OctetRange(3, 5), isWebDAV: false),
            connection: ConnectionIdentity(id: 1, client: end, server: end, start: .handshake), number: 1,
            place: StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0))
        let exchange = OpenExchange(event)
        let told = exchange.take(event, octets) { _ in true }
        #expect(told?.request.map { Array($0.method) } == Array("GET".utf8))
        #expect(told?.request.map { Array($0.target) } == Array("/a".utf8))
        #expect(exchange.request.map { $0.octets.capacity < 1_000 } == true)
    }
}
