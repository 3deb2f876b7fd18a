/// The exchanges under way on one connection, in the order of their requests. Taking the oldest away costs the same
/// however many wait behind it. An index is good until then.
struct ExchangeQueue: Sendable {
    /// The queue at `indices`, behind husks of exchanges that were taken away; these go when they are half of it. (It
    /// is not behind a subscript: that would allocate memory for each change.)
    var items: ContiguousArray<Exchange> = []
    /// So many exchanges an empty queue keeps room for at most; a connection may live for hours after a long pipeline.
    private static let mostRoom = 8
    /// The index of the oldest exchange, where there is one.
    private(set) var first = 0

    @inline(__always) var count: Int { items.count - first }
    @inline(__always) var isEmpty: Bool { items.count == first }
    @inline(__always) var indices: Range<Int> { first..<items.count }

    /// Moves the oldest exchange, of which there is one, to the end of `finished`; an empty queue then keeps the room of
    /// a few if `keepsRoom`.
    mutating func moveFirst(to finished: inout ContiguousArray<Exchange>, keepsRoom: Bool) {
        if items.count == 1, finished.isEmpty {
            swap(&items, &finished)  // the usual case, and an exchange is some hundred octets
            if !keepsRoom { items = [] }
            return
        }
        if count == 1 {
            finished.append(items.removeLast())
            items.removeAll(keepingCapacity: keepsRoom && items.capacity <= Self.mostRoom)
            first = 0
            return
        }
        var husk = Exchange(connection: items[first].connection, number: 0, end: items[first].end)
        swap(&husk, &items[first])
        finished.append(husk)
        first += 1
        if first * 2 >= items.count {
            items.removeSubrange(..<first)
            first = 0
        }
    }

    /// The index of the exchange that the next response belongs to: the first without a final one (RFC 9112 9.2).
    var awaiting: Int? {
        for index in indices where items[index].final == nil && !items[index].isGivenUp { return index }
        return nil
    }

    /// How many have no final response yet.
    var waiting: Int {
        indices.reduce(0) { items[$1].final == nil && !items[$1].isGivenUp ? $0 + 1 : $0 }
    }

    /// The index of the exchange whose final response is being received; those behind the one that waits have none yet.
    var receiving: Int? {
        for index in indices where !items[index].isGivenUp {
            if items[index].final == nil { return nil }
            if items[index].final?.complete == false { return index }
        }
        return nil
    }
}
