import CaptureModel

/// The field lines of a head that was read before. Most lines of a head (Host, User-Agent, Server, Connection …) are the
/// same, octet by octet, in the next one of their kind; to find that a line is the one known costs a fraction of reading
/// it.
struct FamiliarLines: Sendable {
    /// A line, its CR LF included, and what reading it gave.
    struct Line: Sendable, BitwiseCopyable {
        var octets: OctetRange
        var field: FieldLine
        var names: NameDigest
    }

    /// The head.
    private(set) var octets: [UInt8] = []
    private(set) var lines: [Line] = []

    /// Remembers a head in place of the one before: it ends with its empty line, has the first `count` of these field
    /// lines, and was read without any leniency. So each line begins with its name, and ends where the next one begins.
    mutating func remember(_ head: Span<UInt8>, _ fields: [FieldLine], _ count: Int) {
        octets.removeAll(keepingCapacity: true)
        octets.append(head)
        lines.removeAll(keepingCapacity: true)
        for index in 0..<count {
            let name = fields[index].name
            let isLast = index + 1 == count
            let end = isLast ? head.count - 2 : Int(fields[index + 1].name.start)
            lines.append(
                Line(
                    octets: OctetRange(Int(name.start), end), field: fields[index],
                    names: NameDigest(name.range, in: head)))
        }
    }
}
