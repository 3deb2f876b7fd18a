import Exchanges
import TestBench
import Testing

@testable import Findings

@Suite("Exchanges with one method and target")
struct AlikeTests {
    @Test("One that was given out is held no longer")
    func released() {
        func entry(_ number: Int) -> RelatedExchange {
            RelatedExchange(.bare(number), [], ProxyAddresses(capacity: 1), seed: 1)
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
