import CaptureForge
import TestBench
import Testing

@Suite("Where a report goes, and in which form")
struct OutputTests {
    private let folder = ScratchFolder()
    private static let forms = ["text", "json", "jsonl", "csv", "har", "junit", "html"]

    init() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
    }

    private func run(_ arguments: String..., to output: Output = .file, environment: [String] = ["TERM=xterm"]) throws
        -> Run
    {
        try interlude(arguments, in: folder, to: output, environment: environment)
    }

    /// The form of a report, as `--format` calls it.
    private func form(_ octets: [UInt8]) -> String {
        let text = String(decoding: octets, as: UTF8.self)
        if let document = try? JSON.parse(text) { return document["log"] == nil ? "json" : "har" }
        let lines = text.split(separator: "\n")
        if lines.count > 1, lines.allSatisfy({ (try? JSON.parse(String($0))) != nil }) { return "jsonl" }
        if text.hasPrefix("capture,id,") || text.hasPrefix("rule,") || text.hasPrefix("file,") { return "csv" }
        if text.hasPrefix("<?xml") && text.hasSuffix("</testsuites>\n") { return "junit" }
        if text.hasPrefix("<!DOCTYPE html>") && text.hasSuffix("</html>\n") { return "html" }
        return text.contains("COPY /a") ? "text" : "?"
    }

    @Test("Each format, on standard output", arguments: OutputTests.forms)
    func formats(format: String) throws {
        let found = try run("inspect", "a.pcap", "--format", format)
        #expect(found.code == 0 && found.complaint == "")
        #expect(form(found.output) == format)
    }

    @Test("Without --format, standard output gets text")
    func standard() throws {
        #expect(form(try run("inspect", "a.pcap").output) == "text")
    }

    @Test(
        "A file's extension says the format, in any letter case",
        arguments: [
            ("r.txt", "text"), ("r.json", "json"), ("r.jsonl", "jsonl"), ("r.ndjson", "jsonl"), ("r.csv", "csv"),
            ("r.JSON", "json"), ("a.b.csv", "csv"), ("r.har", "har"), ("r.xml", "junit"), ("r.html", "html"),
            ("r.htm", "html"),
        ])
    func extensions(name: String, format: String) throws {
        let found = try run("inspect", "a.pcap", "-o", name)
        #expect(found.code == 0 && found.output == [] && found.complaint == "")
        #expect(form(try folder.read(name)) == format)
        #expect(try folder.read(name) == run("inspect", "a.pcap", "--format", format).output)
    }

    @Test("--format overrules the extension, and --output is long for -o")
    func overruled() throws {
        #expect(try run("inspect", "a.pcap", "--output", "r.txt", "--format", "json").code == 0)
        #expect(form(try folder.read("r.txt")) == "json")
    }

    @Test("Each table of CSV has its columns", arguments: ["exchanges", "interim", "findings", "captures"])
    func tables(table: String) throws {
        let found = try run("inspect", "a.pcap", "--format", "csv", "--table", table)
        #expect(found.code == 0)
        let rows = found.text.split(separator: "\r\n")
        let first = [
            "exchanges": "capture,id,", "interim": "capture,id,position,", "findings": "rule,severity,",
            "captures": "file,format,",
        ]
        #expect(rows.first?.hasPrefix(first[table] ?? "?") == true)
        #expect(rows.count == ["exchanges": 3, "interim": 3, "captures": 2][table] ?? rows.count)
        #expect(rows.count > 1)
    }

    @Test(
        "What is no use of the command ends with 64 and says why",
        arguments: [
            ["inspect"], ["inspect", "a.pcap", "--nonsense"], ["nonsense"], ["inspect", "a.pcap", "--format", "yaml"],
            ["inspect", "a.pcap", "-o", "report"], ["inspect", "a.pcap", "-o", "r.doc"],
            ["inspect", "a.pcap", "--table", "interim"],
            ["inspect", "a.pcap", "--format", "csv", "--table", "nonsense"],
            ["inspect", "a.pcap", "--fail-on", "nonsense"], ["inspect", "a.pcap", "--silence", "0"],
            ["inspect", "a.pcap", "--silence", "nan"], ["inspect", "a.pcap", "--limit", "nonsense=1"],
            ["inspect", "a.pcap", "--limit", "connections=0"], ["explain"], ["explain", "nonsense"],
            ["list", "nonsense"],
        ])
    func usage(arguments: [String]) throws {
        let found = try interlude(arguments, in: folder)
        #expect(found.code == 64)
        #expect(found.output == [])
        #expect(found.complaint.hasPrefix("Error: "))
    }

    @Test(
        "A capture is never written over, by whatever name", arguments: ["a.pcap", "./a.pcap", "link.txt", "hard.txt"])
    func overInput(name: String) throws {
        let before = try folder.read("a.pcap")
        link("a.pcap", as: ("link.txt", "hard.txt"), in: folder)
        let found = try run("inspect", "a.pcap", "--format", "json", "-o", name)
        #expect(found.code == 64)
        #expect(found.complaint.contains("overwritten"))
        #expect(try folder.read("a.pcap") == before)
    }

    @Test("A reader that goes away ends the run quietly", arguments: OutputTests.forms)
    func closedPipe(format: String) throws {
        _ = try folder.write(try Captures.many(3_000, perConnection: 10), as: "many.pcap")
        let found = try run("inspect", "many.pcap", "--format", format, to: .pipe(reading: 1))
        #expect(found.output.count == 1)
        #expect(found.code == 0 && found.signal == 0)
        #expect(found.complaint == "")
    }

    @Test("A pipe gets no escapes; a terminal gets colour, unless NO_COLOR or a dumb one")
    func colour() throws {
        let escape = UInt8(0x1b)
        #expect(!(try run("inspect", "a.pcap", to: .pipe(reading: .max)).output.contains(escape)))
        #expect(!(try run("inspect", "a.pcap").output.contains(escape)))
        #expect(try run("inspect", "a.pcap", to: .terminal).output.contains(escape))
        for environment in [["TERM=xterm", "NO_COLOR=1"], ["TERM=dumb"]] {
            let found = try run("inspect", "a.pcap", to: .terminal, environment: environment)
            #expect(!found.output.contains(escape), "\(environment)")
            #expect(found.code == 0)
        }
        #expect(
            try run("inspect", "a.pcap", to: .terminal, environment: ["TERM=xterm", "NO_COLOR="]).output.contains(
                escape))
        #expect(!(try run("inspect", "a.pcap", "--format", "json", to: .terminal).output.contains(escape)))
    }

    @Test("The same input gives the same octets", arguments: OutputTests.forms)
    func same(format: String) throws {
        let first = try run("inspect", "a.pcap", "--format", format).output
        for _ in 0..<3 { #expect(try run("inspect", "a.pcap", "--format", format).output == first) }
        let absolute = try run("inspect", folder.path + "/a.pcap", "--format", format).output
        #expect(absolute == first, "no path of the machine")
    }

    @Test("explain, list, --version and --help say what they should")
    func knowledge() throws {
        let rules = try run("list", "rules")
        #expect(rules.code == 0)
        for line in rules.text.split(separator: "\n") {
            let id = String(line.split(separator: " ")[0])
            let page = try run("explain", id)
            #expect(page.code == 0 && page.text.contains(id) && page.text.utf8.count > 300, "\(id)")
        }
        #expect(rules.text.split(separator: "\n").count >= 15)
        let columns = try run("list", "columns")
        #expect(columns.code == 0)
        let header = try run("inspect", "a.pcap", "--format", "csv").text.split(separator: "\r\n")[0]
        for name in header.split(separator: ",") { #expect(columns.text.contains("  \(name) "), "\(name)") }
        #expect(try run("list", "limits").text.contains("connections"))
        #expect(try run("--version").text.wholeMatch(of: #/\d+\.\d+\.\d+ \(libpcap [0-9][^ ()]*\)\n/#) != nil)
        #expect(try run("--help").text.contains("inspect"))
        #expect(try run("inspect", "--help").text.contains("--fail-on"))
    }

    @Test("explain suggests what may have been meant")
    func suggestion() throws {
        let found = try run("explain", "silent")
        #expect(found.code == 64 && found.complaint.contains("timeout/silent"))
    }

    @Test(
        "explain knows status codes and topics as well as rules", arguments: ["102", "1xx", "199", "WebDAV", "proxies"])
    func subjects(subject: String) throws {
        let found = try run("explain", subject)
        #expect(found.code == 0 && found.text.contains("Rules that touch it") && found.complaint.isEmpty)
    }
}
