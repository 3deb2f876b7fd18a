import TestBench
import Testing

@testable import Exchanges

@Suite("Exchanges under way")
struct QueueTests {
    @Test("After a long pipeline an empty queue keeps the room of a few")
    func room() {
        var (queue, finished) = (ExchangeQueue(), ContiguousArray<Exchange>())
        for length in [64, 3] {
            for number in 1...length { queue.items.append(.bare(number)) }
            while !queue.isEmpty { queue.moveFirst(to: &finished, keepsRoom: true) }
            #expect(queue.items.capacity <= 8)
            #expect(finished.map(\.number) == Array(1...length))
            finished = []
        }
    }
}
