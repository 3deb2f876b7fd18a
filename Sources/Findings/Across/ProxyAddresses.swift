import CaptureModel

/// Which addresses ask servers whenever an address asked by clients was asked for the same: those of a proxy that has
/// one address for its clients, and another towards its servers, or one for both.
final class ProxyAddresses {
    private var counts: [Sides: Int] = [:]
    private let capacity: Int
    /// How often there was no room for two addresses.
    private(set) var unweighed = 0

    private struct Sides: Hashable {
        let front: IPAddress
        let back: IPAddress
    }

    /// `capacity` is the number of pairs of addresses remembered.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Counts a request of `inner`'s client that the times of `outer` explain.
    func count(_ inner: HopSide, by outer: HopSide) {
        let sides = Sides(front: outer.server.address, back: inner.client.address)
        if let known = counts[sides] {
            counts[sides] = known + 1
        } else if counts.count < capacity {
            counts[sides] = 1
        } else {
            unweighed += 1
        }
    }

    /// Whether half of what `inner`'s client asked until then is explained by requests to `outer`'s server. Of addresses
    /// that were not counted this is taken for granted.
    func mayExplain(_ inner: HopSide, by outer: HopSide) -> Bool {
        inner.asked >= .max / 4 || explained(inner, by: outer) * 2 >= inner.asked
    }

    /// Whether the times are more than chance: most of what `inner`'s client asked until then is explained by requests
    /// to `outer`'s server (all but one, and three in four), or it is the first, and explained exactly.
    func explain(_ inner: HopSide, by outer: HopSide) -> Bool {
        let explained = explained(inner, by: outer)
        guard inner.asked < .max / 4 else { return false }
        if explained > 1 { return explained * 4 >= (inner.asked - 1) * 3 }
        return explained == inner.asked && outer.isTelling(of: inner)
    }
    private func explained(_ inner: HopSide, by outer: HopSide) -> Int {
        counts[Sides(front: outer.server.address, back: inner.client.address)] ?? 0
    }
}
