import CaptureForge
import HTTP1
import Testing

@Suite("Chunks")
struct ChunkTests {
    /// Octets of content, and where the content ends; `nil` where it does not, or is invalid.
    private func walk(_ octets: [UInt8], every length: Int) -> (content: [UInt8], end: Int?, invalid: Int?) {
        var body = ChunkedBody()
        var content: [UInt8] = []
        var start = 0
        while start < octets.count {
            let run = Array(octets[start..<min(octets.count, start + length)])
            var at = 0
            steps: while true {
                switch body.advance(run.span, from: at) {
                case .content(let stretch):
                    content += run[stretch]
                    at = stretch.upperBound
                case .needMore: break steps
                case .end(let end): return (content, start + end, nil)
                case .invalid(let place): return (content, nil, start + place)
                }
            }
            start += length
        }
        return (content, nil, nil)
    }

    @Test(
        "Sizes, extensions, data and trailers, cut anywhere",
        arguments: [
            ("5\r\nhello\r\n0\r\n\r\n", "hello"), ("0\r\n\r\n", ""), ("0\r\nA: b\r\nC: d\r\n\r\n", ""),
            ("1;a=b\r\nx\r\n00A;c=\"d\"\r\n0123456789\r\n0;e\r\nA: b\r\n\r\n", "x0123456789"),
            ("2 \r\nab\r\n000\r\n\r\n", "ab"), ("2\nab\n0\n\n", "ab"),
            ("c\r\n0\r\n\r\n5\r\nabcd\r\n0\r\n\r\n", "0\r\n\r\n5\r\nabcd"),
        ])
    func valid(text: String, content: String) {
        for length in 1...text.utf8.count {
            let found = walk(Array((text + "HTTP/1.1 200").utf8), every: length)
            #expect(found.end == text.utf8.count, "\(length) octets each")
            #expect(String(decoding: found.content, as: UTF8.self) == content)
        }
    }

    @Test(
        "What is no chunk size, or too large for one, is told with its place",
        arguments: [
            ("x\r\n", 0), ("\r\n", 0), ("2\r\nabc", 5), ("2\r\nab\r\n\r\n", 7), ("-1\r\n", 0),
            ("7fffffffffffffffff\r\n", 16), ("11111111111111111\r\n", 16), ("ffffffffffffffff\r\n", 15),
        ])
    func invalid(text: String, place: Int) {
        for length in [1, 2, 3, 100] {
            let found = walk(Array(text.utf8), every: length)
            #expect(found.end == nil)
            // Cut or not, it is the same octet, within a size that is too large.
            #expect(found.invalid.map { $0 <= place && (place < 10 ? $0 == place : $0 > 10) } == true)
        }
    }

    @Test("Octets are passed over inside a chunk, and nowhere else")
    func skip() {
        var body = ChunkedBody()
        func step(_ text: String) -> ChunkedBody.Step {
            let octets = Array(text.utf8)
            return body.advance(octets.span, from: 0)
        }
        func skip(_ count: Int) -> Bool { body.skip(count) }
        #expect(!skip(1))
        #expect(step("a\r\n01") == .content(3..<5))
        #expect(body.remainingInChunk == 8)
        #expect(!skip(9))
        #expect(skip(3))
        #expect(body.remainingInChunk == 5)
        #expect(skip(5))
        #expect(!skip(1))
        #expect(step("\r\n0\r\n\r\n") == .end(7))
    }

    @Test("Any octets are walked to an end, whatever they are", arguments: UInt64(1)...200)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = Array("0123fF;\r\n\r\n\r\n abx".utf8)
        let octets = (0..<200).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
        let whole = walk(octets, every: octets.count)
        for length in [1, 2, 7] {
            let found = walk(octets, every: length)
            #expect(found.content == whole.content, "seed \(seed)")
            #expect(found.end == whole.end && found.invalid == whole.invalid, "seed \(seed)")
        }
    }
}
