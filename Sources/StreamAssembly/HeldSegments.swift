import CaptureModel

/// Octets of one direction that cannot be told yet, because something before them is missing.
///
/// Places are offsets from the beginning of the stream, so nothing wraps. Pieces are in order and do not overlap: the
/// octets captured first win.
struct HeldSegments: Sendable {
    struct Piece: Sendable {
        /// Offset of its first octet.
        var start: Int
        /// Octets on the wire.
        var length: Int
        /// The captured ones, at most `length`; fewer when the packet was cut.
        var octets: [UInt8]
        var place: StreamPlace
        /// What its sender had acknowledged of the other direction by then; `nil` without ACK.
        var acknowledged: SequenceNumber?

        var end: Int { start + length }
    }

    private var pieces = PieceQueue()
    /// What is held, in octets, with an allowance for bookkeeping.
    private(set) var cost = 0

    /// The allowance for one piece's own record.
    private static let overhead = 128

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
            let kept = min(from - start, captured.count)..<min(to - start, captured.count)
            var octets: [UInt8] = []
            octets.append(captured.extracting(kept))
            pieces.insert(
                Piece(start: from, length: to - from, octets: octets, place: place, acknowledged: acknowledged),
                at: index)
            cost += octets.count + Self.overhead
            from = to
            index += 1
        }
        return differs
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
        let to = min(piece.start + piece.octets.count, start + captured.count)
        guard from < to else { return true }
        for offset in from..<to where piece.octets[offset - piece.start] != captured[offset - start] { return false }
        return true
    }

    /// Lets go of all from the offset `end` on.
    mutating func cut(at end: Int) {
        while let last = pieces.last, last.end > end {
            var piece = pieces.removeLast()
            cost -= piece.octets.count + Self.overhead
            guard piece.start < end else { continue }
            piece.length = end - piece.start
            piece.octets.removeLast(max(0, piece.octets.count - piece.length))
            cost += piece.octets.count + Self.overhead
            pieces.insert(piece, at: pieces.count)
        }
    }

    /// Takes the first piece away.
    mutating func removeFirst() -> Piece {
        let piece = pieces.removeFirst()
        cost -= piece.octets.count + Self.overhead
        return piece
    }
}
