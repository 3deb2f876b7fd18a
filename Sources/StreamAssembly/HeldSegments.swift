import CaptureModel

/// Octets of one direction that cannot be told yet, because something before them is missing.
///
/// Places are offsets from the beginning of the stream, so nothing wraps. Pieces are in order and do not overlap: the
/// octets captured first win. A piece is plain numbers; the octets of all are in one array, one behind the other as they
/// came, which is emptied when the last piece was told, and packed when most of it was.
struct HeldSegments: Sendable {
    struct Piece: Sendable, BitwiseCopyable {
        /// Offset of its first octet.
        var start: Int
        /// Octets on the wire.
        var length: Int
        /// How many of them were captured; fewer when the packet was cut.
        var captured: Int
        /// Where they are in the array.
        fileprivate(set) var at: Int
        var place: StreamPlace
        /// What its sender had acknowledged of the other direction by then; `nil` without ACK.
        var acknowledged: SequenceNumber?

        var end: Int { start + length }
        /// The captured octets, as indices of the array.
        var stored: Range<Int> { at..<at + captured }
    }

    private var pieces = PieceQueue()
    /// The octets of the pieces, and of some that were told.
    private var octets: [UInt8] = []
    /// What is held, in octets, with an allowance for bookkeeping.
    private(set) var cost = 0
    /// The cost when it was shrunk last: while that is the same, there is nothing to be had by it.
    private var shrunkCost = 0

    /// The allowance for one piece's own record.
    private static let overhead = 128
    /// So many octets of pieces that were told may be left, or of room that is not used, beside as many as are held.
    private static let mostSpare = 4 << 10
    /// So many octets of room that is not used are left to a half that waits long.
    private static let mostIdle = 512

    var isEmpty: Bool { pieces.isEmpty }
    var first: Piece? { pieces.first }

    /// Holds what is new of `[start, start + length)`. Returns whether octets captured twice differed.
    mutating func insert(
        _ captured: Span<UInt8>, length: Int, at start: Int, place: StreamPlace, acknowledged: SequenceNumber?,
        _ spares: inout SpareArrays
    ) -> Bool {
        if pieces.isEmpty { spares.take(&octets) }
        if pieces.end <= start {  // nearly always
            hold(captured, length: length, at: start, before: pieces.count, place, acknowledged)
            return false
        }
        var differs = false
        var from = start
        let end = start + length
        var index = insertionIndex(start)
        while from < end {
            if index < pieces.count, pieces[index].start <= from {
                differs = differs || !matches(pieces[index], captured, start: start)
                from = max(from, pieces[index].end)
                index += 1
                continue
            }
            let to = index < pieces.count ? min(end, pieces[index].start) : end
            let kept = captured.extracting(min(from - start, captured.count)..<min(to - start, captured.count))
            hold(kept, length: to - from, at: from, before: index, place, acknowledged)
            from = to
            index += 1
        }
        return differs
    }

    /// Holds one piece more, in front of the one at `index`.
    @inline(__always)
    private mutating func hold(
        _ captured: Span<UInt8>, length: Int, at start: Int, before index: Int, _ place: StreamPlace,
        _ acknowledged: SequenceNumber?
    ) {
        let piece = Piece(
            start: start, length: length, captured: captured.count, at: octets.count, place: place,
            acknowledged: acknowledged)
        octets.append(captured)
        pieces.insert(piece, at: index)
        cost += captured.count + Self.overhead
    }

    /// The first piece that ends behind `start`.
    private func insertionIndex(_ start: Int) -> Int {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].end <= start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func matches(_ piece: Piece, _ captured: Span<UInt8>, start: Int) -> Bool {
        let from = max(piece.start, start)
        let to = min(piece.start + piece.captured, start + captured.count)
        guard from < to else { return true }
        let held = octets.span.extracting(piece.at + from - piece.start..<piece.at + to - piece.start)
        return held.commonLength(from: 0, with: captured, from: from - start) == held.count
    }

    /// Lets go of all from the offset `end` on.
    mutating func cut(at end: Int, _ spares: inout SpareArrays) {
        while let last = pieces.last, last.end > end {
            var piece = pieces.removeLast()
            cost -= piece.captured + Self.overhead
            guard piece.start < end else { continue }
            piece.length = end - piece.start
            piece.captured = min(piece.captured, piece.length)
            cost += piece.captured + Self.overhead
            pieces.insert(piece, at: pieces.count)
        }
        if pieces.isEmpty { spares.give(&octets) } else { tidy(&spares) }
    }

    /// Takes the first piece away; there is one. The array with its octets is lent until `takeBack`.
    mutating func removeFirst() -> (piece: Piece, octets: [UInt8]) {
        let piece = pieces.removeFirst()
        cost -= piece.captured + Self.overhead
        var lent: [UInt8] = []
        swap(&lent, &octets)
        return (piece, lent)
    }

    /// Takes the array back that `removeFirst` lent. (`inout`, for an array that its borrower keeps too would be copied
    /// when it is emptied.)
    mutating func takeBack(_ lent: inout [UInt8], _ spares: inout SpareArrays) {
        swap(&lent, &octets)
        if pieces.isEmpty { spares.give(&octets) }
    }

    /// The octets that its array has, those of pieces that are gone among them.
    var storedOctets: Int { octets.count }

    /// Lets go of the octets of pieces that are gone, where they are more than those of the others. Asked for when all
    /// that was due has been told.
    mutating func tidy(_ spares: inout SpareArrays) {
        // The allowance counts as held, so that small pieces are not packed again and again.
        guard octets.count > 2 * cost + Self.mostSpare else { return }
        var packed: [UInt8] = []
        spares.take(&packed)
        pack(into: packed, &spares)
    }

    /// Takes no more room than is needed, where it has much more: for a half that waits long, of which there may be many.
    mutating func shrink(_ spares: inout SpareArrays) {
        guard cost != shrunkCost, room > cost + Self.mostIdle else { return }
        shrunkCost = cost
        var packed: [UInt8] = []
        packed.reserveCapacity(cost - pieces.count * Self.overhead)
        pack(into: packed, &spares)
        pieces.shrink()
    }

    /// The octets that it takes in memory, about: the array's and the pieces'.
    var room: Int { octets.capacity + pieces.room }

    /// Moves the octets of the pieces that are left to another array.
    private mutating func pack(into array: consuming [UInt8], _ spares: inout SpareArrays) {
        var packed = array
        for index in 0..<pieces.count {
            let stored = pieces[index].stored
            pieces.change(index) { $0.at = packed.count }
            packed.append(octets.span.extracting(stored))
        }
        swap(&packed, &octets)
        spares.give(&packed)
    }
}

/// Empty arrays with room in them, for halves that hold something now and then: a few, however many halves there are.
struct SpareArrays: Sendable {
    private var arrays: [[UInt8]] = []
    private var room = 0

    /// So many arrays are kept at most, and of so many octets of room together.
    private static let (most, mostRoom) = (16, 4 << 20)

    /// Gives the roomiest array for `array`, which is empty, where there is one.
    mutating func take(_ array: inout [UInt8]) {
        guard let roomiest = arrays.indices.max(by: { arrays[$0].capacity < arrays[$1].capacity }) else { return }
        array = arrays.remove(at: roomiest)
        room -= array.capacity
    }

    /// Takes `array`, whose octets are spent; it is empty then.
    mutating func give(_ array: inout [UInt8]) {
        var given: [UInt8] = []
        swap(&given, &array)
        guard arrays.count < Self.most, given.capacity <= Self.mostRoom - room else { return }
        room += given.capacity
        given.removeAll(keepingCapacity: true)
        arrays.append(given)
    }
}
