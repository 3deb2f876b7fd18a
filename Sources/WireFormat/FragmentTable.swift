import CaptureModel

/// The IP datagrams that wait for fragments (RFC 791 section 3.2, RFC 8200 section 4.5), within `DissectionLimits`.
///
/// The oldest goes first when a limit is reached or its time is over. A complete datagram leaves its key behind for a
/// second, so that its fragments, seen again on another interface, do not begin a datagram that would spoil a later one
/// with the same number.
struct FragmentTable: ~Copyable {
    /// Which fragments belong together. IPv6 leaves the protocol out, since only the first fragment must be right.
    struct Key: Hashable {
        var source: IPAddress
        var destination: IPAddress
        var realm: UInt32
        var identification: UInt32
        var next: UInt8

        init(_ cursor: borrowing Cursor) {
            source = cursor.source
            destination = cursor.destination
            realm = cursor.realm
            identification = cursor.fragment.identification
            next = cursor.source.isIPv6 ? 0 : cursor.fragment.next
        }
    }

    /// One datagram, and its place in the list by age.
    private struct Slot {
        var key: Key
        /// When its first fragment came or, once it is settled, its last.
        var time: Timestamp
        /// Nothing more is wanted of it.
        var isSettled = false
        var datagram = FragmentedDatagram()
        var older: Int
        var newer = -1
    }

    private let limits: DissectionLimits
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var index: [Key: Int] = [:]
    private var oldest = -1
    private var newest = -1
    /// Octets that the datagrams hold in all.
    private(set) var heldOctets = 0
    /// Incomplete datagrams dropped for want of room.
    private(set) var evictions = 0
    /// Incomplete datagrams dropped for their age.
    private(set) var expiries = 0
    /// The octets of the datagram completed last, until they are taken.
    private var complete: [UInt8] = []

    /// How long the key of a complete datagram is kept, in nanoseconds: longer than a packet takes through a router,
    /// shorter than any host takes to use its 65,536 identifications.
    private static let settledAge: Int64 = 1_000_000_000

    init(limits: DissectionLimits) { self.limits = limits }

    /// Datagrams of which the table knows.
    var count: Int { index.count }

    /// Takes the octets from the cursor on as a fragment. When it completes its datagram the result is `.datagram`, and
    /// the cursor is moved to the beginning of the octets that `take` gives.
    mutating func add(_ octets: Span<UInt8>, _ cursor: inout Cursor, _ now: Timestamp) -> Layer {
        let fragment = cursor.fragment
        let length = cursor.wireEnd - cursor.at
        let slot = slot(for: Key(cursor), now)
        guard slot >= 0 else { return .skip(.fragmentLimit) }
        if slots[slot].isSettled { return .skip(.fragmentDuplicate) }
        guard slots[slot].datagram.accepts(fragment, length: length) else { return .skip(.malformedIP) }
        guard makeRoom(fragment.offset + cursor.end - cursor.at, for: slot) else { return .skip(.fragmentLimit) }
        slots[slot].datagram.insert(fragment, length: length, octets, cursor.at..<cursor.end)
        guard slots[slot].datagram.isComplete else { return .skip(.fragmentPending) }
        cursor.at = 0
        cursor.wireEnd = slots[slot].datagram.length
        cursor.end = slots[slot].datagram.captured
        complete = slots[slot].datagram.octets
        let next = slots[slot].datagram.next
        settle(slot, now)
        return .datagram(next)
    }

    /// Marks the datagram of the fragment at the cursor as one of which nothing is wanted.
    mutating func ignore(_ cursor: borrowing Cursor, _ now: Timestamp) {
        let slot = slot(for: Key(cursor), now)
        if slot >= 0 { settle(slot, now) }
    }

    /// The octets of the datagram completed last.
    mutating func take() -> [UInt8] {
        let octets = complete
        complete = []
        return octets
    }

    // MARK: Slots

    /// The datagram of a key, a new one if there is none; -1 when the limits allow no datagram at all.
    private mutating func slot(for key: Key, _ now: Timestamp) -> Int {
        dropExpired(now)
        if let slot = index[key] {
            guard slots[slot].isSettled, now.since(slots[slot].time) > Self.settledAge else { return slot }
            remove(slot)
        }
        while index.count >= limits.fragmentedDatagrams {
            guard evictOldest(but: -1) else { return -1 }
        }
        let slot = free.popLast() ?? slots.count
        let new = Slot(key: key, time: now, older: newest)
        if slot < slots.count { slots[slot] = new } else { slots.append(new) }
        link(slot)
        index[key] = slot
        return slot
    }

    /// Lets a datagram grow to `count` octets, at the cost of older ones; false when it alone is too much.
    private mutating func makeRoom(_ count: Int, for slot: Int) -> Bool {
        let growth = count - slots[slot].datagram.octets.count
        guard growth > 0 else { return true }
        guard count <= limits.fragmentOctets else { return false }
        while heldOctets + growth > limits.fragmentOctets {
            guard evictOldest(but: slot) else { return false }
        }
        slots[slot].datagram.grow(to: count)
        heldOctets += growth
        return true
    }

    /// Lets go of a datagram's octets and keeps its key, as the newest.
    private mutating func settle(_ slot: Int, _ now: Timestamp) {
        release(slot)
        slots[slot].isSettled = true
        slots[slot].time = now
        unlink(slot)
        link(slot)
    }

    private mutating func dropExpired(_ now: Timestamp) {
        while oldest >= 0, now.since(slots[oldest].time) > limits.fragmentAge {
            if !slots[oldest].isSettled { expiries += 1 }
            remove(oldest)
        }
    }

    /// Drops the oldest datagram other than `spared`; false when there is none.
    private mutating func evictOldest(but spared: Int) -> Bool {
        guard oldest >= 0 else { return false }
        let victim = oldest == spared ? slots[oldest].newer : oldest
        guard victim >= 0 else { return false }
        if !slots[victim].isSettled { evictions += 1 }
        remove(victim)
        return true
    }

    private mutating func remove(_ slot: Int) {
        index[slots[slot].key] = nil
        release(slot)
        unlink(slot)
        free.append(slot)
    }

    private mutating func release(_ slot: Int) {
        heldOctets -= slots[slot].datagram.octets.count
        slots[slot].datagram = FragmentedDatagram()
    }

    /// Makes a slot the newest of the list.
    private mutating func link(_ slot: Int) {
        slots[slot].older = newest
        slots[slot].newer = -1
        if newest >= 0 { slots[newest].newer = slot } else { oldest = slot }
        newest = slot
    }

    private mutating func unlink(_ slot: Int) {
        let (older, newer) = (slots[slot].older, slots[slot].newer)
        if older >= 0 { slots[older].newer = newer } else { oldest = newer }
        if newer >= 0 { slots[newer].older = older } else { newest = older }
    }
}
