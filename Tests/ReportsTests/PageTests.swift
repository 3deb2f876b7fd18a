import CaptureModel
import Exchanges
import Findings
import TestBench
import Testing

@testable import Reports

@Suite("The page for people")
struct PageTests {
    private static let format = ReportFormat.html(timers: TimeoutProfile.known)

    private func page(_ exchanges: [(Exchange, [Finding])], loose: [Finding] = []) throws -> String {
        try report(PageTests.format, exchanges, loose: loose)
    }

    /// What the script works with.
    private func data(_ page: String) throws -> JSON {
        let opening = "<script type=\"application/json\" id=\"data\">"
        let start = try #require(page.firstRange(of: opening)).upperBound
        let end = try #require(page[start...].firstRange(of: "</script")).lowerBound
        return try JSON.parse(String(page[start..<end]))
    }

    @Test("The policy's hashes are those of the script and the style in the page")
    func hashes() throws {
        let page = try page([])
        func between(_ opening: String, _ closing: String) throws -> String {
            let start = try #require(page.firstRange(of: opening)).upperBound
            let end = try #require(page[start...].firstRange(of: closing)).lowerBound
            return String(page[start..<end])
        }
        let style = SHA256.base64(Array(try between("<style>", "</style>").utf8))
        let script = SHA256.base64(Array(try between("<script>", "</script>").utf8))
        let isStyle = page.contains("style-src 'sha256-\(style)'")
        #expect(isStyle, "PageFrame.styleHash has to be \(style)")
        let isScript = page.contains("script-src 'sha256-\(script)'")
        #expect(isScript, "PageFrame.scriptHash has to be \(script)")
        #expect(SHA256.base64(Array("abc".utf8)) == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }

    @Test("The page asks the network for nothing, and makes text of what it shows")
    func closed() throws {
        let page = try page([(Sample.contract, GoldenTests.findings)])
        #expect(page.contains("default-src 'none'"))
        for word in [
            "src=", "@import", "url(", "fetch(", "XMLHttp", "innerHTML", "outerHTML", "document.write", "eval(",
        ] {
            #expect(!page.contains(word), "\(word)")
        }
        // The name of SVG, which nobody fetches.
        #expect(try self.page([]).ranges(of: "://").count == 1)
    }

    @Test("Octets of the wire cannot leave their place")
    func hostile() throws {
        let evil = "</script><script>alert(1)</script><!--\u{2028}\u{202e}\u{0}\"'&"
        var sample = Sample()
        sample.request("GET", Array("/\(evil)".utf8), [("Host", Array(evil.utf8)), ("User-Agent", Array(evil.utf8))])
        sample.interim(102, evil, at: 1)
        sample.final(200, evil, at: 3, [("DAV", Array(evil.utf8))])
        let finding = Sample.finding("capture/limit", .note, exchange: nil, message: "<b>&\"</b>")
        let page = try page([(sample.exchange, [])], loose: [finding])
        #expect(page.ranges(of: "<script").count == 2 && page.ranges(of: "</script").count == 2)
        #expect(!page.contains("alert(1)</") && !page.contains("<!--") && !page.contains("<b>&"))
        #expect(!page.unicodeScalars.contains { $0.value == 0x2028 || $0.value == 0x202e || $0.value == 0 })
        let target = try #require(try data(page)["rows"]?[0]?[6]?.string)
        #expect(target == "/</script><script>alert(1)</script><!--\\xe2\\x80\\xa8\\xe2\\x80\\xae\\x00\"'&")
    }

    @Test("A row has what the exchange has")
    func row() throws {
        let data = try data(try page([(Sample.contract, GoldenTests.findings)]))
        let row = try #require(data["rows"]?[0])
        let text = { (index: Int) in data["strings"]?[row[index]?.integer ?? 0]?.string }
        #expect(text(0) == "upload.pcap" && text(5) == "COPY" && row[6] == .string("/dav/a"))
        #expect(text(7) == "example.test" && text(8) == "cadaver/0.24" && text(9) == "10.9.3.1:40472")
        #expect(row[13]?.items.map { $0[1] } == [.number("2009.1"), .number("4009.2"), .number("6004.7")])
        #expect(row[15]?[0] == .number("201") && row[15]?[2] == .number("7005.3"))
        #expect(text(16) == "completed" && row[17] == .number("7005.3") && row[18] == .number("2009.1"))
        #expect(text(21) == "legacy" && row[24]?.items.count == 3)
        #expect(data["rules"]?.items.map { $0["count"] } == [.number("2"), .number("1")])
    }

    @Test("A row names the exchanges on the other side of a proxy, where there are any")
    func hops() throws {
        let hops = (ExchangeID?.none, ExchangeID(connection: 7, number: 2))
        let row = try #require(
            try data(report(PageTests.format, [(Sample.contract, [])], hops: hops))["rows"]?[0]?.items)
        #expect(row.count == 27 && row[25] == .null && row[26] == .string("7.2"))
        #expect(try data(page([(Sample.contract, [])]))["rows"]?[0]?.items.count == 25)
    }

    @Test("The four answers come first and in their order")
    func answers() throws {
        let page = try page(TextTests.exchanges)
        var at = page.startIndex
        for sentence in [
            "Was 102 Processing used, and did it help?", "Yes: every exchange with it was answered.",
            "Is there legacy WebDAV, and whose is it?", "Yes, in 1 exchange.", "cadaver/0.24 (1)",
            "What is at risk of which timeout?", "1 exchange waited longer than a known timer allows.",
            "What could not be judged?", "Of 1 exchange the capture holds a part only.",
        ] {
            let found = try #require(page[at...].firstRange(of: sentence), "\(sentence)")
            at = found.upperBound
        }
        #expect(try self.page([]).contains("No HTTP/1.x exchange was found."))
    }

    @Test("Waits are counted in bins and held against timers, each by what it counts")
    func tally() throws {
        let row = { (exchange: Exchange) in
            ExchangeRow(exchange, connectionEnd: Sample.closed, findings: [], names: CaptureNames(["a"]))
        }
        var (tally, timers) = (PageTally(), TimerTally(TimeoutProfile.known))
        var held = Sample()
        held.request("COPY", Array("/".utf8), [])
        for second in 1..<40 { held.interim(102, "", at: Double(second) * 1000) }
        held.final(200, "OK", at: 40_000)
        for exchange in [held.exchange, Sample.plain(1, 1)] {
            tally.add(row(exchange))
            timers.add(exchange.timing)
        }
        #expect(tally.waits.reduce(0, +) == 2 && tally.silences.reduce(0, +) == 2)
        #expect(timers.atRisk == 1 && !timers.reached.isEmpty)
        #expect(timers.reached.allSatisfy { !$0.countsSilence && $0.seconds <= 40 })
        #expect(tally.agents.values.reduce(0, +) == 1)
    }

    @Test("Interim responses over time fit their bins in any order")
    func bins() {
        let moments = (0..<500).map { Sample.place(Double($0) * 977 - 100_000, 1).time }
        var (forward, backward) = (InterimBins(), InterimBins())
        for moment in moments { forward.add(102, at: moment) }
        for moment in moments.reversed() { backward.add(102, at: moment) }
        for bins in [forward, backward] {
            #expect(bins.bins.reduce(.zero, &+) == [0, 500, 0, 0])
            #expect(bins.bins.count <= InterimBins.limit && bins.bins.count > InterimBins.limit / 3)
            #expect(bins.start <= moments[0] && moments[0].since(bins.start) < bins.width)
        }
        #expect(forward.bins == backward.bins)
        var extremes = InterimBins()
        for edge in [Int64.min, .max, 0] { extremes.add(100, at: .init(nanoseconds: edge)) }
        #expect(extremes.bins.reduce(.zero, &+) == [3, 0, 0, 0] && extremes.bins.count <= InterimBins.limit)
    }

    @Test(
        "Ten thousand exchanges stay below 5 MB; of more, those with something to tell are shown first, and it says so")
    func bounds() throws {
        let many = (0..<12_000).map { number in
            (number % 10 == 9 ? Sample.contract : Sample.plain(number, 1), [Finding]())
        }
        let page = try page(many)
        #expect(page.utf8.count < 5_000_000)
        let rows = try data(page)["rows"]?.items ?? []
        #expect(rows.count == PageRows.limit)
        #expect(rows.count { $0[14] == .number("3") } == 1_200)
        #expect(page.contains("Shown are 10000 of 12000 exchanges"))
        #expect(page.contains("<dd>12000</dd>"))
    }

    @Test("Long targets, many names and endless interim responses do not let the page grow beyond its bound")
    func hostileSize() throws {
        let many = (0..<9_000).map { number in
            var sample = Sample(connection: number)
            let long = Array(repeating: UInt8(ascii: "<"), count: 3_000) + Array("\(number)".utf8)
            sample.request("GET", long, [("Host", long), ("User-Agent", long)])
            for second in 0..<150 { sample.interim(102, "Processing", at: Double(second)) }
            sample.final(200, "OK", at: 200)
            return (sample.exchange, [Finding]())
        }
        let page = try page(many)
        #expect(page.utf8.count < 5_000_000)
        let data = try data(page)
        #expect(data["rows"]?[0]?[13]?.items.count == PageRows.interimLimit && data["rows"]?[0]?[14] == .number("150"))
        #expect(page.contains("of 9000 exchanges"))
    }
}

/// SHA-256 (FIPS 180-4), for the hashes of the page's policy.
private enum SHA256 {
    /// The first 32 bits of the fractional parts of the roots of the first primes.
    private static func roots(_ count: Int, cube: Bool) -> [UInt32] {
        var (primes, candidate): ([Int], Int) = ([], 2)
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            // The largest root with root^n <= prime * 2^(32 n), bit by bit.
            var root: UInt64 = 0
            for bit in (0..<36).reversed() {
                let next = root | 1 << UInt64(bit)
                let power = next.multipliedFullWidth(by: next)
                if cube {
                    let (high, low) = (UInt128(power.high) << 64 | UInt128(power.low), UInt128(next))
                    if high * low <= UInt128(prime) << 96 { root = next }
                } else if UInt128(power.high) << 64 | UInt128(power.low) <= UInt128(prime) << 64 {
                    root = next
                }
            }
            return UInt32(truncatingIfNeeded: root)
        }
    }

    static func base64(_ message: [UInt8]) -> String {
        let constants = roots(64, cube: true)
        var state = roots(8, cube: false)
        var octets = message + [0x80]
        while octets.count % 64 != 56 { octets.append(0) }
        for shift in (0..<8).reversed() { octets.append(UInt8(truncatingIfNeeded: (message.count * 8) >> (shift * 8))) }
        func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }
        for block in stride(from: 0, to: octets.count, by: 64) {
            var words = (0..<16).map { index in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(octets[block + index * 4 + $1]) }
            }
            for index in 16..<64 {
                let (early, late) = (words[index - 15], words[index - 2])
                let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
                let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var turn = state
            for index in 0..<64 {
                let (a, e) = (turn[0], turn[4])
                let sumE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
                let choice = e & turn[5] ^ ~e & turn[6]
                let first = turn[7] &+ sumE &+ choice &+ constants[index] &+ words[index]
                let sumA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
                let majority = a & turn[1] ^ a & turn[2] ^ turn[1] & turn[2]
                turn = [first &+ sumA &+ majority, a, turn[1], turn[2], turn[3] &+ first, e, turn[5], turn[6]]
            }
            for index in 0..<8 { state[index] &+= turn[index] }
        }
        let digest = state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: 32, by: 3).reduce(into: "") { text, start in
            let part = digest[start..<min(start + 3, 32)]
            let value = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for place in 0..<4 { text.append(place <= part.count ? letters[value >> (18 - 6 * place) & 63] : "=") }
        }
    }
}
