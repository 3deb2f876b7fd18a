import CaptureForge
import CaptureModel
import TestBench
import Testing

@testable import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Captures in a database", .serialized)
struct DatabaseTests {
    private let folder = ScratchFolder()

    private func audit(_ arguments: String..., killedAfter milliseconds: Int? = nil) throws -> Run {
        try interlude(["audit", "-q", "--no-series"] + arguments, in: folder, killedAfter: milliseconds)
    }

    /// All rows of a query on a database, the columns with a bar between them.
    private func rows(_ query: String, of name: String = "r.db") throws -> [String] {
        let statement = try Database("\(folder.path)/\(name)").prepare(query)
        var rows: [String] = []
        while try statement.step() { rows.append(statement.text(0)) }
        return rows
    }

    /// The whole of a database, row by row as text.
    private func contents(of name: String) throws -> [[String]] {
        try
            (ReportTable.allCases.map { ($0.rawValue, $0.columns.map(\.name)) }
            + [("fingerprints", ["capture", "severity", "rule", "method", "host", "target", "count"])]).map {
                table, columns in
                try rows(
                    "SELECT \(columns.map { "quote(\($0))" }.joined(separator: "||'|'||")) FROM \(table) ORDER BY rowid",
                    of: name)
            }
    }

    @Test("The tables are those of CSV, typed; what CSV adds to a text is not in them")
    func tables() throws {
        let hostile = Captures.dialogue.replacing("COPY /a ", with: #"COPY /"a,b"=1 "#).replacing(
            "somebody/1", with: "'=cmd()"
        )
        .replacing("Host: h", with: "Host: =1+1")
        _ = try folder.write(try Captures.pcap(hostile), as: "a.pcap")
        #expect(try audit("a.pcap", "--sqlite", "r.db", "--csv", ".").code == 0)
        #expect(
            try rows("SELECT target||' '||host||' '||user_agent FROM exchanges WHERE id = '1.1'") == [
                #"/"a,b"=1 =1+1 '=cmd()"#
            ])
        #expect(
            try rows(
                "SELECT (interim_count + 1) || ' ' || typeof(wait_ms) || ' ' || typeof(final_status) || ' ' || typeof(expect) FROM exchanges WHERE id = '1.1'"
            ) == ["3 real integer null"])
        for table in ReportTable.allCases.map(\.rawValue) {
            let rows = try rows("SELECT count(*) FROM \(table)")
            let lines = String(decoding: try folder.read("\(table).csv"), as: UTF8.self).split(separator: "\r\n")
            #expect(rows == ["\(lines.count - 1)"])
            #expect(try self.rows("SELECT group_concat(name) FROM pragma_table_info('\(table)')") == [String(lines[0])])
        }
    }

    @Test("A rerun replaces the rows of a file whole, and leaves those of others")
    func rerun() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        _ = try folder.write(try Captures.pcap(), as: "b.pcap")
        #expect(try audit("a.pcap", "b.pcap", "--sqlite", "r.db").code == 0)
        let short = "expect: nothing\n>>> 0.1\nGET /new HTTP/1.1\nHost: h\n\n<<< 1\nHTTP/1.1 204 No Content\n\n"
        _ = try folder.write(try Captures.pcap(short), as: "a.pcap")
        #expect(try audit("a.pcap", "--sqlite", "r.db").code == 0)
        #expect(try rows("SELECT target FROM exchanges WHERE capture = 'a.pcap'") == ["/new"])
        #expect(try rows("SELECT target FROM exchanges WHERE capture = 'b.pcap'") == ["/a", "/b"])
        #expect(try rows("SELECT file FROM captures ORDER BY file") == ["a.pcap", "b.pcap"])
        #expect(try rows("SELECT count(*) FROM interim") == ["2"])
    }

    @Test("Files that have not changed are passed over, and their findings still fail the run")
    func sinceLast() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        _ = try folder.write(try Captures.pcap(), as: "b.pcap")
        func run(_ more: String...) throws -> Run {
            try interlude(["audit", "-q", "a.pcap", "b.pcap", "--sqlite", "r.db", "--since-last"] + more, in: folder)
        }
        #expect(try !run().text.contains("unchanged"))
        let again = try run("--fail-on", "warning", "--write-baseline", "known.json")
        #expect(again.code == 1 && again.text.contains("unchanged    2 of 2 files"))
        #expect(try run("--fail-on", "warning", "--baseline", "known.json").code == 0)
        // The same octets with another time are the same file; other octets are not.
        let octets = try folder.read("a.pcap")
        unsafe utimes("\(folder.path)/a.pcap", [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
        #expect(try run().text.contains("unchanged    2 of 2 files"))
        _ = try folder.write(octets.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "*") : $0 }, as: "a.pcap")
        #expect(try run().text.contains("unchanged    1 of 2 files"))
        // Other settings, another audit; and a file that cannot be read is tried each time.
        #expect(try !run("--silence", "5").text.contains("unchanged"))
        _ = try folder.write(Array("junk".utf8), as: "a.pcap")
        for _ in 0..<2 {
            let bad = try run("--silence", "5")
            #expect(bad.code == 2 && bad.text.contains("unchanged    1 of 2 files"))
        }
        #expect(try run("--json", "r.json").code == 64)
        #expect(try audit("a.pcap", "--since-last").code == 64)
    }

    @Test(
        "Killed at random moments, it goes on where it was: nothing is lost, nothing is doubled",
        arguments: [UInt64.random(in: 0 ... .max)])
    func kill(seed: UInt64) throws {
        let names = (0..<40).map { "\($0).pcap" }
        for (index, name) in names.enumerated() {
            _ = try folder.write(try Captures.many(20 + index % 7, perConnection: 3), as: name)
        }
        let list = names.joined(separator: "\n")
        _ = try folder.write(Array(list.utf8), as: "list")
        let start = ContinuousClock.now
        #expect(try audit("@list", "--sqlite", "whole.db", "--since-last").code == 0)
        let whole = ContinuousClock.now - start
        let expected = try contents(of: "whole.db")
        #expect(expected[0].count > 800)
        var random = SplitMix64(seed: seed)
        for _ in 0..<10 {
            let longest = max(2, Int(whole.components.attoseconds / 1_000_000_000_000_000) / 4)
            _ = try audit(
                "@list", "--sqlite", "r.db", "--since-last", killedAfter: Int.random(in: 1...longest, using: &random))
            // Whatever stands there is whole: as many exchanges as its captures say, each file once.
            guard try rows("SELECT count(*) FROM sqlite_master WHERE name = 'captures'") == ["1"] else { continue }
            #expect(
                try rows("SELECT (SELECT count(*) FROM exchanges) = (SELECT coalesce(sum(exchanges), 0) FROM captures)")
                    == ["1"], "seed \(seed)")
            #expect(try rows("SELECT count(*) = count(DISTINCT file) FROM captures") == ["1"], "seed \(seed)")
        }
        #expect(try audit("@list", "--sqlite", "r.db", "--since-last").code == 0)
        #expect(try contents(of: "r.db") == expected, "seed \(seed)")
    }

    @Test("A database of something else is left as it is")
    func foreign() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        try Database("\(folder.path)/other.db").run("CREATE TABLE mine (x)")
        let before = try folder.read("other.db")
        let found = try audit("a.pcap", "--sqlite", "other.db")
        #expect(found.code == 2 && found.complaint.contains("made by something else"))
        #expect(try folder.read("other.db") == before)
        _ = try folder.write(
            Array("no database, but longer than a header of one, which has a hundred octets or so: 1234567890".utf8),
            as: "no.db")
        #expect(try audit("a.pcap", "--sqlite", "no.db").code == 2)
        #expect(try audit("a.pcap", "--sqlite", "a.pcap").code == 64)
    }
}
