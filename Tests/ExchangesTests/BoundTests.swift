import CaptureForge
import CaptureModel
import Exchanges
import HTTP1
import StreamAssembly
import TestBench
import Testing

/// Captures that want to cost much: memory stays bounded, and what a bound took is said.
@Suite("Bounds")
struct BoundTests {
    private let client = Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: 40_000)
    private let server = Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 80)

    private func conversation(_ say: (inout TCPConversation, Timestamp) -> Void) -> [ForgedSegment] {
        var conversation = TCPConversation(client: client, server: server)
        conversation.open(at: Dialogue.start)
        say(&conversation, Dialogue.start.later(by: 1_000_000))
        return conversation.inTimeOrder
    }

    @Test("A head without end is shown as far as its bound, and says so; what follows is read")
    func endlessHead() {
        let field = "X-Field: " + String(repeating: "y", count: 91) + "\r\n"
        let lines = [String](repeating: field, count: 10_000).joined()
        let found = read(
            conversation { conversation, time in
                conversation.send(Array("GET /long HTTP/1.1\r\n\(lines)".utf8), from: .client, at: time)
                let later = time.later(by: 1_000_000_000)
                conversation.send(Array("HTTP/1.1 431 Too Large\r\n\(lines)".utf8), from: .server, at: later)
                let again = later.later(by: 1_000_000_000)
                conversation.send(Array("\r\nGET /next HTTP/1.1\r\n\r\n".utf8), from: .client, at: again)
                conversation.send(
                    Array("\r\nHTTP/1.1 204 No Content\r\n\r\n".utf8), from: .server, at: again.later(by: 1_000_000))
            }
        ).exchanges
        #expect(
            accounts(found, times: false)
                == ["1.1 GET /long~… 431~… lost (limit)", "1.2 GET /next 204 completed"])
        #expect(found[0].octets.count <= 2 * HTTPLimits().headOctets)
        #expect(found[0].oddities.contains(.headTooLong))
    }

    @Test("Fields beyond their number are left out, and the exchange says so")
    func manyFields() {
        let lines = (0..<3_000).map { "A\($0): b\r\n" }.joined()
        let found = read(
            conversation { conversation, time in
                conversation.send(Array("GET / HTTP/1.1\r\n\(lines)\r\n".utf8), from: .client, at: time)
                conversation.send(
                    Array("HTTP/1.1 204 No\r\n\r\n".utf8), from: .server, at: time.later(by: 100_000_000))
            }
        ).exchanges
        #expect(accounts(found, times: false) == ["1.1 GET / 204 completed (limit)"])
        #expect(found[0].request?.fields.count == HTTPLimits().fieldLines)
    }

    @Test("Ten thousand interim responses are all told, the later ones without fields")
    func manyInterims() throws {
        let limits = ExchangeLimits()
        let interim = Array("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n".utf8)
        let found = read(
            conversation { conversation, time in
                conversation.send(Array("GET /a HTTP/1.1\r\n\r\n".utf8), from: .client, at: time)
                for number in 1...10_000 {
                    conversation.send(interim, from: .server, at: time.later(by: Int64(number) * 1_000_000))
                }
                conversation.send(
                    Array("HTTP/1.1 204 No\r\n\r\n".utf8), from: .server, at: time.later(by: 20_000_000_000))
            }
        ).exchanges
        let exchange = try #require(found.first)
        #expect(found.count == 1 && exchange.outcome == .completed && exchange.integrity == .limit)
        #expect(exchange.interims.count == 10_000)
        #expect(exchange.interims.count { !$0.fields.isEmpty } == limits.interimsWithFields)
        #expect(exchange.octets.count < (limits.interimsWithFields + 2) * interim.count)
        #expect(exchange.interims[9_999].first.time.since(Dialogue.start) == 10_001_000_000)
    }

    @Test("Beyond their bound interim responses are no longer recorded, and the final one still is")
    func interimsBeyondBound() {
        var limits = ExchangeLimits()
        (limits.interims, limits.interimsWithFields) = (20, 10)
        var reader = SegmentReader(limits: limits)
        for segment in conversation({ conversation, time in
            conversation.send(Array("GET /a HTTP/1.1\r\n\r\n".utf8), from: .client, at: time)
            let many = [String](repeating: "HTTP/1.1 102 P\r\n\r\n", count: 50).joined() + "HTTP/1.1 204 No\r\n\r\n"
            conversation.send(Array(many.utf8), from: .server, at: time.later(by: 1_000_000))
        }) { reader.take(segment) }
        let found = reader.finish().exchanges
        #expect(found.map(\.interims.count) == [20])
        #expect(found.map(\.integrity) == [.limit])
        #expect(found.map(\.outcome) == [.completed])
    }

    @Test("With room for three exchanges, answers still go to their own requests", arguments: UInt64(1)...30)
    func shortPipeline(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var limits = ExchangeLimits()
        limits.openExchanges = 3
        var (requests, responses) = ("", "")
        for number in 1...30 {
            let isHead = random.chance(oneIn: 3)
            requests += "\(isHead ? "HEAD" : "GET") /\(number) HTTP/1.1\r\n\r\n"
            if random.chance(oneIn: 3) { responses += "HTTP/1.1 102 \(number)\r\n\r\n" }
            responses += "HTTP/1.1 200 \(number)\r\nContent-Length: 4\r\n\r\n" + (isHead ? "" : "HTTP")
        }
        var reader = SegmentReader(limits: limits)
        for segment in conversation({ conversation, time in
            conversation.send(Array(requests.utf8), from: .client, at: time)
            conversation.send(Array(responses.utf8), from: .server, at: time.later(by: 100_000_000))
        }).cut(every: 11) { reader.take(segment) }
        let found = reader.finish().exchanges
        #expect(found.count == 30, "seed \(seed)")
        #expect(found.count { $0.outcome == .completed } == 3, "seed \(seed)")
        for exchange in found {
            guard let request = exchange.request, let final = exchange.final else { continue }
            #expect(exchange.text(request.target) == "/" + exchange.text(final.reason), "seed \(seed)")
            #expect(exchange.interims.allSatisfy { exchange.text($0.reason) == exchange.text(final.reason) })
        }
    }

    @Test("All connections together keep a bounded number of octets")
    func kept() {
        var limits = ExchangeLimits()
        limits.octetsInAll = 100_000
        var reader = SegmentReader(limits: limits)
        var segments: [ForgedSegment] = []
        for number in 0..<UInt16(100) {
            var conversation = TCPConversation(client: Endpoint(address: client.address, port: number), server: server)
            conversation.open(at: Dialogue.start)
            let head = "GET /\(number) HTTP/1.1\r\nX: " + String(repeating: "x", count: 3_000)
            conversation.send(Array(head.utf8), from: .client, at: Dialogue.start.later(by: 1_000_000))
            segments += conversation.inTimeOrder
        }
        for segment in segments { reader.take(segment) }
        let found = reader.finish().exchanges
        #expect(found.count == 100)
        #expect(found.count { $0.integrity == .limit } > 60)
        #expect(found.count { $0.integrity.isEmpty } > 25)
    }

    @Test("A hundred thousand connections half open are bounded, and the one that waits is kept")
    func halfOpen() {
        var reader = SegmentReader()
        let waiting = conversation { conversation, time in
            conversation.send(Array("GET /a HTTP/1.1\r\n\r\n".utf8), from: .client, at: time)
            conversation.send(
                Array("HTTP/1.1 204 No\r\n\r\n".utf8), from: .server, at: time.later(by: 9_000_000_000))
        }
        for segment in waiting.dropLast(2) { reader.take(segment) }
        for number in 0..<UInt32(100_000) {
            reader.take(
                ForgedSegment(
                    time: Dialogue.start.later(by: 2_000_000 + Int64(number)),
                    source: Endpoint(address: IPAddress(ipv4: 0x0b00_0000 + number), port: 1_000), destination: server,
                    sequence: number, acknowledgement: 0, flags: .syn))
        }
        for segment in waiting.suffix(2) { reader.take(segment) }
        let counters = reader.counters
        #expect(counters.connections == 100_001)
        #expect(counters.evicted == 100_001 - AssemblyLimits().connections)
        #expect(counters.evictedBusy == 0)
        #expect(accounts(reader.finish().exchanges) == ["1.1 GET /a@0.001 204@9.001 completed@9.001"])
    }

    @Test("A hundred thousand segments of one octet in the wrong order stay within their bound", arguments: [1, 2])
    func tinySegments(step: UInt32) {
        var reader = SegmentReader()
        let start = conversation { _, _ in }
        for segment in start { reader.take(segment) }
        var greatest = 0
        for number in stride(from: UInt32(100_000), to: 0, by: -1) {
            reader.take(
                ForgedSegment(
                    time: Dialogue.start.later(by: 1_000_000), source: client, destination: server,
                    sequence: 1_001 + number * step, acknowledgement: 500_001, flags: .ack, payload: [0x41]))
            greatest = max(greatest, reader.heldOctets)
        }
        #expect(greatest <= AssemblyLimits().octetsPerHalf)
        #expect(reader.counters.holesByLimit > 0)
    }
}
