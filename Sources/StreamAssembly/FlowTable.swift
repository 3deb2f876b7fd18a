import CaptureModel

/// Finds the slot of a connection by its endpoints: open addressing, linear probing, at most half full.
///
/// The hash is seeded by the run's random seed, so that nobody can forge a capture whose connections all collide.
struct FlowTable: Sendable {
    private struct Entry {
        /// The key's hash: compared before the key itself, and the entry's home by its low bits.
        var hash: UInt32
        /// The slot plus one; 0 is an empty entry.
        var slot: UInt32

        static let empty = Entry(hash: 0, slot: 0)
    }

    private var entries = Array(repeating: Entry.empty, count: 1_024)
    private var count = 0
    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
    }

    @inline(__always)
    private func hash(_ key: borrowing FlowKey) -> UInt32 {
        var mixed = seed
        func mix(_ word: UInt64) {
            mixed = (mixed ^ word) &* 0x9e37_79b9_7f4a_7c15
            mixed ^= mixed >> 29
        }
        mix(key.first.address.low)
        mix(key.second.address.low)
        mix(UInt64(key.first.port) << 48 | UInt64(key.second.port) << 32 | UInt64(key.realm))
        if key.first.address.isIPv6 {
            mix(key.first.address.high)
            mix(key.second.address.high)
        }
        return UInt32(truncatingIfNeeded: (mixed &* 0xbf58_476d_1ce4_e5b9) >> 32)
    }

    /// The slot of `key`, where `flows` holds it; `nil` where it is new.
    @inline(__always)
    func find(_ key: borrowing FlowKey, in flows: borrowing ContiguousArray<Flow>) -> Int? {
        let hash = hash(key)
        let mask = entries.count - 1
        var at = Int(hash) & mask
        while entries[at].slot != 0 {
            if entries[at].hash == hash {
                let slot = Int(entries[at].slot) - 1
                if flows[slot].key == key { return slot }
            }
            at = (at + 1) & mask
        }
        return nil
    }

    /// Remembers that `key`, which is new, has `slot`.
    mutating func insert(_ key: FlowKey, slot: Int) {
        if (count + 1) * 2 > entries.count { grow() }
        count += 1
        place(Entry(hash: hash(key), slot: UInt32(slot + 1)))
    }

    /// Forgets `key`, which has `slot`. The entries behind it move up, so that no search ends early.
    mutating func remove(_ key: FlowKey, slot: Int) {
        let mask = entries.count - 1
        var hole = Int(hash(key)) & mask
        while entries[hole].slot != UInt32(slot + 1) {
            if entries[hole].slot == 0 { return }
            hole = (hole + 1) & mask
        }
        count -= 1
        var at = (hole + 1) & mask
        while entries[at].slot != 0 {
            let home = Int(entries[at].hash) & mask
            if (at - home) & mask >= (at - hole) & mask {
                entries[hole] = entries[at]
                hole = at
            }
            at = (at + 1) & mask
        }
        entries[hole] = .empty
    }

    private mutating func place(_ entry: Entry) {
        let mask = entries.count - 1
        var at = Int(entry.hash) & mask
        while entries[at].slot != 0 { at = (at + 1) & mask }
        entries[at] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: .empty, count: old.count * 2)
        for entry in old where entry.slot != 0 { place(entry) }
    }
}
