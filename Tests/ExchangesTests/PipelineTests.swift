import CaptureForge
import CaptureModel
import Exchanges
import TestBench
import Testing

/// More pipelined requests than may wait: the oldest are given up, and the others still get their own answers.
@Suite("Long pipelines")
struct PipelineTests {
    /// What is read of requests `/1` to `/count`, all sent before their answers, whose reasons are their numbers; each
    /// request for which `isHead` holds is HEAD.
    private func pipeline(
        _ count: Int, limits: ExchangeLimits = ExchangeLimits(), isHead: (Int) -> Bool = { _ in false }
    ) -> [Exchange] {
        var conversation = TCPConversation(
            client: Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: 40_000),
            server: Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 80))
        conversation.open(at: Dialogue.start)
        var (requests, answers): ([UInt8], [UInt8]) = ([], [])
        for number in 1...count {
            requests += Array("\(isHead(number) ? "HEAD" : "GET") /\(number) HTTP/1.1\r\n\r\n".utf8)
            answers += Array("HTTP/1.1 200 \(number)\r\nContent-Length: 2\r\n\r\n".utf8)
            if !isHead(number) { answers += Array("OK".utf8) }
        }
        conversation.send(requests, from: .client, at: Dialogue.start.later(by: 1_000_000))
        conversation.send(answers, from: .server, at: Dialogue.start.later(by: 101_000_000))
        var reader = SegmentReader(limits: limits)
        for segment in conversation.inTimeOrder { reader.take(segment) }
        return reader.finish().exchanges.sorted { $0.number < $1.number }
    }

    /// The last `kept` exchanges have their own answers, and those before say that a limit took theirs.
    private func check(_ found: [Exchange], kept: Int) {
        let wrong = found.filter { exchange in
            guard let request = exchange.request else { return true }
            guard exchange.number > found.count - kept else {
                return exchange.final != nil || exchange.integrity != .limit || exchange.outcome != .unanswered
            }
            guard let final = exchange.final, exchange.outcome == .completed else { return true }
            return exchange.text(request.target) != "/" + exchange.text(final.reason)
        }
        #expect(wrong.isEmpty, "\(wrong.count) wrong, first \(wrong.first.map { account($0) } ?? "")")
    }

    @Test("Of forty thousand pipelined requests the last thousand get their answers, and none another's")
    func fortyThousand() {
        let found = pipeline(40_000)
        #expect(found.count == 40_000)
        check(found, kept: ExchangeLimits().openExchanges)
    }

    @Test("Answers to HEAD are passed over without content")
    func someHead() {
        let found = pipeline(5_000) { $0 % 7 < 3 }
        #expect(found.count == 5_000)
        check(found, kept: ExchangeLimits().openExchanges)
    }

    @Test("Beyond what is remembered of owed answers none is read, and the exchanges say so")
    func owedBeyondBound() {
        var limits = ExchangeLimits()
        limits.openExchanges = 10
        let found = pipeline(1_000, limits: limits) { $0 % 2 == 0 }
        #expect(found.count == 1_000)
        #expect(found.allSatisfy { $0.final == nil && $0.integrity == .limit })
    }

    @Test("Thirty thousand requests that wait together cost no more each than a few")
    func allWait() {
        var limits = ExchangeLimits()
        (limits.openExchanges, limits.octetsInAll) = (30_000, 1 << 30)
        let found = pipeline(30_000, limits: limits)
        #expect(found.count == 30_000)
        check(found, kept: 30_000)
    }
}
