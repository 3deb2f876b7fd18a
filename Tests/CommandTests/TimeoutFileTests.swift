import CaptureForge
import Findings
import InterludeCommands
import TestBench
import Testing

@Suite("Files of timers")
struct TimeoutFileTests {
    private let folder = ScratchFolder()

    /// The rows of `list timeouts` with a file of this text.
    private func list(_ text: String) throws -> (Run, [JSON]) {
        let name = try folder.write(Array(text.utf8), as: "timers.json")
        let run = try interlude(["list", "timeouts", "--format", "json", "--timeouts", name], in: folder)
        return (run, run.code == 0 ? try JSON.parse(run.text).items : [])
    }

    @Test("What is listed as JSON reads back as the same list")
    func roundTrip() throws {
        let plain = try interlude(["list", "timeouts", "--format", "json"], in: folder)
        #expect(plain.code == 0)
        #expect(try JSON.parse(plain.text).items.count == TimeoutProfile.known.count)
        let (again, _) = try list(plain.text)
        #expect(again.text == plain.text)
    }

    @Test("A row of a known name replaces what it gives, and keeps the rest")
    func replaces() throws {
        let (_, rows) = try list(#"[{"product": "HAProxy", "setting": "timeout server", "seconds": 50}]"#)
        #expect(rows.count == TimeoutProfile.known.count)
        let row = rows.first { $0["product"] == .string("HAProxy") }
        #expect(row?["seconds"] == .number("50") && row?["timer"] == .string("idle"))
        #expect(row?["reset_by_interim"] == .string("yes") && row?["evidence"] == .string("user"))
    }

    @Test("A short name of product and setting replaces all of that name; with a version, that one only")
    func replacesAll() throws {
        func seconds(_ text: String) throws -> [JSON?] {
            try list(text).1.filter { row in
                row["product"] == .string("nginx")
                    && row["setting"]?.string?.hasPrefix("proxy_read_timeout, before") == true
            }.map { $0["seconds"] }
        }
        let row = #""product": "nginx", "setting": "proxy_read_timeout", "seconds": 300"#
        #expect(try seconds("[{\(row)}]") == [.number("300"), .number("300")])
        #expect(try seconds(#"[{\#(row), "version": "1.22.1"}]"#) == [.number("300"), .number("60")])
    }

    @Test("A row of another name is added, and verdicts speak of it")
    func adds() throws {
        let text =
            #"[{"product": "Our gate", "setting": "patience", "seconds": 45, "role": "proxy", "timer": "header"}]"#
        let (_, rows) = try list(text)
        #expect(rows.count == TimeoutProfile.known.count + 1)
        let capture = try folder.write(try Captures.pcap(), as: "a.pcap")
        let run = try interlude(
            ["inspect", capture, "--format", "jsonl", "--timeouts", "timers.json", "--path", "our-gate"], in: folder)
        #expect(run.code == 0)
        #expect(run.text.contains("longer than Our gate patience (45 s, on the path)"))
        #expect(run.text.contains("no interim response helps against Our gate patience"))
    }

    @Test(
        "What is wrong is told by row and field, with exit code 64",
        arguments: [
            ("", "no JSON array"), ("[", "row 1: it is no object"), ("{}", "no JSON array"),
            ("[7]", "row 1: it is no object"),
            ("[]]", "more behind the array"), ("[{}", "comma or the end of the array"), ("[{} {}]", "row 1: a comma"),
            ("[{},]", "row 2: it is no object"), (#"[{"a" 1}]"#, "row 1, a: a colon"),
            (#"[{"product": []}]"#, "row 1, product: a text"), (#"[{"a": 01}]"#, "row 1, a: a text, a number"),
            (#"[{"a": 1, "a": 1}]"#, "row 1, a: stands twice"), (#"[{"a": "b}]"#, "row 1: a text has no end"),
            (#"[{"a": "\ud800"}]"#, "row 1: half a character"), (#"[{"a": "\u00g0"}]"#, "four hexadecimal digits"),
            (#"[{"setting": "a", "seconds": 1}]"#, "row 1, product: is missing"),
            (#"[{"product": "HAProxy", "setting": "timeout server"}]"#, "row 1, seconds: is missing"),
            (#"[{"product": "HAProxy", "setting": "timeout server", "seconds": "x"}]"#, "row 1, seconds: must be"),
            (#"[{"product": "HAProxy", "setting": "timeout server", "seconds": 0}]"#, "row 1, seconds: must be"),
            (#"[{"product": "a", "setting": "b", "seconds": 1}]"#, "row 1, role: is missing"),
            (#"[{"product": "a", "setting": "b", "seconds": 1, "role": "cook"}]"#, "row 1, role: must be one of"),
            (
                #"[{"product": "HAProxy", "setting": "timeout server", "secs": 1}]"#,
                "row 1, secs: there is no such column"
            ),
            (
                #"[{"product": "HAProxy", "setting": "timeout server", "seconds": 1, "max_interims": -1}]"#,
                "row 1, max_interims: must be"
            ),
            (#"[{"product": "HAProxy\u0007", "setting": "a", "seconds": 1}]"#, "row 1, product: must have no control"),
        ])
    func wrong(text: String, words: String) throws {
        let (run, _) = try list(text)
        #expect(run.code == 64)
        #expect(run.complaint.contains(words), "\(run.complaint)")
    }

    @Test("A name that is no product's is refused, and those alike are named")
    func unknown() throws {
        let capture = try folder.write(try Captures.pcap(), as: "a.pcap")
        let run = try interlude(["inspect", capture, "--path", "nginx,javahttpclient,httpclient"], in: folder)
        #expect(run.code == 64)
        #expect(run.complaint.contains("\"javahttpclient\""))
        let missing = try interlude(["inspect", capture, "--timeouts", "nowhere.json"], in: folder)
        #expect(missing.code == 64 && missing.complaint.contains("cannot be read"))
    }
}
