import CaptureModel
import Exchanges
import Findings
import HTTP1
import Testing

@testable import Reports

@Suite("Text for a person")
struct TextTests {
    /// Exchanges of every kind of ending.
    static var exchanges: [(Exchange, [Finding])] {
        var silent = Sample(connection: 2)
        silent.request(
            "PROPFIND", Array("/remote.php/dav/files/somebody/a folder/with/a/rather/long/path/file.bin".utf8), [])
        silent.exchange.outcome = .closedByClient
        silent.exchange.end = Sample.place(60_012, 30)
        silent.exchange.integrity = [.gap, .midstream]
        var foreign = Sample(connection: 3, ipv6: true)
        foreign.interim(100, "Continue", at: 5)
        foreign.final(404, "Nicht \u{1b}[31mgefunden", at: 5000)
        var upgraded = Sample(connection: 2, number: 2)
        upgraded.request("GET", Array("/\u{1b}]0;evil\u{7}日本語".utf8), [])
        upgraded.final(101, "Switching Protocols", at: 0.4)
        return [
            (Sample.contract, Array(GoldenTests.findings.prefix(2))), (Sample.plain(1, 2), []), (silent.exchange, []),
            (foreign.exchange, []), (upgraded.exchange, []),
        ]
    }

    static let golden = """
        2026-11-23 (UTC)
        connection 1  10.9.3.1:40472 → 10.9.3.2:8080
        11:30:09.567  1.1    COPY /dav/a             ├┄┄2─2─2─●        7.01 s  102×3 → 201, 2.01 s silent
                      note      processing/used: 3 interim responses 102, the first after 2009.1 ms.
                      warning   webdav/legacy-construct: 102 answers COPY, which RFC 4918 has dropped.
        11:30:09.567  1.2    GET /static/css/…s?v=2  ├───●              12 ms  200 OK
        connection 2  10.9.3.1:40472 → 10.9.3.2:8080
        11:30:09.567  2.1    PROPFIND /remote.….bin  ├┄┄┄┄┄┄┄┄┄┄✕  1 min 00 s  client closed [midstream gap]
        connection 3  [fd09:3::1]:40472 → [fd09:3::2]:8080
        11:30:09.572  3.1    (no HTTP request)       ·0●                    -  100 → 404
        connection 2  10.9.3.1:40472 → 10.9.3.2:8080
        11:30:09.567  2.2    GET /\\x1b]0;evil…本語   ├▲                0.4 ms  101 Switching Protocols

        exchanges    5 exchanges on 3 connections in 1 capture: 2xx 2, 4xx 1, 101 1, without a final
                     response 1
        interim      100 1, 102 3
        102          3 responses in 1 exchange: 1 completed; in the longest wait, 7.01 s, the server was
                     never silent for more than 2.01 s
        webdav       RFC 4918 and its family: 1 exchange; with a legacy (RFC 2518) construct: 1 (102 1)
                     cadaver/0.24: 1 exchange, 1 of them legacy (COPY 1)
                     software that gives no name: 1 exchange (PROPFIND 1)
        waits        median 12 ms, 90 % within 1 min 00 s, 99 % within 1 min 00 s, longest 1 min 00 s;
                     longest silence 1 min 00 s; patterns: immediate 2, silent_hold 1, interim_heartbeat 1,
                     upgraded 1
        timeouts     no warning: no silence was too long, and no timer is seen to have fired
        not judged   1 exchange that the capture does not hold whole: midstream 1, gap 1
        findings     warning webdav/legacy-construct: 1, first in 1.1
                     note processing/used: 1, first in 1.1
        captures     upload.pcap: pcap, EN10MB, 16 packets, 2210 bytes, over 7.01 s; complete; skipped: arp
                     1, udp 2
        timeline     ├ the request was sent; a digit is an interim response (2 = 102, 0 = 100, 3 = 103, 4 =
                     104, 1 = any other), ┄ the longest silence from 1 s on; ● final response, ▲ HTTP ended,
                     ✕ closed or reset, … unanswered, ? lost. The longer the line the longer the wait, on a
                     logarithmic scale.

        """

    @Test("A report in 100 columns")
    func golden() throws {
        let text = try report(.text(TextStyle(width: 100)), Self.exchanges)
        #expect(text == Self.golden)
    }

    @Test("A wide line names client and server")
    func wide() throws {
        let lines = try report(.text(TextStyle(width: 140)), Self.exchanges).split(separator: "\n")
        #expect(
            lines[1] == """
                11:30:09.567  1.1    10.9.3.1 → 10.9.3.2:8080    COPY /dav/a                   ├┄┄2─2─2─●        7.01 s  \
                102×3 → 201 Created, 2.01 s silent
                """)
    }

    @Test("What answers no request, and what the capture missed the request of, are told apart")
    func withoutRequest() throws {
        var stray = Sample(connection: 4)
        stray.interim(102, "Processing", at: 5)
        stray.exchange.stray = true
        stray.exchange.outcome = .unanswered
        stray.exchange.end = Sample.place(5, 6)
        var missed = Sample(connection: 5)
        missed.final(200, "OK", at: 5)
        missed.exchange.integrity = .gap
        let text = try report(.text(TextStyle(width: 120)), [(stray.exchange, []), (missed.exchange, [])])
        let lines = text.split(separator: "\n").filter { $0.contains("(") }
        #expect(lines[1].contains("(no HTTP request)") && lines[1].hasSuffix("102 to no request"))
        #expect(lines[2].contains("(request not captured)") && lines[2].hasSuffix("200 OK [gap]"))
    }

    @Test("No line is wider than asked for", arguments: [72, 80, 99, 100, 123, 124, 200])
    func widths(width: Int) throws {
        let text = try report(.text(TextStyle(width: width)), Self.exchanges)
        for line in text.split(separator: "\n") { #expect(Array(line.utf8).columns <= width, "\(line)") }
    }

    @Test("Nothing of the wire is raw, coloured or not; colours only where asked for")
    func escapes() throws {
        for colour in [false, true] {
            let text = try report(.text(TextStyle(colour: colour, width: 160)), Self.exchanges)
            let codes = text.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" || 0x7f...0x9f ~= $0.value }
            #expect(codes.allSatisfy { $0 == "\u{1b}" } && codes.isEmpty != colour)
            let sequences = text.split(separator: "\u{1b}", omittingEmptySubsequences: false).dropFirst()
            let own = ["[0m", "[1m", "[2m", "[31m", "[32m", "[33m", "[36m"]
            #expect(sequences.allSatisfy { sequence in own.contains { sequence.hasPrefix($0) } })
            if colour {
                let plain = own.reduce(text) {
                    $0.split(separator: "\u{1b}\($1)", omittingEmptySubsequences: false).joined()
                }
                #expect(try plain == report(.text(TextStyle(width: 160)), Self.exchanges))
            }
        }
    }

    @Test("Cutting a text keeps its beginning and its end, and neither escapes nor characters are torn")
    func cuts() throws {
        let wire = Array("/日本\\語/a\u{1b}b\u{7}c/é".utf8) + [0xff, 0xfe] + Array("zz\\".utf8)
        let text = [UInt8].shown(wire.span)
        #expect(text.cut(to: text.columns) == text)
        for limit in 1..<text.columns {
            let cut = try #require(String(validating: text.cut(to: limit), as: UTF8.self))
            #expect(Array(cut.utf8).columns <= limit)
            let halves = cut.split(separator: "…", omittingEmptySubsequences: false)
            try #require(halves.count == 2)
            let whole = String(decoding: text, as: UTF8.self)
            #expect(whole.hasPrefix(halves[0]) && whole.hasSuffix(halves[1]))
            for half in halves { #expect(unescaped(String(half)) != nil, "\(half)") }
        }
    }

    @Test(
        "Durations are short",
        arguments: [
            (0, "0.0 ms"), (949_999, "0.9 ms"), (9_949_000, "9.9 ms"), (9_950_000, "10 ms"), (999_499_000, "999 ms"),
            (999_500_000, "1.00 s"), (7_005_300_000, "7.01 s"), (9_995_000_000, "10.0 s"), (59_949_000_000, "59.9 s"),
            (59_950_000_000, "1 min 00 s"), (303_000_000_000, "5 min 03 s"), (3_599_600_000_000, "1 h 00 min"),
            (.max, "2562047 h 47 min"), (.min, "-2562047 h 47 min"),
        ] as [(Int64, String)])
    func durations(nanoseconds: Int64, text: String) {
        #expect(durationText(nanoseconds) == text)
    }

    private func columns(_ row: ExchangeRow, _ cells: Int) -> Int {
        var line = TextLine(colour: false)
        line.add(Timeline(row, cells: cells))
        return line.columns
    }

    @Test("The timeline is longer the longer the wait, and never longer than its cells")
    func timelines() {
        var before = 0
        for exponent in 0..<60 {
            var sample = Sample()
            sample.request("GET", Array("/".utf8), [])
            sample.final(200, "OK", at: Double(Int64(1) << Int64(exponent)) / 1_000_000)
            let row = ExchangeRow(
                sample.exchange, connectionEnd: Sample.closed, findings: [], names: CaptureNames(["a"]))
            let length = columns(row, Timeline.cells)
            #expect(length >= before && length <= Timeline.cells + 2)
            #expect(columns(row, Timeline.narrowCells) <= Timeline.narrowCells + 2)
            before = length
        }
        #expect(before == Timeline.cells + 2)
    }

    /// The sentences on who spoke WebDAV, of one exchange by each of these.
    private func clients(_ agents: [String]) -> [String] {
        var clients = WebDAVClients()
        for agent in agents {
            var sample = Sample()
            sample.request("PROPFIND", Array("/".utf8), [("user-agent", Array(agent.utf8))])
            clients.add(sample.exchange, isLegacy: false)
        }
        return clients.sentences
    }

    @Test("WebDAV's clients are named, those that did most first, however many there are")
    func webdavClients() {
        #expect(
            clients(["b/1", "a/1\u{1b}", "b/1"]) == [
                "b/1: 2 exchanges (PROPFIND 2)", "a/1\\x1b: 1 exchange (PROPFIND 1)",
            ])
        let many = clients((0..<300).map { "agent/\($0)" })
        #expect(many.count == 6 && many.last == "other software: 295 exchanges")
    }

    @Test("Both hops of a proxy are named, and the timers that waits went beyond")
    func hopsAndTimers() throws {
        var sample = Sample()
        sample.request("COPY", Array("/".utf8), [])
        sample.final(504, "", at: 60_100)
        var line = TextLine(colour: false)
        line.addHops(
            of: ExchangeRow(
                sample.exchange, connectionEnd: Sample.closed, findings: [], names: CaptureNames(["a"]),
                upstream: ExchangeID(connection: 4, number: 1), downstream: ExchangeID(connection: 2, number: 3)))
        #expect(line.octets.string == "              proxy     passed on as 4.1, passed on from 2.3")
        let format = ReportFormat.text(TextStyle(width: 200)).holding(TimeoutProfile.known)
        let text = try report(format, [(sample.exchange, [])])
        #expect(text.contains("timeouts     1 exchange waited longer than a known timer allows, by default: "))
        #expect(text.contains("Envoy"))
    }

    @Test("A capture without HTTP says so")
    func empty() throws {
        #expect(
            try report(.text(TextStyle(width: 120)), []) == """
                exchanges    none: no HTTP/1.x exchange was found
                findings     none
                captures     upload.pcap: pcap, EN10MB, 16 packets, 2210 bytes, over 7.01 s; complete; skipped: arp 1, udp 2

                """)
    }
}
