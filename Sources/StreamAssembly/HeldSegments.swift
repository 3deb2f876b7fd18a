import CaptureModel

/// Octets of one direction that cannot be told yet, because something before them is missing.
///
/// Places are offsets from the beginning of the stream, so nothing wraps. Pieces are in order and do not overlap: the
/// octets captured first win. A piece is plain numbers; its octets are in an array beside, which serves again when they
/// were told, so that moving a piece counts no references and holding one seldom allocates.
struct HeldSegments: Sendable {
    struct Piece: Sendable, BitwiseCopyable {
        /// Offset of its first octet.
        var start: Int
        /// Octets on the wire.
        var length: Int
        /// How many of them were captured; fewer when the packet was cut.
        var captured: Int
        /// Which of the arrays holds them.
        fileprivate(set) var array: Int
        var place: StreamPlace
        /// What its sender had acknowledged of the other direction by then; `nil` without ACK.
        var acknowledged: SequenceNumber?

        var end: Int { start + length }
    }

    private var pieces = PieceQueue()
    /// The octets of the pieces, and spent arrays.
    private var arrays: [[UInt8]] = []
    /// The spent ones.
    private var spent: [Int] = []
    /// What is held, in octets, with an allowance for bookkeeping.
    private(set) var cost = 0

    /// The allowance for one piece's own record.
    private static let overhead = 128
    /// With more arrays than this, spent ones are let go of.
    private static let mostKept = 64

    var isEmpty: Bool { pieces.isEmpty }
    var first: Piece? { pieces.first }

    /// Holds what is new of `[start, start + length)`. Returns whether octets captured twice differed.
    mutating func insert(
        _ captured: Span<UInt8>, length: Int, at start: Int, place: StreamPlace, acknowledged: SequenceNumber?
    ) -> Bool {
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
            let piece = Piece(
                start: from, length: to - from, captured: kept.count, array: store(kept), place: place,
                acknowledged: acknowledged)
            pieces.insert(piece, at: index)
            cost += kept.count + Self.overhead
            from = to
            index += 1
        }
        return differs
    }

    /// Copies octets into an array, and returns which.
    private mutating func store(_ octets: Span<UInt8>) -> Int {
        let index = spent.popLast() ?? arrays.count
        if index == arrays.count { arrays.append([]) }
        arrays[index].append(octets)
        return index
    }

    /// The first piece that ends behind `start`. Most segments come behind all others.
    private func insertionIndex(_ start: Int) -> Int {
        if let last = pieces.last, last.end <= start { return pieces.count }
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
        let octets = arrays[piece.array]
        for offset in from..<to where octets[offset - piece.start] != captured[offset - start] { return false }
        return true
    }

    /// Lets go of all from the offset `end` on.
    mutating func cut(at end: Int) {
        while let last = pieces.last, last.end > end {
            var piece = pieces.removeLast()
            cost -= piece.captured + Self.overhead
            guard piece.start < end else {
                arrays[piece.array] = []
                spent.append(piece.array)
                continue
            }
            piece.length = end - piece.start
            piece.captured = min(piece.captured, piece.length)
            cost += piece.captured + Self.overhead
            pieces.insert(piece, at: pieces.count)
        }
    }

    /// Takes the first piece away; there is one. Its octets, of which the first `captured` count, are lent until
    /// `giveBack`.
    mutating func removeFirst() -> (piece: Piece, octets: [UInt8]) {
        let piece = pieces.removeFirst()
        cost -= piece.captured + Self.overhead
        var octets: [UInt8] = []
        swap(&octets, &arrays[piece.array])
        return (piece, octets)
    }

    /// Gives back the octets of a piece that was taken away; their array serves again.
    mutating func giveBack(_ octets: consuming [UInt8], of piece: Piece) {
        guard piece.array < arrays.count else { return }  // all was let go of meanwhile
        if pieces.isEmpty, arrays.count > Self.mostKept {
            arrays = []
            spent = []
            return
        }
        spent.append(piece.array)
        guard arrays.count <= Self.mostKept else { return }
        octets.removeAll(keepingCapacity: true)
        swap(&octets, &arrays[piece.array])
    }
}
