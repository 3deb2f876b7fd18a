import Exchanges
import Findings
import TestBench
import Testing

@testable import Reports

@Suite("HTTP Archives")
struct HARTests {
    private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func archive(_ exchanges: [(Exchange, [Finding])], loose: [Finding] = []) throws -> JSON {
        let archive = try JSON.parse(report(.har, exchanges, loose: loose))
        try HARRules.check(archive)
        return archive
    }

    private func entry(_ target: String, _ fields: [(String, String)] = [], set: [String] = []) throws -> JSON {
        var sample = Sample()
        sample.request("GET", text(target), fields.map { ($0.0, text($0.1)) })
        sample.final(200, "OK", at: 3, set.map { ("Set-Cookie", text($0)) })
        return try #require(try archive([(sample.exchange, [])])["log"]?["entries"]?[0])
    }

    @Test("An exchange is an entry whose timings add up, with its interim responses beside")
    func entry() throws {
        let archive = try archive([(Sample.contract, Array(GoldenTests.findings.prefix(1)))])
        let log = try #require(archive["log"])
        let entry = try #require(log["entries"]?[0])
        #expect(entry["startedDateTime"] == .string("2026-11-23T11:30:09.567123000Z"))
        #expect(entry["time"] == .number("7005.9"))
        let timings = try #require(entry["timings"])
        #expect(timings["send"] == .number("0.0") && timings["wait"] == .number("7005.3"))
        #expect(timings["receive"] == .number("0.6"))
        #expect(entry["request"]?["url"] == .string("http://example.test/dav/a"))
        #expect(entry["request"]?["method"] == .string("COPY"))
        #expect(entry["response"]?["status"] == .number("201"))
        #expect(entry["response"]?["content"]?["mimeType"] == .string("x-unknown"))
        let interim = try #require(entry["_interim"]?.items)
        #expect(interim.map { $0["status"] } == Array(repeating: .number("102"), count: 3))
        #expect(interim.map { $0["time"] } == [.number("2009.1"), .number("4009.2"), .number("6004.7")])
        #expect(entry["_findings"]?[0]?["rule"] == .string("processing/used"))
        #expect(entry["connection"] == .string("1 10.9.3.1:40472"))
        #expect(entry["serverIPAddress"] == .string("10.9.3.2"))
        #expect(entry["pageref"] == log["pages"]?[0]?["id"])
        #expect(log["pages"]?[0]?["title"] == .string("upload.pcap"))
    }

    @Test("An entry names the exchanges on the other side of a proxy")
    func hops() throws {
        let hops = (ExchangeID(connection: 2, number: 1), ExchangeID?.none)
        let archive = try JSON.parse(report(.har, [(Sample.contract, [])], hops: hops))
        try HARRules.check(archive)
        let entry = try #require(archive["log"]?["entries"]?[0])
        #expect(entry["_upstream"] == .string("2.1") && entry["_downstream"] == .null)
    }

    @Test("Without a final response the status is 0 and the outcome is told; without a request there is no entry")
    func partial() throws {
        var silent = Sample()
        silent.request("MOVE", text("/a"), [])
        silent.exchange.outcome = .closedByClient
        silent.exchange.end = Sample.place(60_000, 9)
        var headless = Sample(connection: 2)
        headless.interim(102, "Processing", at: 1)
        let found = Sample.finding("capture/midstream", .note, message: "Begun before.")
        let archive = try archive([(silent.exchange, []), (headless.exchange, [found])])
        let log = try #require(archive["log"])
        #expect(log["entries"]?.items.count == 1)
        let entry = try #require(log["entries"]?[0])
        #expect(entry["response"]?["status"] == .number("0"))
        #expect(entry["response"]?["_error"] == .string("closed_by_client"))
        #expect(entry["timings"]?["wait"] == .number("60000.0") && entry["time"] == .number("60000.0"))
        #expect(log["_withoutRequest"] == .number("1"))
        #expect(log["_findings"]?[0]?["message"] == .string("Begun before."))
    }

    @Test(
        "A target becomes a URL",
        arguments: [
            ("/a?b=c", "http://h:81/a?b=c"), ("*", "http://h:81/"), ("http://other/x", "http://other/x"),
            ("h2:443", "http://h2:443"), ("/<script>\u{2028}\"\\", "http://h:81/%3Cscript%3E%E2%80%A8%22%5C"),
            ("/a%20b#c", "http://h:81/a%20b#c"), ("", "http://"),
        ])
    func urls(target: String, url: String) throws {
        #expect(try entry(target, [("Host", "h:81")])["request"]?["url"] == .string(url))
    }

    @Test("Without a Host field the server's address stands for it")
    func hostless() throws {
        #expect(try entry("/")["request"]?["url"] == .string("http://10.9.3.2:8080/"))
    }

    @Test("Queries and cookies are taken apart, hostile ones too")
    func parts() throws {
        let entry = try entry(
            "/?a=1&&b&c==%20#d=2", [("Cookie", "x=1; y=\"2\";;z"), ("Cookie", "=w")],
            set: ["id=a=b; Path=/p;HttpOnly ;secure; Max-Age=3", "", "bare"])
        func pairs(_ list: JSON?) -> [String] {
            (list?.items ?? []).map { "\($0["name"]?.string ?? "?")|\($0["value"]?.string ?? "?")" }
        }
        #expect(pairs(entry["request"]?["queryString"]) == ["a|1", "b|", "c|=%20"])
        #expect(pairs(entry["request"]?["cookies"]) == ["x|1", "y|\"2\"", "z|", "|w"])
        let set = try #require(entry["response"]?["cookies"])
        #expect(pairs(set) == ["id|a=b", "|", "bare|"])
        #expect(set[0]?["path"] == .string("/p") && set[0]?["httpOnly"] == .bool(true))
        #expect(set[0]?["secure"] == .bool(true) && set[1]?["secure"] == nil)
    }

    @Test("Every kind of exchange, and an empty run, keep to HAR 1.2")
    func valid() throws {
        _ = try archive(TextTests.exchanges, loose: [Sample.finding("capture/limit", .note, message: "x")])
        #expect(try archive([])["log"]?["entries"] == .array([]))
    }

    @Test("Times that a forged capture claims do not overflow")
    func forgedTimes() throws {
        var sample = Sample()
        sample.request("GET", text("/"), [], at: -9e12, end: 0)
        sample.final(200, "OK", at: 7e12, end: 7.1e12)
        _ = try archive([(sample.exchange, [])])
    }
}

/// What HAR 1.2 asks of each object: members that have to be there, and the types of all that it knows.
/// (http://www.softwareishard.com/blog/har-12-spec/)
enum HARRules {
    struct Broken: Error, CustomStringConvertible {
        var description: String
    }

    indirect enum Kind {
        case string, number, bool, time, list(String), object(String)
    }

    /// Object by object: its members, with `?` behind the name of one that may be left out.
    static let objects: [String: [String: Kind]] = [
        "har": ["log": .object("log")],
        "log": [
            "version": .string, "creator": .object("creator"), "browser?": .object("creator"), "pages?": .list("page"),
            "entries": .list("entry"), "comment?": .string,
        ],
        "creator": ["name": .string, "version": .string, "comment?": .string],
        "page": [
            "startedDateTime": .time, "id": .string, "title": .string, "pageTimings": .object("pageTimings"),
            "comment?": .string,
        ],
        "pageTimings": ["onContentLoad?": .number, "onLoad?": .number, "comment?": .string],
        "entry": [
            "pageref?": .string, "startedDateTime": .time, "time": .number, "request": .object("request"),
            "response": .object("response"), "cache": .object("cache"), "timings": .object("timings"),
            "serverIPAddress?": .string, "connection?": .string, "comment?": .string,
        ],
        "request": [
            "method": .string, "url": .string, "httpVersion": .string, "cookies": .list("cookie"),
            "headers": .list("pair"), "queryString": .list("pair"), "headersSize": .number, "bodySize": .number,
            "comment?": .string,
        ],
        "response": [
            "status": .number, "statusText": .string, "httpVersion": .string, "cookies": .list("cookie"),
            "headers": .list("pair"), "content": .object("content"), "redirectURL": .string, "headersSize": .number,
            "bodySize": .number, "comment?": .string,
        ],
        "cookie": [
            "name": .string, "value": .string, "path?": .string, "domain?": .string, "expires?": .time,
            "httpOnly?": .bool, "secure?": .bool, "comment?": .string,
        ],
        "pair": ["name": .string, "value": .string, "comment?": .string],
        "content": [
            "size": .number, "compression?": .number, "mimeType": .string, "text?": .string, "encoding?": .string,
            "comment?": .string,
        ],
        "cache": ["comment?": .string],
        "timings": [
            "blocked?": .number, "dns?": .number, "connect?": .number, "send": .number, "wait": .number,
            "receive": .number, "ssl?": .number, "comment?": .string,
        ],
    ]

    static func check(_ archive: JSON) throws {
        try check(archive, .object("har"), "har")
        for entry in archive["log"]?["entries"]?.items ?? [] {
            let timings = ["send", "wait", "receive"].compactMap { name in
                if case .number(let text)? = entry["timings"]?[name] { Double(text) } else { nil }
            }
            guard case .number(let time)? = entry["time"], let time = Double(time), timings.count == 3,
                abs(timings.reduce(0, +) - time) <= max(0.001, time * 1e-9), timings.allSatisfy({ $0 >= 0 })
            else { throw Broken(description: "time is not the sum of \(timings)") }
        }
    }

    private static func check(_ value: JSON, _ kind: Kind, _ path: String) throws {
        switch (kind, value) {
        case (.string, .string), (.number, .number), (.bool, .bool): break
        case (.time, .string(let text)):
            // ISO 8601, as YYYY-MM-DDThh:mm:ss.sTZD.
            let pattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/
            guard text.wholeMatch(of: pattern) != nil else { throw Broken(description: "\(path): \(text)") }
        case (.list(let name), .array(let items)):
            for (index, item) in items.enumerated() { try check(item, .object(name), "\(path)[\(index)]") }
        case (.object(let name), .object(let members)):
            let known = objects[name] ?? [:]
            for (key, kind) in known {
                let isOptional = key.hasSuffix("?")
                let key = isOptional ? String(key.dropLast()) : key
                if let member = members[key] {
                    try check(member, kind, "\(path).\(key)")
                } else if !isOptional {
                    throw Broken(description: "\(path) has no \(key)")
                }
            }
            for key in members.keys where !key.hasPrefix("_") && known[key] == nil && known[key + "?"] == nil {
                throw Broken(description: "\(path) has \(key), which HAR does not know")
            }
        default: throw Broken(description: "\(path) is \(value)")
        }
    }
}
