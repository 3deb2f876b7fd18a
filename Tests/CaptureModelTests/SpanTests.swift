import CaptureForge
import CaptureModel
import Testing

@Suite("Octets compared and read many at a time")
struct SpanTests {
    /// Texts of all lengths around eight, with letters and what is none, and what stands beside them in a code table.
    private static let texts: [StaticString] = [
        "", "a", "dav", "depth", "timeout", "trailer-", "translate", "user-agent", "content-type", "content-length",
        "transfer-encoding", "text/event-stream", "proxy-authorization",
    ]

    /// The octets of `text`, as upper case here and there, and now and then with another octet.
    private static func variant(_ text: StaticString, _ random: inout SplitMix64) -> [UInt8] {
        var octets = Array("\(text)".utf8)
        for index in octets.indices where random.chance(oneIn: 3) && (0x61...0x7a).contains(octets[index]) {
            octets[index] -= 0x20
        }
        if !octets.isEmpty, random.chance(oneIn: 2) {
            let at = Int.random(in: octets.indices, using: &random)
            octets[at] ^= [0x20, 0x01, 0x80, 0x40].randomElement(using: &random) ?? 0
        }
        return octets
    }

    /// One octet after the other.
    private static func isEqual(_ octets: [UInt8], _ text: StaticString) -> Bool {
        octets.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } == Array("\(text)".utf8)
    }

    @Test("Equal but for the case of letters, wherever the octets stand", arguments: UInt64(1)...200)
    func equality(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for text in Self.texts {
            let octets = Self.variant(text, &random)
            let before = Int.random(in: 0...9, using: &random)
            let buffer = [UInt8](repeating: 0x61, count: before) + octets + [0x62]
            let stretch = before..<before + octets.count
            #expect(buffer.span.isEqual(stretch, to: text) == Self.isEqual(octets, text), "\(text), seed \(seed)")
        }
    }

    @Test("How far two stretches are the same", arguments: UInt64(1)...200)
    func sameOctets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let one = (0..<40).map { _ in random.chance(oneIn: 12) ? 0x62 : 0x61 as UInt8 }
        var other = one
        if random.chance(oneIn: 2) { other[Int.random(in: other.indices, using: &random)] ^= 3 }
        for _ in 0..<25 {
            let (from, at) = (Int.random(in: 0...40, using: &random), Int.random(in: 0...40, using: &random))
            let alike = zip(one[at...], other[from...]).prefix { $0 == $1 }.count
            #expect(one.span.commonLength(from: at, with: other.span, from: from) == alike, "seed \(seed)")
        }
        let alike = zip(one, other).prefix { $0 == $1 }.count
        #expect(one.span.commonLength(from: 0, with: other.span, from: 0) == alike, "seed \(seed)")
    }

    @Test("Numbers in network byte order, and in the other")
    func numbers() {
        let octets: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        #expect(octets.span.big16(7) == 0x0809)
        #expect(octets.span.big32(1) == 0x0203_0405)
        #expect(octets.span.big64(1) == 0x0203_0405_0607_0809)
        #expect(octets.span.little16(0) == 0x0201)
        #expect(octets.span.little32(5) == 0x0908_0706)
    }

    @Test("An empty line is CR LF, both of them")
    func emptyLine() {
        let octets = Array("a\r\n\r".utf8)
        #expect((0...4).map { octets.span.has(emptyLine: $0) } == [false, true, false, false, false])
    }
}
