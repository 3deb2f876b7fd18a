import CaptureForge
import TestBench
import Testing

/// A row of `Fixtures/malformed/outcomes.md`.
struct Outcome: CustomTestStringConvertible {
    var cells: [String]
    var name: String { cells[0] }
    var testDescription: String { name }

    /// The rows of the table.
    static let all: [Outcome] = {
        let text = (try? FileOctets.read(Repository.root + "/Fixtures/malformed/outcomes.md")) ?? []
        let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("| ") }
        return rows.dropFirst(2).map { row in
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            return Outcome(cells: cells.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) })
        }
    }()

    /// The same of a report: all but the last cell, which only says why.
    static func told(_ name: String, _ code: Int32, _ report: JSON) -> [String] {
        func number(_ value: JSON?) -> String { value?.integer.map { "\($0)" } ?? "none" }
        func sum(_ value: JSON?) -> Int {
            guard case .object(let members) = value else { return -1 }
            return members.values.reduce(0) { $0 + ($1.integer ?? 0) }
        }
        let (capture, summary) = (report["captures"]?[0], report["summary"])
        var skipped: [String] = []
        if case .object(let reasons) = capture?["skipped"] {
            skipped = reasons.map { "\($0.key)=\(number($0.value))" }.sorted()
        }
        let lacks = Set(
            (report["exchanges"]?.items ?? []).flatMap { $0["integrity"]?.items ?? [] }.compactMap(\.string))
        return [
            name, "\(code)", capture?["status"]?.string ?? "none", number(capture?["packets"]),
            skipped.joined(separator: " "), number(summary?["exchanges"]), number(summary?["without_final"]),
            "\(sum(summary?["interim"]))", lacks.sorted().joined(separator: " "),
        ]
    }
}

@Suite("Damaged and forged captures")
struct MalformedTests {
    private let folder = ScratchFolder()

    @Test("What is said of each is what its table says, as JSON and as CSV", arguments: Outcome.all)
    func outcome(_ expected: Outcome) throws {
        let path = Repository.root + "/Fixtures/malformed/" + expected.name
        let json = try interlude(["inspect", path, "--format", "json"], in: folder)
        let report = try JSON.parse(json.text)
        #expect(Outcome.told(expected.name, json.code, report) == Array(expected.cells.dropLast()))
        #expect(json.peak < 150_000, "\(json.peak) KiB")
        #expect((report["captures"]?[0]?["error"]?.string != nil) == (json.code == 2))
        for table in ["captures", "exchanges", "interim", "findings"] {
            let csv = try interlude(["inspect", path, "--format", "csv", "--table", table], in: folder)
            #expect(csv.code == json.code)
            let widths = Set(csv.text.split(separator: "\r\n").map { width(of: $0) })
            #expect(widths.count == 1, "\(table): \(widths)")
            let rows = csv.text.split(separator: "\r\n").count - 1
            if table == "captures" { #expect(rows == 1) }
            if table == "exchanges" { #expect("\(rows)" == expected.cells[5]) }
            if table == "interim" { #expect("\(rows)" == expected.cells[7]) }
        }
    }

    @Test("Each capture of the folder has its row, and each row its capture")
    func whole() {
        let names = FileOctets.names(in: Repository.root + "/Fixtures/malformed").filter { $0 != "outcomes.md" }
        #expect(names.sorted() == Outcome.all.map(\.name))
        #expect(Outcome.all.allSatisfy { $0.cells.count == 10 && $0.cells.last != "" })
    }

    /// How many cells a row has (RFC 4180).
    private func width(of row: Substring) -> Int {
        var (cells, isQuoted) = (1, false)
        for octet in row.utf8 {
            if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
            if octet == UInt8(ascii: ","), !isQuoted { cells += 1 }
        }
        return cells
    }
}
