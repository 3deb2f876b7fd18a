import Audits
import CaptureForge
import CaptureInput
import Findings
import Reports
import TestBench
import Testing

@Suite("What a live audit tells, and when")
struct LiveAuditTests {
    private static let held = """
        expect: nothing
        >>> 0.1
        COPY /a HTTP/1.1
        Host: h

        <<< 1
        HTTP/1.1 102 Processing

        <<< 9
        HTTP/1.1 201 Created
        Content-Length: 0

        --- 10 client fin
        --- 10.1 server fin
        """
    private static let silent = """
        expect: nothing
        >>> 0.1
        GET /slow HTTP/1.1
        Host: h

        """

    private func frames(_ text: String) throws -> [Frame] {
        try Dialogue(parsing: text + "\n").capture().frames
    }

    /// Timers of 3 s (an interim response starts it anew) and of 5 s (it does not).
    private func settings() -> WatchSettings {
        var settings = WatchSettings()
        settings.audit.judge.take([
            TimeoutProfile("Quick", "1", .proxy, "idle", 3, .idle, .answer, reset: .yes, "test"),
            TimeoutProfile("Patient", "1", .proxy, "header", 5, .header, .answer, reset: .no, "test"),
        ])
        return settings
    }

    @Test("Events come in the order of what happened, and the exchange's record when it is over")
    func order() throws {
        let run = try LiveRun(frames(Self.held), settings())
        #expect(
            run.kinds.filter { $0 != "finding" } == [
                "request", "interim", "timer", "timer", "final", "exchange", "close", "capture", "summary",
            ])
        let interim = try #require(run.events("interim").first)
        #expect(interim["status"]?.integer == 102)
        #expect(interim["silence_ms"] == .number("900.0"))
        #expect(interim["exchange"]?.string == "1.1")
        #expect(interim["target"]?.string == "/a")
        #expect(run.events("close").first?["ending"]?.string == "client fin")
    }

    @Test("A timer is told at the moment when it would run out, silence and whole wait apart")
    func timers() throws {
        let told = try LiveRun(frames(Self.held), settings()).events("timer")
        // 3 s after the 102 at 1 s; 5 s after the request at 0.1 s.
        #expect(told.map { $0["timers"]?.string } == ["Quick idle (3 s)", "Patient header (5 s)"])
        #expect(told.map { $0["at_ms"] } == [.number("3900.0"), .number("5000.0")])
        #expect(told.map { $0["silence_ms"] } == [.number("3000.0"), .null])
        #expect(told.map { $0["frame"] } == [.null, .null])
    }

    @Test("A timer runs out without any packet")
    func noPackets() throws {
        let none = try LiveRun(frames(Self.silent), settings(), after: 2_900_000_000)
        #expect(none.events("timer").isEmpty)
        let one = try LiveRun(frames(Self.silent), settings(), after: 3_000_000_000)
        #expect(one.events("timer").count == 1)
        let both = try LiveRun(frames(Self.silent), settings(), after: 60_000_000_000)
        #expect(both.events("timer").count == 2)
        #expect(both.events("end").first?["ending"]?.string == "unanswered")
    }

    @Test("What is asked for alone is shown, and everything counted", arguments: LiveInterest.allCases)
    func interests(interest: LiveInterest) throws {
        var settings = settings()
        settings.interest = interest
        let all = try frames(Self.held)
        let plain = try frames(
            "expect: nothing\n>>> 0.1\nGET /b HTTP/1.1\nHost: h\n\n<<< 0.2\nHTTP/1.1 200 OK\nContent-Length: 0\n")
        let nothing = try LiveRun(plain, settings)
        #expect(nothing.kinds == ["capture", "summary"])
        #expect(nothing.records.last?["exchanges"]?.integer == 1)
        let run = try LiveRun(all, settings)
        let begun: [String] =
            switch interest {
            case .finding: []
            case .interim: ["interim", "timer", "timer", "final"]
            case .webdav: ["request", "interim", "timer", "timer", "final"]
            case .slow: ["timer", "timer", "final"]
            }
        #expect(run.kinds.prefix { $0 != "exchange" } == begun[...])
        #expect(run.kinds.contains("exchange"))
    }

    @Test("Dropped packets are a note of the report, with the device's counters")
    func drops() throws {
        let device = try LiveRun(frames(Self.held)).records.first { $0["record"] == .string("capture") }?["device"]
        #expect(device?["dropped_by_kernel"]?.integer == 0)
        var counters = DeviceCounters()
        (counters.received, counters.droppedByKernel) = (100, 7)
        let run = try LiveRun(frames(Self.held), counters: counters)
        let note = run.records.first { $0["rule"] == .string("capture/limit") }
        #expect(note?["message"]?.string?.hasPrefix("7 of 100 packets were dropped") == true)
        let clean = try LiveRun(frames(Self.held))
        #expect(!clean.records.contains { $0["rule"] == .string("capture/limit") })
    }

    @Test("The report of a live audit is that of the file, to the octet", arguments: DialogueFile.all)
    func sameAsFile(file: DialogueFile) throws {
        let frames = try file.read().capture().frames
        let (capture, report) = (ScratchFile(".pcap"), ScratchFile(".jsonl"))
        try FileOctets.write(PcapWriter().octets(frames), to: capture.path)
        _ = try audit([capture.path], AuditSettings(), as: .jsonLines, to: .file(report.path))
        let name = capture.path.split(separator: "/").last.map(String.init) ?? ""
        let live = try LiveRun(frames, named: name, reports: true).report
        let offline = String(decoding: try FileOctets.read(report.path), as: UTF8.self).split(separator: "\n")
        let isOfCapture = { (line: Substring) in line.hasPrefix(#"{"record":"capture""#) }
        #expect(live.filter { !isOfCapture($0) } == offline.filter { !isOfCapture($0) })
        #expect(live.count(where: isOfCapture) == 1)
    }
}
