import CaptureForge
import CaptureModel
import Testing

@testable import HTTP1

@Suite("Heads after other heads")
struct FamiliarLinesTests {
    /// Lines that occur again and again, whole and as parts of others, and what makes a head odd.
    private static let lines = [
        "Host: a.example", "Host: a.example.org", "Server: nginx", "Content-Length: 12", "Content-Length: 1",
        "Transfer-Encoding: chunked", "X: y", "X:", "X:  y ", ": nameless", "Date: Tue, 24 Nov 2026 11:50:51 GMT",
        "Date: Tue, 24 Nov 2026 11:50:52 GMT", " folded", "\tmore", "no colon", "HTTP/1.1 200 OK", "Space : before",
        "Content-Length: ", "Content-Length:  7", "Content-Length:7", "Content-Length: 1\t", "X: ", "X: y z", "Y: y",
    ]

    /// A head of some of them, mostly those of `habit`.
    private static func head(_ kind: MessageKind, _ habit: [String], _ random: inout SplitMix64) -> [UInt8] {
        var own = habit
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let line = lines.randomElement(using: &random) ?? ""
            switch Int.random(in: 0...2, using: &random) {
            case 0: own.insert(line, at: Int.random(in: 0...own.count, using: &random))
            case 1 where !own.isEmpty: own[Int.random(in: own.indices, using: &random)] = line
            default: if !own.isEmpty { own.removeLast() }
            }
        }
        var text = kind == .request ? "GET /\(random.next() % 1_000) HTTP/1.1\r\n" : "HTTP/1.1 200 OK\r\n"
        for line in own { text += line + (random.chance(oneIn: 20) ? "\n" : "\r\n") }
        return Array((text + "\r\nGET / HTTP/1.1\r\n").utf8)
    }

    /// All that a parser tells of a head.
    private static func account(_ outcome: HeadParser.Outcome, _ head: borrowing MessageHead) -> String {
        "\(outcome) \(head.start as Any) \(head.fields) \(head.names) \(head.oddities) \(head.framingFields)"
            + " \(head.isComplete)"
    }

    @Test("A head is read the same, whatever was read before it", arguments: UInt64(1)...600)
    func independent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let kind: MessageKind = random.chance(oneIn: 2) ? .request : .response
        var limits = HTTPLimits()
        if random.chance(oneIn: 4) { limits.fieldLines = 4 }
        let parser = HeadParser(kind: kind, limits: limits)
        let habits = (0..<2).map { _ in (0..<6).map { _ in Self.lines.randomElement(using: &random) ?? "" } }
        var used = MessageHead()
        for _ in 0..<12 {
            let octets = Self.head(kind, habits.randomElement(using: &random) ?? [], &random)
            let length = random.chance(oneIn: 4) ? Int.random(in: 1...octets.count, using: &random) : octets.count
            let part = octets.span.extracting(0..<length)
            var fresh = MessageHead()
            let (first, again) = (parser.parse(part, into: &fresh), parser.parse(part, into: &used))
            #expect(Self.account(first, fresh) == Self.account(again, used), "seed \(seed)")
            guard first == .partial else { continue }
            let (cut, cutAgain) = (parser.parseCut(part, into: &fresh), parser.parseCut(part, into: &used))
            #expect(cut == cutAgain, "seed \(seed)")
            #expect(Self.account(.partial, fresh) == Self.account(.partial, used), "seed \(seed)")
        }
    }

    @Test("Lines known from the head before are read as they stand in the new one")
    func known() {
        let parser = HeadParser(kind: .response, limits: HTTPLimits())
        var head = MessageHead()
        for status in ["200 OK", "404 Not Found", "200 OK"] {
            let text = "HTTP/1.1 \(status)\r\nServer: s\r\nContent-Length: 12\r\nETag: \"\(status)\"\r\n\r\n"
            let octets = Array(text.utf8)
            #expect(parser.parse(octets.span, into: &head) == .complete(end: octets.count))
            #expect(
                head.fields.map { octets.text($0.name) + "=" + octets.text($0.value) }
                    == ["Server=s", "Content-Length=12", "ETag=\"\(status)\""])
            #expect(head.framingFields.length == 12)
        }
        #expect(head.familiar.lines.count == 3)
    }
}
