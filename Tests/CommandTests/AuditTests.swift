import CaptureForge
import CaptureModel
import TestBench
import Testing

@Suite("Auditing many captures")
struct AuditTests {
    private let folder = ScratchFolder()
    private let names = ["a.pcap", "b.pcap", "c.pcap", "d.pcap"]

    init() throws {
        let texts = ["/a", "/alpha", "/another", "/a/b"].map { Captures.dialogue.replacing("/a ", with: "\($0) ") }
        for (name, text) in zip(names, texts) { _ = try folder.write(try Captures.pcap(text), as: name) }
    }

    private func run(_ arguments: String..., input: String = "/dev/null", to output: Output = .file) throws -> Run {
        try interlude(["audit"] + arguments, in: folder, input: input, to: output)
    }

    private func form(_ tables: [String] = ["exchanges", "interim", "findings", "captures"]) throws -> [[UInt8]] {
        try tables.map { try folder.read("\($0).csv") }
    }

    @Test("Reports are those of inspect --separate, octet by octet, whatever the jobs", arguments: ["1", "2", "7"])
    func sameAsInspect(jobs: String) throws {
        _ = try folder.write(Array("no capture".utf8), as: "bad.pcap")
        let files = ["c.pcap", "bad.pcap", "a.pcap", "d.pcap", "b.pcap"]
        let found = try interlude(
            ["audit", "--jobs", jobs, "--csv", ".", "--json", "r.json", "--jsonl", "r.jsonl"] + files, in: folder)
        #expect(found.code == 2)
        #expect(found.complaint.split(separator: "\n").count == 1 && found.complaint.contains("bad.pcap: is neither"))
        func inspected(_ options: String...) throws -> [UInt8] {
            try interlude(["inspect", "--separate"] + options + files, in: folder).output
        }
        #expect(try folder.read("r.json") == inspected("--format", "json"))
        for table in ["exchanges", "interim", "findings", "captures"] {
            #expect(try folder.read("\(table).csv") == inspected("--format", "csv", "--table", table))
        }
        #expect(found.output == (try inspected("--format", "summary")))
        // JSON Lines tell of a capture where its exchanges end; the records are the same.
        func lines(_ octets: [UInt8]) -> [String] {
            String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
        }
        #expect(try lines(folder.read("r.jsonl")) == lines(inspected("--format", "jsonl")))
    }

    @Test("Folders are searched, in the order of names, and only captures in them are read")
    func folders() throws {
        _ = try folder.write(Array("{}".utf8), as: "truth.json")
        _ = try folder.write([], as: "empty.pcap")
        _ = try folder.write(try Captures.pcap(), as: "unnamed")
        _ = try folder.write(try Captures.pcap(), as: ".hidden.pcap")
        let found = try run(".", "--csv", ".")
        #expect(found.code == 2 && found.complaint.contains("empty.pcap: is empty"))
        let rows = String(decoding: try folder.read("captures.csv"), as: UTF8.self).split(separator: "\r\n")
        #expect(rows.dropFirst().map { $0.prefix { $0 != "," } } == names.map { $0[...] } + ["empty.pcap", "unnamed"])
        // By its absolute path a folder is called by its last component, and nothing tells where it is.
        _ = try run(folder.path, "--csv", ".")
        let last = folder.path.split(separator: "/").last ?? ""
        let named = String(decoding: try folder.read("captures.csv"), as: UTF8.self).split(separator: "\r\n")
        #expect(named.dropFirst().first?.hasPrefix("\(last)/a.pcap,") == true)
        #expect(!named.contains { $0.contains(folder.path) })
    }

    @Test("A capture whose name is not UTF-8 is a row and a sentence, and no end of the run")
    func unreadableNames() throws {
        for octets in [Array("x".utf8) + [0xff] + Array(".pcap".utf8), [0xfe]] {
            folder.rename(try folder.write(try Captures.pcap(), as: "plain"), to: octets)
        }
        let found = try run(".", "--csv", ".")
        #expect(found.code == 2)
        #expect(found.complaint.split(separator: "\n").count == 2)
        #expect(found.complaint.split(separator: "\n").allSatisfy { $0.contains("its name is not UTF-8") })
        let rows = String(decoding: try folder.read("captures.csv"), as: UTF8.self).split(separator: "\r\n")
        #expect(rows.count == 6 && rows.last?.hasPrefix("x\u{fffd}.pcap,") == true)
    }

    @Test("Lists name files, from a file or standard input, by line or by NUL", arguments: ["\n", "\r\n", "\0"])
    func lists(separator: String) throws {
        let list = try folder.write(Array("b.pcap\(separator)a.pcap\(separator)b.pcap\(separator)".utf8), as: "list")
        #expect(try run("@list", "--csv", ".").code == 0)
        let expected = try interlude(["inspect", "--separate", "--format", "csv", "b.pcap", "a.pcap"], in: folder)
            .output
        #expect(try folder.read("exchanges.csv") == expected)
        #expect(try run("-", "--csv", ".", input: "\(folder.path)/\(list)").code == 0)
        #expect(try folder.read("exchanges.csv") == expected)
        let missing = try run("@nothing")
        #expect(missing.code == 64 && missing.complaint.contains("\"nothing\" cannot be read"))
    }

    @Test("A rotated series is known by name and time, and can be forced or forbidden")
    func series() throws {
        let frames = try Captures.frames()
        let cut = frames.count / 2
        let parts = [
            ("ring_00001_20261124100000.pcap", frames[..<cut]), ("ring_00002_20261124100001.pcap", frames[cut...]),
        ]
        for (name, part) in parts { _ = try folder.write(PcapWriter().octets(Array(part)), as: name) }
        func exchanges(_ arguments: String...) throws -> String {
            _ = try interlude(["audit"] + arguments + ["--csv", "."], in: folder)
            return String(decoding: try folder.read("exchanges.csv"), as: UTF8.self)
        }
        let whole = try exchanges(parts[0].0, parts[1].0)
        #expect(whole.split(separator: "\r\n").count == 3 && !whole.contains("midstream"))
        // In whatever order they are given: it is time that counts.
        #expect(try exchanges(parts[1].0, parts[0].0) == whole)
        #expect(try exchanges("--series", parts[0].0, parts[1].0) == whole)
        #expect(try exchanges("--no-series", parts[0].0, parts[1].0).contains("midstream"))
        // Names alone do not make a series: here the later number has the earlier time.
        _ = try folder.write(PcapWriter().octets(Array(frames[cut...])), as: "tide.pcap1")
        _ = try folder.write(PcapWriter().octets(Array(frames[..<cut])), as: "tide.pcap3")
        #expect(try exchanges("tide.pcap1", "tide.pcap3").contains("midstream"))
        _ = try folder.write(PcapWriter().octets(Array(frames[cut...])), as: "tide.pcap4")
        #expect(try !exchanges("tide.pcap3", "tide.pcap4").contains("midstream"))
    }

    @Test("No half report: what cannot be finished leaves the old file as it was, and nothing beside it")
    func whole() throws {
        _ = try folder.write(Array("old".utf8), as: "r.json")
        let found = try run("a.pcap", "--json", "r.json", "--jsonl", "/dev/full")
        #expect(found.code == 2 && found.complaint.contains("/dev/full failed: No space left on device"))
        #expect(try folder.read("r.json") == Array("old".utf8))
        #expect(FileOctets.names(in: folder.path).filter { $0.hasPrefix(".") } == [])
        // A link stays a link, and what it points to is new.
        link("r.json", as: ("soft.json", "hard.json"), in: folder)
        #expect(try run("a.pcap", "--json", "soft.json").code == 0)
        #expect(try folder.read("r.json") != Array("old".utf8))
        #expect(try folder.read("hard.json") == Array("old".utf8))
    }

    @Test("Exit codes: a finding, something that cannot be read, no use of the command")
    func codes() throws {
        #expect(try run("a.pcap", "--fail-on", "warning").code == 1)
        #expect(try run("a.pcap", "--fail-on", "violation").code == 0)
        #expect(try run("a.pcap", "nowhere.pcap", "--fail-on", "warning").code == 2)
        #expect(try run("a.pcap", "--jobs", "0").code == 64)
        #expect(try run("a.pcap", "--filter", "nonsense words").code == 2)
        #expect(try run("a.pcap", "--json", "a.pcap").code == 64)
        #expect(try run("a.pcap", "--json", "r", "--jsonl", "r").code == 64)
        #expect(try run("a.pcap", "--json", "no/such/folder/r").code == 2)
    }
}
