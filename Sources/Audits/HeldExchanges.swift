import Exchanges
import Reports

/// Keeps exchanges until their connection is over, for only then is it known how it ended and who closed it first.
///
/// A connection may live for days and carry millions of exchanges. So memory holds a bounded number of octets of them;
/// beyond it all that is held goes to a temporary file, an extent for each connection, and is read back extent by
/// extent when the connection ends.
struct HeldExchanges {
    private var waiting: [Int: Waiting] = [:]
    private var cost = 0
    private let budget: Int
    private var file: TemporaryFile?
    private var encoder = SpillEncoder()

    private struct Waiting {
        var items: [JudgedExchange] = []
        /// Where in the file its earlier exchanges are.
        var extents: [Range<Int>] = []
    }

    /// What an exchange costs beside its parts, and what an interim response and a finding with its message cost.
    private static let (overhead, interim, finding) = (1_024, 96, 384)

    /// `budget` is the number of octets that are held in memory.
    init(budget: Int) {
        self.budget = budget
    }

    /// Keeps one; those of a connection come in their order.
    mutating func add(_ item: JudgedExchange) throws(ReportError) {
        cost += Self.cost(of: item)
        waiting[item.exchange.connection.id, default: Waiting()].items.append(item)
        if cost > budget { try spill() }
    }

    /// What was kept of a connection that is over, to be taken part by part (`next`), in order.
    mutating func release(_ connection: EndedConnection) -> KeptExchanges? {
        guard let kept = waiting.removeValue(forKey: connection.id) else { return nil }
        for item in kept.items { cost -= Self.cost(of: item) }
        return KeptExchanges(extents: kept.extents[...], items: kept.items, end: connection.end, file: file)
    }

    /// The octets that it takes in memory, about.
    private static func cost(of item: JudgedExchange) -> Int {
        let exchange = item.exchange
        return overhead + exchange.octets.count + 16 * exchange.fields.count + interim * exchange.interims.count
            + finding * item.findings.count
    }

    private mutating func spill() throws(ReportError) {
        let file = if let file { file } else { try TemporaryFile() }
        self.file = file
        encoder.clear()
        for connection in waiting.keys {
            guard let items = waiting[connection]?.items, !items.isEmpty else { continue }
            let start = file.length + encoder.octets.count
            for item in items { encoder.put(item) }
            waiting[connection]?.extents.append(start..<file.length + encoder.octets.count)
            waiting[connection]?.items = []
        }
        try file.append(encoder.octets)
        cost = 0
    }
}

/// The exchanges of a connection that is over.
struct KeptExchanges {
    fileprivate var extents: ArraySlice<Range<Int>>
    fileprivate var items: [JudgedExchange]
    fileprivate let end: ConnectionEnd
    fileprivate let file: TemporaryFile?

    /// The next of them, as many as memory may hold; `nil` after the last.
    mutating func next() throws(ReportError) -> [JudgedExchange]? {
        var part: [JudgedExchange] = []
        if let extent = extents.popFirst(), let file {
            var decoder = SpillDecoder(try file.octets(extent))
            while !decoder.isAtEnd { part.append(decoder.next()) }
        } else {
            guard !items.isEmpty else { return nil }
            swap(&part, &items)
        }
        for item in part { item.end = end }
        return part
    }
}
