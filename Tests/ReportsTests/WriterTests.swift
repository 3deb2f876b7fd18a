import Exchanges
import Findings
import Foundation
import TestBench
import Testing

@testable import Reports

@Suite("Writing reports", .serialized)
struct WriterTests {
    /// A report as JSON of many findings, with or without exchanges.
    private func many(to sink: consuming ByteSink) throws -> [UInt8] {
        var writer = ReportWriter(.json, to: sink)
        try writer.begin(captures: ["a.pcap"])
        for number in 1...200 {
            let findings = (1...100).map { part in
                Sample.finding(
                    "timeout/silent", .warning, exchange: number, message: "Silent for \((number - 1) * 100 + part) s.")
            }
            try writer.exchange(Sample.plain(1, number), connectionEnd: Sample.closed, findings: findings)
        }
        try writer.finish(captures: [Sample.capture(Summary())], summary: Summary())
        return writer.contents
    }

    @Test("Findings beyond the spool's memory come back whole and in order, and a file holds the same as memory")
    func spool() throws {
        let path = NSTemporaryDirectory() + "/reports-\(UInt64.random(in: 0 ... .max)).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let inMemory = try many(to: .memory())
        #expect(try many(to: .file(path)).isEmpty)
        #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == inMemory)
        let findings = try JSON.parse(String(decoding: inMemory, as: UTF8.self))["findings"]?.items ?? []
        #expect(findings.count == 20_000)
        for (index, finding) in findings.enumerated() {
            #expect(finding["message"] == .string("Silent for \(index + 1) s."))
        }
    }

    @Test("A closed pipe is told apart")
    func closedPipe() throws {
        _ = ByteSink.standardOutput()  // from here on SIGPIPE is ignored
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        #expect(throws: ReportError.closedPipe) {
            _ = try many(to: .descriptor(pipe.fileHandleForWriting.fileDescriptor, name: "a pipe"))
        }
    }

    @Test("What cannot be opened or written is said in a sentence")
    func errors() throws {
        #expect(throws: ReportError.cannotOpen(name: "/nonexistent/x.json", reason: "No such file or directory")) {
            _ = try ByteSink.file("/nonexistent/x.json")
        }
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let full = ReportError.cannotWrite(name: "/dev/full", reason: "No space left on device")
        #expect(throws: full) { _ = try many(to: .file("/dev/full")) }
        #expect(full.description == "Writing the report to /dev/full failed: No space left on device.")
    }

    @Test("An empty run is a valid document in every format")
    func empty() throws {
        let document = try JSON.parse(report(.json, []))
        #expect(document["exchanges"] == .array([]) && document["findings"] == .array([]))
        #expect(document["summary"]?["wait_ms"]?["p50"] == .null)
        for line in try report(.jsonLines, []).split(separator: "\n") { _ = try JSON.parse(String(line)) }
        #expect(try csvRows(report(.csv(.exchanges), [])).count == 1)
    }

    @Test("What was not seen is null in JSON and empty in CSV")
    func absent() throws {
        var sample = Sample()
        sample.interim(102, "Processing", at: 1)
        var unfinished = Sample(number: 2)
        unfinished.request("PUT", Array("/".utf8), [], end: nil)
        let exchanges = [(sample.exchange, [Finding]()), (unfinished.exchange, [])]
        let document = try JSON.parse(report(.json, exchanges))
        let first = try #require(document["exchanges"]?[0])
        #expect(first["request"] == .null && first["final"] == .null)
        #expect(first["timing"]?["wait_ms"] == .null && first["timing"]?["silence_start_ms"] == .null)
        #expect(document["exchanges"]?[1]?["request"]?["end_ms"] == .null)
        let rows = try csvRows(report(.csv(.exchanges), exchanges))
        for name in ["method", "request_time", "wait_ms", "final_status", "final_end_ms", "host"] {
            #expect(rows[1][try #require(rows[0].firstIndex(of: name))] == "", "\(name)")
        }
        #expect(try csvRows(report(.csv(.interim), exchanges))[1][10] == "")
    }

    @Test(
        "A format asks for the messages of findings if, and only if, it shows them",
        arguments: [
            .text(TextStyle()), .summary(TextStyle()), .json, .jsonLines, .csv(.exchanges), .csv(.interim),
            .csv(.findings),
            .csv(.captures), .har, .junit, .html(timers: []),
        ] as [ReportFormat])
    func messages(format: ReportFormat) throws {
        let exchange = Sample.plain(1, 1)
        let (told, silent) = (
            try report(format, [(exchange, [Sample.finding("timeout/silent", .warning, message: "so it was")])]),
            try report(format, [(exchange, [Sample.finding("timeout/silent", .warning, message: "")])])
        )
        #expect((told != silent) == format.needs.messages)
    }

    @Test(
        "A file's extension chooses the format",
        arguments: [
            ("a.txt", .text(TextStyle())), ("b/a.JSON", .json), ("a.jsonl", .jsonLines), ("a.ndjson", .jsonLines),
            ("a.csv", .csv(.interim)), ("a", nil), ("json", nil), ("a.json/b", nil), ("", nil),
        ] as [(String, ReportFormat?)])
    func formats(file: String, format: ReportFormat?) {
        #expect(ReportFormat(file: file, style: TextStyle(), table: .interim) == format)
    }
}
