import CaptureForge
import Exchanges
import TestBench
import Testing

@Suite("The times of an exchange")
struct TimingTests {
    /// Milliseconds of the first exchange: wait, first interim, longest silence, its start, all of it.
    private func times(_ text: String, number: Int = 1) throws -> [Int64?] {
        let segments = try Dialogue(parsing: "expect: nothing\n" + text + "\n").capture().segments
        let timing = try #require(read(segments).exchanges.first { $0.number == number }).timing
        let times = [timing.wait, timing.firstInterim, timing.longestSilence, timing.silenceStart, timing.total]
        return times.map { $0.map { $0 / 1_000_000 } }
    }

    private func text(titled title: String) throws -> String {
        try #require(Case.all.first { $0.title == title }).text
    }

    @Test("The wait begins with the end of the request; a 100 before it breaks no silence of it")
    func interimBeforeContent() throws {
        let text = try text(titled: "A request is dated by its first octet, though a 100 comes before its content")
        #expect(try times(text) == [3_000, 500, 3_000, 600, 3_600])
    }

    @Test("Interim responses break the silence; of two equal silences the first is told")
    func heartbeat() throws {
        let text = try text(
            titled: "Interim responses of several kinds precede the final one, whose time is told")
        #expect(try times(text) == [51_000, 1_000, 20_000, 1_000, 51_000])
        #expect(try times(text, number: 2) == [500, nil, 500, 0, 500])
    }

    @Test("An interim response that arrives in parts breaks the silence with its first octet and its last")
    func slowInterim() throws {
        let text = try text(
            titled: "A status line that is split has the time of its first octet, and of the head's end")
        #expect(try times(text) == [2_900, 900, 1_000, 900, 3_900])
    }

    @Test("Where the answer comes before the request is complete, the wait begins with the end of its head")
    func earlyAnswer() throws {
        let text = try text(titled: "A response comes before its request is complete, content or head")
        #expect(try times(text) == [900, nil, 900, 0, 900])
        #expect(try times(text, number: 2) == [0, nil, 0, 2_000, 1_000])
    }

    @Test("Content that was never sent is not waited for")
    func refused() throws {
        let text = try text(titled: "A refusal comes before the content, which is never sent")
        #expect(try times(text) == [900, nil, 900, 0, 900])
    }

    @Test("Without a final response the wait lasts to the end of the exchange")
    func unanswered() throws {
        #expect(
            try times(text(titled: "The server resets after two 102")) == [59_900, 19_900, 20_000, 19_900, 59_900])
        #expect(try times(text(titled: "The capture ends after a 102")) == [29_900, 19_900, 19_900, 0, 29_900])
    }

    @Test("Without a request there is no wait, and times count from the first response")
    func noRequest() throws {
        let text = try text(titled: "The capture begins with the responses to a request that it missed")
        #expect(try times(text) == [nil, 0, nil, nil, 1_000])
    }
}
