/// Pieces in order, with room at both ends: two stacks, back to back. Putting one in front, at the end, or taking the
/// first away costs the same however many there are (the first amortised), so that neither segments in reverse order
/// nor a long wait behind a hole cost more than their number; an insertion between others moves the fewer of the two.
struct PieceQueue: Sendable {
    typealias Piece = HeldSegments.Piece

    /// The first pieces, the very first last.
    private var front: [Piece] = []
    private var back: [Piece] = []

    var count: Int { front.count + back.count }
    var isEmpty: Bool { front.isEmpty && back.isEmpty }
    var first: Piece? { front.last ?? back.first }
    var last: Piece? { back.last ?? front.first }
    /// Where the last piece ends; before every offset where there is none.
    var end: Int { back.last?.end ?? front.first?.end ?? .min }

    subscript(_ index: Int) -> Piece {
        index < front.count ? front[front.count - 1 - index] : back[index - front.count]
    }

    /// Changes the piece at `index` in place.
    mutating func change(_ index: Int, _ body: (inout Piece) -> Void) {
        if index < front.count { body(&front[front.count - 1 - index]) } else { body(&back[index - front.count]) }
    }

    /// Puts a piece before the one at `index`, which is within `0...count`.
    mutating func insert(_ piece: Piece, at index: Int) {
        if index == count, !back.isEmpty || front.isEmpty {
            back.append(piece)  // nearly always
        } else if index < front.count || index == front.count && front.count < back.count {
            front.insert(piece, at: front.count - index)
        } else {
            back.insert(piece, at: index - front.count)
        }
    }

    /// Takes the first piece away; there is one.
    mutating func removeFirst() -> Piece {
        if front.isEmpty {
            front = back.reversed()
            back.removeAll()
        }
        return front.removeLast()
    }

    /// The octets that both stacks take in memory.
    var room: Int { (front.capacity + back.capacity) * MemoryLayout<Piece>.stride }

    /// Takes no more room than the pieces need.
    mutating func shrink() {
        back = front.reversed() + back
        front = []
    }

    /// Takes the last piece away; there is one.
    mutating func removeLast() -> Piece {
        back.popLast() ?? front.removeFirst()
    }
}
