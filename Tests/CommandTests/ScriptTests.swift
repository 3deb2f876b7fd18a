import CaptureForge
import CaptureModel
import TestBench
import Testing

@Suite("What scripts rely on")
struct ScriptTests {
    private let folder = ScratchFolder()

    init() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
    }

    private func run(_ arguments: String...) throws -> Run {
        try interlude(arguments, in: folder)
    }

    /// The rules that fire, each once.
    private func rules(_ arguments: String...) throws -> Set<String> {
        let found = try interlude(["inspect", "a.pcap", "--format", "jsonl"] + arguments, in: folder)
        let records = try found.text.split(separator: "\n").map { try JSON.parse(String($0)) }
        let rules = records.filter { $0["record"] == .string("finding") }.compactMap { $0["rule"]?.string }
        let counted = records.last?["findings"]
        let sum = ["violation", "warning", "note"].compactMap { counted?[$0]?.integer }.reduce(0, +)
        #expect(sum == rules.count)
        return Set(rules)
    }

    @Test("Rules are selected and ignored by id or family, and an id says more than its family")
    func selection() throws {
        let all = try rules()
        let timeouts = all.filter { $0.hasPrefix("timeout/") }
        let one = try #require(timeouts.sorted().first)
        #expect(!timeouts.isEmpty && all.count > timeouts.count + 1 && timeouts.count > 1)
        #expect(try rules("--select", "timeout") == timeouts)
        #expect(try rules("--ignore", "timeout") == all.subtracting(timeouts))
        #expect(try rules("--select", "timeout", "--ignore", one) == timeouts.subtracting([one]))
        #expect(try rules("--ignore", "timeout", "--select", one) == [one])
        #expect(
            try rules("--select", "timeout,processing")
                == all.filter { $0.hasPrefix("timeout/") || $0.hasPrefix("processing/") })
        #expect(
            try rules("--select", "webdav", "--select", "timeout")
                == all.filter { $0.hasPrefix("timeout/") || $0.hasPrefix("webdav/") })
        let unknown = try run("inspect", "a.pcap", "--ignore", "timeout/silence")
        #expect(unknown.code == 64 && unknown.complaint.contains("timeout/silent"))
        // What does not speak fails nothing.
        #expect(try run("inspect", "a.pcap", "--fail-on", "warning", "--select", "processing/used").code == 0)
    }

    @Test("With a baseline only new findings fail, also when the same traffic is recorded again")
    func baseline() throws {
        #expect(try run("audit", "a.pcap", "--write-baseline", "known.json", "--fail-on", "warning").code == 1)
        let again = try run("audit", "a.pcap", "--baseline", "known.json", "--fail-on", "note")
        #expect(again.code == 0 && again.text.contains(" findings known, 0 new\n"))
        // Another name, other times, another number in a query: known.
        let later = Captures.dialogue.replacing("/a ", with: "/a?try=2 ").replacing("30\n", with: "31\n")
        _ = try folder.write(try Captures.pcap(later), as: "later.pcap")
        #expect(try run("audit", "later.pcap", "--baseline", "known.json", "--fail-on", "note").code == 0)
        // Another resource: new, and said.
        _ = try folder.write(try Captures.pcap(Captures.dialogue.replacing("/a ", with: "/other ")), as: "new.pcap")
        let new = try run("audit", "a.pcap", "new.pcap", "--baseline", "known.json", "--fail-on", "warning")
        #expect(new.code == 1 && new.text.contains("new          warning ") && new.text.contains("COPY h /other\n"))
        // The same findings give the same file, whatever their order.
        #expect(try run("audit", "new.pcap", "a.pcap", "--write-baseline", "1.json").code == 0)
        #expect(try run("audit", "a.pcap", "new.pcap", "--write-baseline", "2.json").code == 0)
        #expect(try folder.read("1.json") == folder.read("2.json"))
    }

    @Test(
        "What is no baseline is told by line, with exit code 64",
        arguments: [
            ("{", "line 1: "), ("[]", "it is no baseline"),
            (#"{"schema":"interlude.baseline/1","findings":[{}]}"#, "finding 1 has no rule"),
        ])
    func wrongBaseline(text: String, words: String) throws {
        _ = try folder.write(Array(text.utf8), as: "b.json")
        let found = try run("audit", "a.pcap", "--baseline", "b.json")
        #expect(found.code == 64 && found.complaint.contains(words), "\(found.complaint)")
    }

    @Test("A file of the project gives options, and the command line overrides them")
    func configuration() throws {
        _ = try folder.write(
            Array(#"{"fail-on": "warning", "ignore": ["webdav", "async"], "limit": {"interims": 1}, "jobs": 2}"#.utf8),
            as: ".interlude.json")
        #expect(try run("inspect", "a.pcap").code == 1)
        #expect(try run("audit", "a.pcap").code == 1)
        #expect(try run("inspect", "a.pcap", "--fail-on", "violation").code == 0)
        #expect(try run("inspect", "a.pcap", "--no-config").code == 0)
        #expect(try !rules().contains { $0.hasPrefix("webdav/") })
        #expect(try rules("--ignore", "timeout").contains { $0.hasPrefix("webdav/") })
        #expect(try run("inspect", "a.pcap", "--format", "json").text.contains("\"limit\""))
        // Other commands have no use for it.
        #expect(try run("list", "rules").code == 0)
        _ = try folder.write(Array(#"{"select": ["timeout"]}"#.utf8), as: ".interlude.json")
        #expect(try rules().allSatisfy { $0.hasPrefix("timeout/") })
    }

    @Test(
        "What is wrong with the project's file is said, with exit code 64",
        arguments: [
            ("{,}", "line 1: a name"), ("[]", "no object"), (#"{"fail_on": "note"}"#, "there is no option \"fail_on\""),
            (#"{"fail-on": null}"#, "\"fail-on\" is neither"), (#"{"fail-on": "never"}"#, "never"),
            (#"{"csv": "x"}"#, "there is no option \"csv\""),
        ])
    func wrongConfiguration(text: String, words: String) throws {
        _ = try folder.write(Array(text.utf8), as: ".interlude.json")
        let found = try run("audit", "a.pcap")
        #expect(found.code == 64 && found.complaint.contains(words), "\(found.complaint)")
    }
}
