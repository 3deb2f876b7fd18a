import CaptureForge
import CaptureModel
import TestBench
import Testing

@Suite("Merging reports")
struct MergeTests {
    private let folder = ScratchFolder()
    private let names = ["a.pcap", "b.pcap", "c.pcap"]

    init() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        // Beyond what is kept exactly, in one capture and over two.
        _ = try folder.write(try Captures.many(4_200, perConnection: 50), as: "b.pcap")
        _ = try folder.write(try Captures.many(700, perConnection: 5), as: "c.pcap")
        for name in names { try audit([name], as: name.replacing(".pcap", with: ".jsonl")) }
        try audit(names, as: "whole.jsonl", and: "whole.json")
    }

    private func audit(_ captures: [String], as lines: String, and document: String = "unused.json") throws {
        let found = try interlude(["audit", "-q", "--jsonl", lines, "--json", document] + captures, in: folder)
        #expect(found.code == 0)
    }

    private func merge(_ reports: String..., to output: String = "m.jsonl") throws -> Run {
        try interlude(["merge", "--jsonl", output, "--json", "m.json"] + reports, in: folder)
    }

    private func lines(_ name: String) throws -> [String] {
        String(decoding: try folder.read(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("Merging the parts gives the report of the whole, octet by octet, in both forms")
    func whole() throws {
        let found = try merge("a.jsonl", "b.jsonl", "c.jsonl")
        #expect(found.code == 0 && found.complaint == "")
        #expect(try folder.read("m.jsonl") == folder.read("whole.jsonl"))
        #expect(try folder.read("m.json") == folder.read("whole.json"))
        let text = try interlude(["audit", "-q"] + names, in: folder).text
        for label in ["exchanges", "interim", "findings"] {
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("\(label) ") })
            #expect(found.text.contains(line), "\(label)")
        }
    }

    @Test("It does not matter which are merged first")
    func associative() throws {
        _ = try merge("a.jsonl", "b.jsonl", to: "ab.jsonl")
        _ = try merge("b.jsonl", "c.jsonl", to: "bc.jsonl")
        _ = try merge("ab.jsonl", "c.jsonl", to: "1.jsonl")
        _ = try merge("a.jsonl", "bc.jsonl", to: "2.jsonl")
        #expect(try folder.read("1.jsonl") == folder.read("whole.jsonl"))
        #expect(try folder.read("2.jsonl") == folder.read("whole.jsonl"))
    }

    @Test("In another order there are the same records and the same summary")
    func commutative() throws {
        _ = try merge("c.jsonl", "a.jsonl", "b.jsonl")
        let (merged, whole) = (try lines("m.jsonl"), try lines("whole.jsonl"))
        #expect(merged.sorted() == whole.sorted())
        #expect(merged.last == whole.last)
        #expect(merged.last?.contains("\"exchanges\":4902,") == true)
    }

    @Test(
        "What is no report is told by file and line, and nothing is written",
        arguments: [
            ("hello\n", "line 1: it is no record"),
            ("{\"record\":\"song\",\"x\":1}\n", "line 1: it is a record of an unknown kind"),
            ("{\"record\":\"capture\",\"file\":\"x\",\"status\":\"complete\"}\n", "has no sketch"),
            ("{\"record\":\"finding\",\"rule\":}\n", "line 1: a value is missing"),
            ("{\"record\":\"exchange\"}\n", "line 1: it is no record"),
        ])
    func wrong(text: String, words: String) throws {
        _ = try folder.write(Array(text.utf8), as: "wrong.jsonl")
        let found = try merge("a.jsonl", "wrong.jsonl", to: "new.jsonl")
        #expect(
            found.code == 2 && found.complaint.contains("wrong.jsonl: ") && found.complaint.contains(words),
            "\(found.complaint)")
        #expect(!FileOctets.names(in: folder.path).contains { $0.hasPrefix("new.jsonl") || $0.hasPrefix(".") })
    }

    @Test("A capture that comes twice is refused, and so are counts that none has")
    func twice() throws {
        let found = try merge("a.jsonl", "a.jsonl")
        #expect(found.code == 2 && found.complaint.contains("\"a.pcap\" has been merged already"))
        let record = try #require(try lines("a.jsonl").first { $0.hasPrefix("{\"record\":\"capture\"") })
        for (good, bad) in [
            ("\"connections\":1", "\"connections\":9223372036854775807"), ("\"connections\":1", "\"connections\":-1"),
            ("\"buckets\":[]", "\"buckets\":[[1,1]]"), ("\"max_ns\":", "\"max_ns\":1"),
        ] {
            #expect(record.contains(good))
            _ = try folder.write(Array(record.replacing(good, with: bad).utf8), as: "bad.jsonl")
            #expect(try merge("bad.jsonl").code == 2)
        }
    }

    @Test("Nothing of a forged report moves the terminal's cursor")
    func forged() throws {
        let text =
            #"{"record":"finding","rule":"\u001b[2J","severity":"note","exchange":"\u009b1","capture":"\u001b]0;x"}"#
        _ = try folder.write(Array((text + "\n").utf8), as: "forged.jsonl")
        let found = try merge("forged.jsonl")
        #expect(found.code == 0 && !found.output.contains(0x1b) && !found.text.unicodeScalars.contains("\u{9b}"))
    }
}
