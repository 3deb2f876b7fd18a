import CaptureModel
import Exchanges
import Testing

@testable import Findings

@Suite("Exchanges with one method and target")
struct AlikeTests {
    @Test("One that was given out is held no longer")
    func released() {
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 80)
        let place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0)
        let connection = ConnectionIdentity(id: 1, client: end, server: end, start: .handshake)
        func entry(_ number: Int) -> RelatedExchange {
            let exchange = Exchange(connection: connection, number: number, end: place)
            return RelatedExchange(exchange, [], ProxyAddresses(capacity: 1), seed: 1)
        }
        var oldest: RelatedExchange? = entry(1)
        weak let witness = oldest
        let alike = AlikeExchanges(entry(0))
        if let oldest { alike.add(oldest) }
        alike.add(entry(2))
        oldest = nil
        alike.removeOldest()
        #expect(witness != nil && alike.others.map(\.exchange.number) == [2])
        alike.removeOldest()
        #expect(witness == nil && !alike.isEmpty)
    }
}
