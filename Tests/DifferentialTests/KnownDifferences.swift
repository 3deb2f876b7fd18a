import CaptureForge
import TestBench

/// A number that we and tshark find different.
struct Difference: Hashable, Sendable, CustomStringConvertible {
    var capture: String
    /// `requests`, or a status.
    var what: String
    var ours: Int
    var theirs: Int

    var description: String { "\(what) of \(capture): \(ours), and tshark says \(theirs)" }

    /// Those that `Fixtures/known-differences.md` explains: its tables of five columns.
    static let known: Set<Difference> = {
        let octets = (try? FileOctets.read(Repository.root + "/Fixtures/known-differences.md")) ?? []
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n")
        return Set(
            lines.compactMap { line in
                let cells = line.split(separator: "|").map { $0.filter { $0 != " " && $0 != "`" } }
                guard cells.count == 5, let ours = Int(cells[2]), let theirs = Int(cells[3]) else { return nil }
                return Difference(capture: cells[0], what: cells[1], ours: ours, theirs: theirs)
            })
    }()
}
