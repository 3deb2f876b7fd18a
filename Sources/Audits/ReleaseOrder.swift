import CaptureModel
import Exchanges
import Findings

/// An exchange with what was found on it, and the end of its connection once that is known.
///
/// A reference, since an exchange is some hundred octets that would be copied at each of its stations.
final class JudgedExchange {
    let exchange: Exchange
    let findings: [Finding]
    var end = ConnectionEnd(kind: .open, closedFirst: nil)

    init(_ exchange: consuming Exchange, _ findings: [Finding]) {
        self.exchange = exchange
        self.findings = findings
    }
}

/// Puts exchanges in the order in which their requests began, as far as a window of bounded size reaches: small
/// captures come out wholly in order, large ones nearly so, and memory stays the same.
///
/// A binary heap by begin, then by connection and number. Along one connection the order is always that of the numbers.
struct ReleaseOrder {
    private struct Entry {
        var begin: Int64
        var connection: Int
        var number: Int
        var item: JudgedExchange

        func precedes(_ other: Entry) -> Bool {
            if begin != other.begin { return begin < other.begin }
            if connection != other.connection { return connection < other.connection }
            return number < other.number
        }
    }

    private var heap: [Entry] = []
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Takes the exchanges of one connection, in their order.
    mutating func add(_ items: [JudgedExchange], release: (JudgedExchange) -> Void) {
        var begin = Int64.min
        for item in items {
            // Captured out of order, a later request may have an earlier first octet.
            begin = max(begin, item.exchange.origin.time.nanoseconds)
            let exchange = item.exchange
            push(Entry(begin: begin, connection: exchange.connection.id, number: exchange.number, item: item))
            if heap.count > capacity { release(pop()) }
        }
    }

    /// Gives out all that is left.
    mutating func drain(release: (JudgedExchange) -> Void) {
        while !heap.isEmpty { release(pop()) }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var at = heap.count - 1
        while at > 0, heap[at].precedes(heap[(at - 1) / 2]) {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    private mutating func pop() -> JudgedExchange {
        heap.swapAt(0, heap.count - 1)
        let entry = heap.removeLast()
        var at = 0
        while true {
            var least = at
            for child in [2 * at + 1, 2 * at + 2] where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            if least == at { return entry.item }
            heap.swapAt(at, least)
            at = least
        }
    }
}
