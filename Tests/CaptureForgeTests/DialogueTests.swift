import CaptureForge
import CaptureModel
import Testing

@Suite("A dialogue as text")
struct DialogueTests {
    private let copy = """
        expect: processing/used timeout/silent
        also: a/b
        # a comment
        >>> 0.000
        COPY /a HTTP/1.1
        # another
        Host: x

        <<< 2.5 repeat 2 every 1.5
        HTTP/1.1 102\\x20Processing

        --- cut 3
        <<< 7
        a\\\\b\\r\\n\\
        --- 8.25 client fin
        --- 9 server rst
        --- end 60

        """

    @Test("Blocks, directives and escapes become steps")
    func steps() throws {
        let dialogue = try Dialogue(parsing: copy)
        let interim = Array("HTTP/1.1 102 Processing\r\n\r\n".utf8)
        #expect(dialogue.expected == ["processing/used", "timeout/silent"])
        #expect(dialogue.also == ["a/b"])
        #expect(
            dialogue.steps == [
                .say(.client, at: 0, Array("COPY /a HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
                .say(.server, at: 2_500_000_000, interim),
                .say(.server, at: 4_000_000_000, interim),
                .cut(3),
                .say(.server, at: 7_000_000_000, Array("a\\b\r\n".utf8)),
                .finish(.client, at: 8_250_000_000),
                .reset(.server, at: 9_000_000_000),
            ])
        #expect(dialogue.end == 60_000_000_000)
    }

    @Test("“nothing” expects nothing")
    func nothing() throws {
        #expect(try Dialogue(parsing: "expect: nothing\n").expected.isEmpty)
    }

    @Test(
        "A line that makes no sense is named",
        arguments: [
            ("hello", 1), ("expect: a\n>>> x", 2), ("expect: a\n>>> 1.0 twice", 2), ("expect: a\n--- 1 client", 2),
            ("expect: a\n--- 1 gap server", 2), ("expect: a\nhello", 2), ("expect: a\n>>> 0\n\\q", 3),
            ("expect: a\n>>> 0\n\\x4", 3), ("expect: a\n--- new", 2), ("expect: a\n>>> -1", 2),
            ("expect: a\n>>> 99999999999999999999", 2), ("expect: a\n--- cut 0", 2),
        ])
    func errors(text: String, line: Int) {
        #expect { try Dialogue(parsing: text) } throws: { ($0 as? DialogueError)?.line == line }
    }

    @Test("Each step has its time, and the conversation its handshake before it")
    func times() throws {
        let segments = try Dialogue(parsing: copy).capture().segments
        #expect(segments.first?.flags == [.syn])
        #expect(segments.first?.time == Dialogue.start.later(by: -1_000_000))
        let said = segments.filter { !$0.payload.isEmpty }
        #expect(said.map { $0.time.since(Dialogue.start) / 1_000 } == [0, 2_500_000, 4_000_000, 7_000_000, 7_000_010])
        #expect(segments.dropLast().last?.flags == [.rst, .ack])
        #expect(segments.last?.time == Dialogue.start.later(by: 60_000_000_000))
        #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test("A gap takes sequence space that no segment has, and is acknowledged")
    func gap() throws {
        let text = "expect: nothing\n--- start midstream\n<<< 1\nab\\\n--- 2 gap server 10\n<<< 3\ncd\\\n"
        let segments = try Dialogue(parsing: text).capture().segments
        #expect(segments.count == 5)
        #expect(segments.filter { !$0.payload.isEmpty }.map(\.sequence) == [500_001, 500_013])
        #expect(segments.filter { $0.payload.isEmpty }.map(\.acknowledgement) == [500_003, 500_013, 500_015])
    }

    @Test("A new connection has another port, and what a reset end would acknowledge is left out")
    func connections() throws {
        let text = "expect: nothing\n>>> 0\na\n<<< 1\nb\n--- 1 client rst\n--- new connection\n>>> 0.5\nc\n"
        let segments = try Dialogue(parsing: text).capture().segments
        #expect(Set(segments.map(\.source.port)) == [80, 40_001, 40_002])
        let reset = try #require(segments.firstIndex { $0.flags.contains(.rst) })
        #expect(segments[reset...].allSatisfy { $0.source.port != 40_001 || $0.flags.contains(.rst) })
    }
}
