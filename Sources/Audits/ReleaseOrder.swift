import CaptureModel
import Exchanges
import Findings

/// An exchange with what was found on it, and the end of its connection once that is known.
///
/// A reference, since an exchange is some hundred octets that would be copied at each of its stations.
final class JudgedExchange {
    let exchange: Exchange
    let findings: [Finding]
    /// The other hops of a proxy, towards the origin and towards the client.
    var upstream: ExchangeID?
    var downstream: ExchangeID?
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
    /// Plain numbers, so that moving one about counts no references.
    private struct Entry: BitwiseCopyable {
        var begin: Int64
        var connection: Int
        var number: Int
        /// Its place in `items`.
        var slot: Int

        func precedes(_ other: Entry) -> Bool {
            if begin != other.begin { return begin < other.begin }
            if connection != other.connection { return connection < other.connection }
            return number < other.number
        }
    }

    private var heap: [Entry] = []
    private var items: [JudgedExchange] = []
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
            let (connection, number) = (item.exchange.connection.id, item.exchange.number)
            let entry = Entry(begin: begin, connection: connection, number: number, slot: self.items.count)
            if heap.count < capacity {
                self.items.append(item)
                rise(entry)
            } else {
                release(replaceFirst(entry, item))
            }
        }
    }

    /// Gives out all that is left.
    mutating func drain(release: (JudgedExchange) -> Void) {
        while let first = heap.first {
            release(items[first.slot])
            let last = heap.removeLast()
            if !heap.isEmpty { sink(last) }
        }
        items = []
    }

    /// Gives the first of the full heap and `item` out, and keeps the other.
    private mutating func replaceFirst(_ entry: Entry, _ item: JudgedExchange) -> JudgedExchange {
        guard let first = heap.first, first.precedes(entry) else { return item }
        let released = items[first.slot]
        items[first.slot] = item
        var entry = entry
        entry.slot = first.slot
        sink(entry)
        return released
    }

    /// Adds `entry`: from the end upwards, past those that it precedes.
    private mutating func rise(_ entry: Entry) {
        var at = heap.count
        heap.append(entry)
        while at > 0, entry.precedes(heap[(at - 1) / 2]) {
            heap[at] = heap[(at - 1) / 2]
            at = (at - 1) / 2
        }
        heap[at] = entry
    }

    /// Puts `entry` in the first one's place: downwards, past those that precede it.
    private mutating func sink(_ entry: Entry) {
        var at = 0
        while 2 * at + 1 < heap.count {
            var child = 2 * at + 1
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(entry) else { break }
            heap[at] = heap[child]
            at = child
        }
        heap[at] = entry
    }
}
