import HTTP1
import TestBench
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
        let bare = Exchange.bare()
        let event = ExchangeEvent(
            kind: .request(method: OctetRange(0, 3), target: OctetRange(3, 5), isWebDAV: false),
            connection: bare.connection, number: bare.number, place: bare.end)
        let exchange = OpenExchange(event)
        let told = exchange.take(event, octets) { _ in true }
        #expect(told?.request.map { Array($0.method) } == Array("GET".utf8))
        #expect(told?.request.map { Array($0.target) } == Array("/a".utf8))
        #expect(exchange.request.map { $0.octets.capacity < 1_000 } == true)
    }
}
