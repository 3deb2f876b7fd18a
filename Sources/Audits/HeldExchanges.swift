import Exchanges

/// Keeps exchanges until their connection is over, for only then is it known how it ended and who closed it first.
struct HeldExchanges {
    private var waiting: [Int: [JudgedExchange]] = [:]

    /// Keeps one; those of a connection come in their order.
    mutating func add(_ item: JudgedExchange) {
        waiting[item.exchange.connection.id, default: []].append(item)
    }

    /// Gives out what was kept of a connection that is over.
    mutating func release(_ connection: EndedConnection) -> [JudgedExchange] {
        guard var items = waiting.removeValue(forKey: connection.id) else { return [] }
        for index in items.indices { items[index].end = connection.end }
        return items
    }
}
