import CaptureModel

/// An open file that waits for its turn, with its packet.
final class ParkedFile {
    let packet: LentPacket
    private var file: CaptureFile?

    init(_ file: consuming CaptureFile, _ packet: LentPacket) {
        self.file = consume file
        self.packet = packet
    }

    /// The file, once.
    func take() -> CaptureFile? { file.take() }
}

/// A file of a series and the time of its packet that is due next.
struct Parked {
    var time: Timestamp
    /// The file's index in the series, which decides between equal times.
    var index: Int
    /// The file, where it is open.
    var file: ParkedFile?

    func isBefore(_ other: Parked) -> Bool {
        time == other.time ? index < other.index : time < other.time
    }
}

/// Files that wait, as a binary heap: taking the first of `n` and putting one back costs the logarithm of `n`.
struct ParkedHeap {
    private var entries: [Parked] = []

    var count: Int { entries.count }
    /// The file whose packet is due first.
    var first: Parked? { entries.first }

    mutating func insert(_ entry: Parked) {
        entries.append(entry)
        var at = entries.count - 1
        while at > 0, entries[at].isBefore(entries[(at - 1) / 2]) {
            entries.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func removeFirst() -> Parked? {
        guard let last = entries.popLast() else { return nil }
        guard let first = entries.first else { return last }
        entries[0] = last
        var at = 0
        while 2 * at + 1 < entries.count {
            var child = 2 * at + 1
            if child + 1 < entries.count, entries[child + 1].isBefore(entries[child]) { child += 1 }
            if !entries[child].isBefore(entries[at]) { break }
            entries.swapAt(at, child)
            at = child
        }
        return first
    }
}
