import CaptureModel
import Testing

@testable import Exchanges

@Suite("Exchanges under way")
struct QueueTests {
    @Test("After a long pipeline an empty queue keeps the room of a few")
    func room() {
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 80)
        let place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0)
        let connection = ConnectionIdentity(id: 1, client: end, server: end, start: .handshake)
        var (queue, finished) = (ExchangeQueue(), ContiguousArray<Exchange>())
        for length in [64, 3] {
            for number in 1...length {
                queue.items.append(Exchange(connection: connection, number: number, end: place))
            }
            while !queue.isEmpty { queue.moveFirst(to: &finished, keepsRoom: true) }
            #expect(queue.items.capacity <= 8)
            #expect(finished.map(\.number) == Array(1...length))
            finished = []
        }
    }
}
