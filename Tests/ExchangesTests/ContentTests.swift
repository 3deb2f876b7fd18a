import CaptureForge
import CaptureModel
import HTTP1
import TestBench
import Testing

@testable import Exchanges

/// Contents made of tags and texts at random are read as a plain reading of theirs says.
@Suite("What is noticed in XML content")
struct ContentTests {
    private static let pieces = [
        "<D:response>", "</D:response>", "<response/>", "<d:responses>", "<D:href>", "<href/>", "</D:href>", "/dav/a",
        " /b ",
        "<D:status>", "<status>", "</D:status>", "<x:status a='1'>", "<D:status/>", "HTTP/1.1 423 Locked",
        "HTTP/1.1 404 No",
        " HTTP/1.1 200 OK ", "HTTP/1.1 5x3 odd", "HTTP/1.1 507", "HTTP/1.1 40", "H", "<", "</", ">", ":", "<:status>",
        "\n", "é",
        "<D:propertybehavior>", "<propertybehaviors>", "<D:source/>", "</D:source>", "<source", "<sourc",
        "<a.b-c_9:source>",
        "<!-- ", " -->", "<?xml version=\"1.0\"?>",
    ]

    private func content(_ seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return (0..<Int.random(in: 0...80, using: &random)).flatMap { _ in
            Array((Self.pieces.randomElement(using: &random) ?? "").utf8)
        }
    }

    /// Gives `content` to `add` in pieces of random lengths.
    private func cut(_ content: [UInt8], _ seed: UInt64, add: (Span<UInt8>) -> Void) {
        var random = SplitMix64(seed: seed)
        var at = 0
        while at < content.count {
            let next = min(content.count, at + Int.random(in: 1...20, using: &random))
            add(content.span.extracting(at..<next))
            at = next
        }
    }

    @Test("A 207 with failures inside", arguments: [false, true])
    func failures(asksForProperties: Bool) {
        var found = 0
        for seed in UInt64(1)...4_000 {
            let content = content(seed)
            let limit = seed % 3 == 0 ? content.count / 2 : 65_536
            let expected = Reading(content.prefix(limit)).failures(but404: asksForProperties)
            var exchange = Exchange.answered(asksForProperties ? "PROPFIND" : "DELETE", 207)
            let heads = exchange.octets
            var inspection = MultistatusInspection()
            inspection.begin(exchange)
            cut(content, seed) { inspection.add($0, limit: limit) }
            inspection.finish(into: &exchange)
            guard let expected else {
                #expect(exchange.innerFailures == nil && exchange.octets == heads, "seed \(seed)")
                continue
            }
            found += 1
            let failures = exchange.innerFailures
            #expect(
                failures.map { [Int($0.count), Int($0.resources), Int($0.status)] } == expected.numbers, "seed \(seed)")
            #expect(failures?.isWhole == (limit >= content.count), "seed \(seed)")
            #expect(failures.map { Array(exchange.octets[$0.href.range]) } == expected.href, "seed \(seed)")
        }
        #expect(found > 200)
    }

    @Test("A request with elements of RFC 2518 only")
    func legacyElements() {
        var found: [LegacyElement: Int] = [:]
        for seed in UInt64(1)...4_000 {
            let content = content(seed)
            let limit = seed % 3 == 0 ? content.count / 2 : 65_536
            var inspection = ContentInspection()
            inspection.begin(Exchange.answered("COPY", 201))
            cut(content, seed) { inspection.add($0, limit: limit) }
            let element = inspection.finish()
            #expect(element == Reading(content.prefix(limit)).legacyElement, "seed \(seed)")
            if let element { found[element, default: 0] += 1 }
        }
        #expect(found.count == 2)
    }
}

/// XML read the slow way: each octet is looked at, in the order in which they stand.
private struct Reading {
    private var tags: [(name: String, isEnd: Bool, text: [UInt8]?)] = []

    init(_ content: ArraySlice<UInt8>) {
        let octets = Array(content)
        for at in octets.indices where octets[at] == UInt8(ascii: "<") {
            var rest = octets[(at + 1)...]
            let isEnd = rest.first == UInt8(ascii: "/")
            if isEnd { rest = rest.dropFirst() }
            var name = rest.prefix(while: Self.isOfName)
            if rest.dropFirst(name.count).first == UInt8(ascii: ":") {
                rest = rest.dropFirst(name.count + 1)
                name = rest.prefix(while: Self.isOfName)
            }
            guard !name.isEmpty else { continue }
            tags.append((String(decoding: name, as: UTF8.self), isEnd, Self.text(behind: octets[name.endIndex...])))
        }
    }

    private static func isOfName(_ octet: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(octet))
        return octet >= 0x80 || character.isASCII && (character.isLetter || character.isNumber)
            || "-_.".contains(character)
    }

    private static func text(behind name: ArraySlice<UInt8>) -> [UInt8]? {
        guard let close = name.firstIndex(of: UInt8(ascii: ">")),
            let open = name[close...].firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        // The octet before `>` may be the last of the name, never a slash then.
        if close > name.startIndex, name[close - 1] == UInt8(ascii: "/") { return nil }
        let isSpace = { (octet: UInt8) in [0x20, 0x09, 0x0d, 0x0a].contains(octet) }
        var text = Array(name[(close + 1)..<open].drop(while: isSpace))
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    /// The numbers of `InnerFailures` and its href; `nil` where nothing failed.
    func failures(but404: Bool) -> (numbers: [Int], href: [UInt8])? {
        var resources: [(href: [UInt8]?, statuses: [Int])] = []
        for tag in tags where !tag.isEnd {
            let last = resources.count - 1
            if tag.name == "response" { resources.append((nil, [])) }
            if tag.name == "href", last >= 0, resources[last].href == nil { resources[last].href = tag.text }
            guard tag.name == "status", last >= 0, let text = tag.text, text.count >= 12 else { continue }
            let line = String(decoding: text.prefix(12), as: UTF8.self)
            let digits = line.suffix(3)
            guard line.hasPrefix("HTTP/"), line.dropFirst(8).first == " ",
                digits.allSatisfy({ "0123456789".contains($0) }),
                let status = Int(digits), status >= 400, !(but404 && status == 404)
            else { continue }
            resources[last].statuses.append(status)
            if resources[last].statuses.count == 1, resources[last].href == nil { resources[last].href = [] }
        }
        guard let first = resources.first(where: { !$0.statuses.isEmpty }) else { return nil }
        let count = resources.count { !$0.statuses.isEmpty }
        return ([count, resources.count, first.statuses[0]], Array((first.href ?? []).prefix(512)))
    }

    var legacyElement: LegacyElement? {
        let names = tags.filter { !$0.isEnd }.map(\.name)
        if names.contains("propertybehavior") { return .propertyBehavior }
        return names.contains("source") ? .source : nil
    }
}

extension Exchange {
    /// A request with content and its final response, without field lines.
    fileprivate static func answered(_ method: String, _ status: Int) -> Exchange {
        var exchange = Exchange.bare()
        let place = exchange.end
        exchange.octets = Array("\(method) /".utf8)
        let version = HTTPVersion(major: 1, minor: 1)
        exchange.request = Request(
            first: place, headEnd: place, method: OctetRange(0, method.utf8.count), target: OctetRange(0, 0),
            version: version,
            fields: 0..<0, framing: .chunked)
        exchange.final = FinalResponse(
            status: status, version: version, reason: OctetRange(0, 0), first: place, headEnd: place, fields: 0..<0,
            framing: .chunked)
        return exchange
    }
}
