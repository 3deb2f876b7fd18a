import CaptureModel
import Exchanges

/// When an exchange waited, and for whom: hardly any two of a busy network may be the hops of a proxy by this alone, and
/// nothing else is looked at then.
struct HopWait: BitwiseCopyable, Sendable {
    private let began: Timestamp
    /// When it was answered for good, or ended.
    private let answered: Timestamp
    private let server: Endpoint

    init(_ exchange: borrowing Exchange) {
        began = exchange.origin.time
        answered = exchange.final?.first.time ?? exchange.end.time
        server = exchange.connection.server
    }

    /// Whether it began while `outer` waited, and asked another server.
    @inline(__always)
    func mayBeInner(of outer: HopWait) -> Bool {
        began >= outer.began && began <= outer.answered && server != outer.server
    }
}

/// Waiting exchanges with the same method and target, in the order in which they ended.
final class AlikeExchanges {
    /// Whether they went to more than one server: else they cannot be the hops of one.
    private(set) var isMixed = false
    private let server: Endpoint
    /// Those before `first` were given out, and are held no longer: an exchange with what it was compared by takes some
    /// thousand octets. Their places go when they are more than the others.
    private var entries: ContiguousArray<RelatedExchange?>
    private var waits: ContiguousArray<HopWait>
    private var first = 0

    init(_ first: RelatedExchange) {
        entries = [first]
        waits = [first.wait]
        server = first.exchange.connection.server
    }

    var isEmpty: Bool { first == entries.count }

    /// The places of those behind the oldest, as many as are looked at.
    private var places: Range<Int> { first + 1..<min(entries.count, first + 1 + RelatedExchange.reach) }

    /// Those behind the oldest, as many as are looked at.
    var others: [RelatedExchange] { entries[places].compactMap(\.self) }

    func add(_ entry: RelatedExchange) {
        if entry.exchange.connection.server != server { isMixed = true }
        if isMixed {
            for place in first..<min(entries.count, first + RelatedExchange.reach) {
                guard let other = entries[place] else { continue }
                if entry.wait.mayBeInner(of: waits[place]) { entry.count(asInnerOf: other) }
                if waits[place].mayBeInner(of: entry.wait) { other.count(asInnerOf: entry) }
            }
        }
        entries.append(entry)
        waits.append(entry.wait)
    }

    /// Those of `others` that may be the outer hop of the oldest.
    var possibleOuters: [RelatedExchange] {
        let wait = waits[first]
        return others { wait.mayBeInner(of: $0) }
    }

    /// Those of `others` that may be the inner hop of the oldest.
    var possibleInners: [RelatedExchange] {
        let wait = waits[first]
        return others { $0.mayBeInner(of: wait) }
    }

    @inline(__always)
    private func others(where suits: (HopWait) -> Bool) -> [RelatedExchange] {
        var found: [RelatedExchange] = []
        for place in places where suits(waits[place]) {
            if let other = entries[place] { found.append(other) }
        }
        return found
    }

    /// The oldest one is given out.
    func removeOldest() {
        entries[first] = nil
        first += 1
        guard first >= 32, first * 2 > entries.count else { return }
        entries.removeFirst(first)
        waits.removeFirst(first)
        first = 0
    }
}
