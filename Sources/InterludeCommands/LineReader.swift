/// Reads a file line by line, in bounded memory.
struct LineReader: ~Copyable {
    enum Line {
        /// Without its end.
        case line([UInt8])
        case end
        /// There are more octets than a line may have.
        case tooLong
        /// The system failed to deliver octets.
        case failed
    }

    private let file: Terminal.ReadableFile
    private let most: Int
    private var held: [UInt8] = []
    /// What of `held` has been given out, and how far it has been searched for an end.
    private var (taken, searched) = (0, 0)
    private var isAtEnd = false

    /// Opens the file at `path`, whose lines have at most `most` octets; `nil` where it cannot be opened.
    init?(_ path: String, most: Int) {
        guard let file = Terminal.ReadableFile(path) else { return nil }
        self.file = file
        self.most = most
    }

    /// The next line; a last one needs no end.
    mutating func next() -> Line {
        while true {
            if let end = held[searched...].firstIndex(of: 0x0a) {
                let line = Array(held[taken..<end])
                (taken, searched) = (end + 1, end + 1)
                return .line(line)
            }
            searched = held.count
            guard !isAtEnd else {
                guard taken < held.count else { return .end }
                let line = Array(held[taken...])
                taken = held.count
                return .line(line)
            }
            guard held.count - taken <= most else { return .tooLong }
            held.removeFirst(taken)
            (taken, searched) = (0, held.count)
            guard let more = file.next() else { return .failed }
            isAtEnd = more.isEmpty
            held += more
        }
    }
}
