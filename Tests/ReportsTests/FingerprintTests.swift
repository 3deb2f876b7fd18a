import Testing

@testable import Reports

@Suite("What stays of a finding")
struct FingerprintTests {
    @Test(
        "Of a target goes what changes with each recording",
        arguments: [
            ("/a", "/a"), ("/a?b=1", "/a"), ("/v1/users/12", "/v1/users/*"), ("/files/2026-11-24.txt", "/files/*.txt"),
            ("/x/550e8400-e29b-41d4-a716-446655440000/y", "/x/*/y"), ("/facade", "/facade"), ("/a1b22c", "/a1b*c"),
            ("/dead-beef-cafe", "/dead-beef-cafe"), ("*", "*"), ("", ""), ("/é12", "/é*"),
        ])
    func targets(target: String, settled: String) {
        #expect(Fingerprint.settled(target) == settled)
    }

    @Test(
        "A host is in lower case and has no port",
        arguments: [
            ("H.example:8080", "h.example"), ("h", "h"), ("[fd09::1]:80", "[fd09::1]"), ("[fd09::1]", "[fd09::1]"),
            ("fd09::1", "fd09::1"), ("h:x", "h:x"), ("", ""),
        ])
    func hosts(host: String, settled: String) {
        #expect(Fingerprint.settled(host: host) == settled)
    }

    @Test("A baseline comes back as it was, and is bounded")
    func baseline() throws {
        var baseline = Baseline()
        for number in 0..<Baseline.most {
            let isTaken = baseline.add(Fingerprint(rule: "a/b", method: "GET", host: "h", target: "/\"\\\(number)"))
            try #require(isTaken)
        }
        let (beyond, known) = (baseline.add(Fingerprint(rule: "new")), baseline.addKnown())
        #expect(!beyond && known)
        var sink = ByteSink.memory()
        try baseline.write(to: &sink)
        let octets = sink.pending.withSpan { span in span.indices.map { span[$0] } }
        #expect(try Baseline(octets) == baseline)
    }
}

extension Baseline {
    /// Adds one that the test has added before.
    fileprivate mutating func addKnown() -> Bool {
        add(Fingerprint(rule: "a/b", method: "GET", host: "h", target: "/\"\\7"))
    }
}
