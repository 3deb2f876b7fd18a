import CaptureForge
import CaptureModel
import Exchanges
import Findings
import TestBench
import Testing

@Suite("Known timers")
struct TimeoutProfileTests {
    @Test("Every row has its columns, and no row stands twice")
    func rows() {
        let known = TimeoutProfile.known
        #expect(Set(known).count == known.count)
        for row in known {
            #expect(!row.product.isEmpty && !row.setting.isEmpty && !row.evidence.isEmpty, "\(row.product)")
            #expect(row.seconds > 0, "\(row.product)")
        }
    }

    @Test("A time matches a limit within 2 %")
    func match() {
        let row = TimeoutProfile("a", "1", .client, "b", 30, .idle, .answer, reset: .yes, "measured")
        #expect(row.matches(30_000_000_000) && row.matches(29_400_000_000) && row.matches(30_600_000_000))
        #expect(!row.matches(29_390_000_000) && !row.matches(30_610_000_000))
    }

    @Test("What an interim response resets counts silence, the rest the wait")
    func clocks() {
        func row(_ kind: TimeoutProfile.Kind, _ reset: TimeoutProfile.Reset) -> TimeoutProfile {
            TimeoutProfile("a", "1", .client, "b", 30, kind, .answer, reset: reset, "measured")
        }
        #expect(row(.idle, .yes).countsSilence && row(.idle, .unknown).countsSilence)
        #expect(row(.header, .yes).countsSilence)
        #expect(!row(.idle, .no).countsSilence && !row(.header, .unknown).countsSilence)
        #expect(!row(.absolute, .no).countsSilence)
    }

    @Test("A list names each product once, and says how many more there are")
    func list() {
        let rows = ["a (x)", "a, y", "b", "c", "d"].map {
            TimeoutProfile($0, "", .client, "t (z)", 1.5, .idle, .answer, reset: .yes, approximate: $0 == "b", "read")
        }
        #expect(rows.list(atMost: 4) == "a t (1.5 s), b t (≈ 1.5 s), c t (1.5 s) and d t (1.5 s)")
        #expect(rows.list(atMost: 2) == "a t (1.5 s), b t (≈ 1.5 s) and 2 more")
        #expect(Array(rows.prefix(1)).list(atMost: 2) == "a t (1.5 s)")
    }

    @Test("A timer that is off or of unknown limit never runs out, and says so")
    func unset() {
        for (standard, word) in [(TimeoutProfile.Default.off, "off"), (.unknown, "unknown")] {
            let row = TimeoutProfile("a", "1", .client, "b", standard, .idle, .answer, reset: .yes, "measured")
            #expect(!row.isSet && !row.matches(.max) && !row.matches(0) && row.limit == .max)
            #expect(row.label == "a b (\(word))")
        }
        #expect(JudgeSettings().timeouts.allSatisfy { $0.isSet })
    }

    @Test("A limit on interim responses reads what it writes")
    func interimLimits() {
        let all: [InterimLimit] = [
            .count(0), .count(8), .atLeast(150), .unbounded, .octets, .time, .never, .receivesNone, .unknown,
        ]
        for limit in all { #expect(InterimLimit(limit.description) == limit) }
        for text in ["", "+5", "-5", "≥", "five", "≥-1"] { #expect(InterimLimit(text) == nil, "\(text)") }
    }

    @Test("The listing has a line for each timer, under a head")
    func listing() {
        let lines = TimeoutProfile.known.listing.split(separator: "\n")
        #expect(lines.count == TimeoutProfile.known.count + 1)
        #expect(lines[0].hasPrefix("name") && lines.contains { $0.hasPrefix("nginx ") })
    }
}

@Suite("The reader's own path")
struct PathTests {
    private func settings(_ path: String...) throws -> JudgeSettings {
        var profiles = TimeoutProfile.known
        try profiles.markPath(path)
        var settings = JudgeSettings()
        settings.take(profiles)
        return settings
    }

    private func message(_ rule: String, of dialogue: String, _ settings: JudgeSettings) throws -> String? {
        let capture = try Dialogue(parsing: "expect: nothing\n" + dialogue).capture()
        let judge = Judge(settings: settings)
        return exchanges(of: capture).flatMap { judge.findings(on: $0, timing: $0.timing, webdav: $0.webdav) }.first {
            $0.rule == rule
        }?.message
    }

    /// A MOVE that takes `seconds`, with a 102 every `every` seconds.
    private func move(seconds: Int, every: Int? = nil) -> String {
        let interims = every.map { "<<< \($0) repeat \((seconds - 1) / $0) every \($0)\nHTTP/1.1 102 Processing\n\n" }
        return ">>> 0\nMOVE /a HTTP/1.1\nHost: h\n\n\(interims ?? "")<<< \(seconds)\nHTTP/1.1 204 No Content\n\n"
    }

    @Test("Names are products in lower case, with a version where one is meant; others are refused with names alike")
    func names() throws {
        var profiles = TimeoutProfile.known
        try profiles.markPath(["nginx", "Java-HttpClient", "okhttp@2026-07"])
        let marked = Set(profiles.filter(\.isOnPath).map { "\($0.shortProduct) \($0.version)" })
        #expect(marked.contains("nginx current") && marked.contains("Java HttpClient OpenJDK 17.0.15"))
        #expect(marked.contains("OkHttp 2026-07") && !marked.contains("OkHttp 3.13"))
        #expect(!marked.contains { $0.hasPrefix("Kubernetes") })
        #expect(throws: UnknownProduct.self) { try profiles.markPath(["nginx@0.1"]) }
        do throws(UnknownProduct) {
            try profiles.markPath(["httpclient"])
        } catch {
            #expect(error.alike.contains("java-httpclient"))
        }
    }

    @Test("Verdicts speak first of the products on the path, whatever their limits")
    func first() throws {
        let plain = try message("timeout/silent", of: move(seconds: 65), JudgeSettings())
        #expect(plain?.contains("on the path") == false)
        let davfs2 = try message("timeout/silent", of: move(seconds: 65), settings("davfs2"))
        #expect(davfs2?.contains("idle timers of davfs2 read_timeout (30 s, on the path), ") == true)
        let nginx = try message("timeout/absolute", of: move(seconds: 65), settings("nginx"))
        #expect(nginx?.contains("longer than nginx proxy_read_timeout (60 s, on the path), ") == true)
    }

    @Test("On the path, a silence or a wait counts from the product's own limit on")
    func ownLimit() throws {
        #expect(try message("timeout/silent", of: move(seconds: 7), JudgeSettings()) == nil)
        #expect(try message("timeout/silent", of: move(seconds: 7), settings("httpx")) != nil)
        #expect(try message("timeout/silent", of: move(seconds: 4), settings("httpx")) == nil)
        #expect(try message("timeout/absolute", of: move(seconds: 16), JudgeSettings()) == nil)
        #expect(try message("timeout/absolute", of: move(seconds: 16), settings("envoy")) != nil)
        #expect(try message("timeout/silent", of: move(seconds: 16), settings("envoy")) == nil)
    }

    @Test("A message says how far apart interim responses may be to keep all of the path alive")
    func heartbeat() throws {
        func clause(_ wait: Int64, _ path: String...) throws -> String {
            var profiles = TimeoutProfile.known
            try profiles.markPath(path)
            let waiting = profiles.filter { $0.isOnPath && $0.guards == .answer }
            return Heartbeat(path: waiting, wait: wait * 1_000_000_000).clause
        }
        #expect(try clause(65) == "")
        #expect(
            try clause(65, "davfs2", "apache-httpd-mod-proxy-http")
                .hasPrefix(
                    "; on the path, interim responses less than 30 s apart keep all alive (davfs2 read_timeout (30 s"))
        #expect(try clause(20, "davfs2") == "; on the path, no timer is as short as the wait")
        #expect(try clause(65, "curl") == "; on the path, no idle timer is known to run")
        #expect(
            try clause(65, "envoy").hasPrefix("; on the path, no interim response helps against Envoy route timeout"))
        #expect(try clause(65, "varnish").contains("do harm to Varnish"))
        #expect(
            try clause(600, "davfs2", "java-httpclient").contains(
                "but Java HttpClient lets no more than 8 of them pass"))
        #expect(
            try clause(600, "aws-application-load-balancer").hasSuffix(
                "if they count for AWS Application Load Balancer"))
        let told = try message("timeout/held-by-interim", of: move(seconds: 65, every: 10), settings("davfs2"))
        #expect(told?.contains("less than 30 s apart") == true)
    }

    @Test("A cut that matches a limit within 2 % says whose, those on the path first")
    func cut() throws {
        let left = ">>> 0\nPOST /a HTTP/1.1\nContent-Length: 0\n\n--- 60.02 client rst\n"
        let told = try message("timeout/client-gave-up", of: left, settings("nginx"))
        #expect(told?.contains("60.02 s after") == true)
        #expect(told?.contains("the limit of nginx proxy_read_timeout (60 s, on the path)") == true)
    }
}
