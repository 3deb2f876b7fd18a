import CaptureForge
import TestBench
import Testing

/// A conversation, and what must be told of it: `account` lines of its exchanges, and how its connections end.
struct Case: Sendable, CustomTestStringConvertible {
    /// A sentence that says what happens.
    var title: String
    /// A dialogue without the head of the file.
    var text: String
    var exchanges: [String]
    /// Where the case is about closing.
    var ends: [String]?

    var testDescription: String { title }

    init(_ title: String, _ text: String, _ exchanges: [String], ends: [String]? = nil) {
        (self.title, self.text, self.exchanges, self.ends) = (title, text, exchanges, ends)
    }

    func dialogue() throws -> Dialogue {
        try Dialogue(parsing: "expect: nothing\n" + text + "\n")
    }

    static let all = runs + framing + requests + closing + losses + doubts + midstream
}

@Suite("What is told of a conversation")
struct CaseTests {
    @Test("Every exchange is told whole, with its times", arguments: Case.all)
    func exchanges(of example: Case) throws {
        let capture = try example.dialogue().capture()
        let reading = read(capture.segments, captured: capture.snaplen.map { $0 - 54 })
        #expect(accounts(reading.exchanges) == example.exchanges)
        if let ends = example.ends { #expect(reading.ends.map { account($0) } == ends) }
        #expect(accounts(TestBench.exchanges(of: capture)) == example.exchanges, "by way of frames")
    }

    @Test("No two cases have the same title")
    func titles() {
        #expect(Set(Case.all.map(\.title)).count == Case.all.count)
    }
}
