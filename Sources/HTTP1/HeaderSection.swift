import CaptureModel

/// The lines of a header section while they are read.
struct HeaderSection {
    /// How many field lines there are so far.
    var count = 0
    var names: NameDigest = []
    var oddities: Oddities
    /// The first and the last line that may be one of those that frame the content: these are read when all is there, for a
    /// folded line adds to the field before it.
    var framing = Int.max..<Int.max
    /// The familiar line that may be next, and how many were.
    var next = 0
    var familiarCount = 0

    /// Whether less than half of it was familiar.
    var isNews: Bool { familiarCount * 2 < count }

    init(oddities: Oddities) {
        self.oddities = oddities
    }

    /// Goes on with a head of which a part was read.
    init(continuing head: borrowing MessageHead) {
        (count, names, oddities) = (head.fieldCount, head.names, head.oddities)
        framing = 0..<count
    }

    @inline(__always)
    mutating func add(_ line: FieldLine, _ name: NameDigest, to lines: inout MutableSpan<FieldLine>) {
        names.formUnion(name)
        if FramingFields.mayBeOne(line.name) { framing = min(framing.lowerBound, count)..<count &+ 1 }
        lines[count] = line
        count &+= 1
    }

    /// Lengthens the value of the last field line up to `end`, for it is folded; the line from `start` on has no more than
    /// white space where that is its end.
    @inline(__always)
    mutating func unfold(to end: Int, from start: Int, in lines: inout MutableSpan<FieldLine>) {
        guard end > start else { return }
        let value = lines[count - 1].value
        if end > Int(value.end) { lines[count - 1].value = OctetRange(Int(value.start), end) }
    }

    /// Takes the lines from `lineStart` on that are, octet by octet, the familiar ones that are due, and moves `lineStart`
    /// behind them; there is one that is due, and room for it. Returns the familiar line whose name the next one has too,
    /// with the same white space around its colon: `take` is to be asked for that.
    @inline(__always)
    mutating func takeFamiliar(
        _ familiar: borrowing FamiliarLines, _ octets: Span<UInt8>, _ lineStart: inout Int,
        _ lines: inout MutableSpan<FieldLine>, most: Int
    ) -> FamiliarLines.Line? {
        let known = familiar.lines.span
        let from = Int(known[next].octets.start)
        let end = from &+ octets.commonLength(from: lineStart, with: familiar.octets.span, from: from)
        let shift = lineStart &- from
        while next < known.count, count < most {
            var line = known[next]
            next &+= 1
            line.field = line.field.shifted(by: shift)
            guard Int(line.octets.end) <= end else {
                return Int(line.field.value.start) <= end &+ shift ? line : nil
            }
            add(line.field, line.names, to: &lines)
            familiarCount &+= 1
            lineStart = shift &+ Int(line.octets.end)
        }
        return nil
    }

    /// Takes the line that has the name of `namesake`, in its place, and ends before `lineEnd`. Returns whether it did: not
    /// where the value is empty, or begins later.
    @inline(__always)
    mutating func take(
        _ namesake: FamiliarLines.Line, _ octets: Span<UInt8>, lineEnd: Int, _ lines: inout MutableSpan<FieldLine>
    ) -> Bool {
        let start = Int(namesake.field.value.start)
        guard start < lineEnd, !StartLines.isBlank(octets[start]) else { return false }
        let value = OctetRange(start, StartLines.trimmedEnd(octets, start, lineEnd))
        add(FieldLine(name: namesake.field.name, value: value), namesake.names, to: &lines)
        return true
    }
}
