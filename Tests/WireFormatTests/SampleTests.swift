import CaptureModel
import TestBench
import Testing

@testable import WireFormat

@Suite("Frames of every kind")
struct SampleTests {
    @Test("A whole frame gives its segment", arguments: Samples.all)
    func whole(_ sample: Sample) throws {
        let result = dissect(sample.frame, sample.type)
        #expect(result.skipped == nil)
        try #require(result.segments.count == 1)
        let segment = result.segments[0]
        let isIPv6 = segment.source.address.isIPv6
        #expect(segment.source == Endpoint(address: isIPv6 ? Frames.client6 : Frames.client, port: 40472))
        #expect(segment.destination == Endpoint(address: isIPv6 ? Frames.server6 : Frames.server, port: 8080))
        #expect(segment.sequence == 0x0102_0304)
        #expect(segment.acknowledgement == 0x0506_0708)
        #expect(segment.flags == [.psh, .ack])
        #expect(segment.payloadLength == result.payloads[0].utf8.count)
        #expect(result.payloads[0] == (sample.description.hasSuffix("padded") ? "x" : "GET / HTTP/1.1\r\n"))
        #expect((segment.realm != 0) == sample.isTunnelled)
    }

    @Test(
        "A frame cut anywhere gives a prefix of its segment with the true length, or is called truncated",
        arguments: Samples.all)
    func cut(_ sample: Sample) {
        let whole = dissect(sample.frame, sample.type)
        for length in 0..<sample.frame.count {
            let result = dissect(Array(sample.frame[..<length]), sample.type, onWire: sample.frame.count)
            if let reason = result.skipped {
                let isTruncated = [.truncatedLink, .truncatedIP, .truncatedTCP].contains(reason)
                let isPlainUDP = sample.isTunnelled && reason == .udp  // cut before the tunnel shows
                #expect(isTruncated || isPlainUDP, "\(reason) at \(length)")
            } else {
                #expect(result.segments.map(\.payloadLength) == whole.segments.map(\.payloadLength), "cut at \(length)")
                #expect(result.segments.map(\.source) == whole.segments.map(\.source))
                #expect(zip(result.payloads, whole.payloads).allSatisfy { $1.utf8.starts(with: $0.utf8) })
            }
        }
    }

    @Test("A frame that ended early on the wire never gives more than it holds", arguments: Samples.all)
    func short(_ sample: Sample) {
        for length in 0..<sample.frame.count {
            let result = dissect(Array(sample.frame[..<length]), sample.type)
            for segment in result.segments {
                #expect(segment.payload.count == segment.payloadLength)
                #expect(segment.payload.upperBound <= length)
            }
        }
    }

    @Test("Damaged frames neither trap nor read beyond their end", arguments: Samples.all)
    func damaged(_ sample: Sample) {
        let seed = UInt64.random(in: 0 ... .max)
        print("damaged \(sample.description): seed \(seed)")
        var random = SeededGenerator(state: seed)
        var bench = Bench(verifyChecksums: true)
        for _ in 0..<2_000 {
            var frame = sample.frame
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<frame.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: frame[at] = UInt8.random(in: 0...255, using: &random)
                case 1: frame[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: frame[at] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
                default: frame.remove(at: at)
                }
                if frame.isEmpty { frame = sample.frame }
            }
            frame = Array(frame.prefix(Int.random(in: 0...2 * frame.count, using: &random)))
            bench.dissect(
                frame, sample.type, onWire: [nil, frame.count + 40, 7, .max, .min].randomElement(using: &random) ?? nil)
        }
        for segment in bench.collector.segments {
            #expect(segment.payload.count <= segment.payloadLength)
        }
    }

    @Test("Noise of any link type neither traps nor hangs")
    func noise() {
        let seed = UInt64.random(in: 0 ... .max)
        print("noise: seed \(seed)")
        var random = SeededGenerator(state: seed)
        var bench = Bench()
        for number in UInt16(0)...310 {
            for _ in 0..<50 {
                let frame = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                    Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0
                }
                bench.dissect(frame, LinkType(rawValue: number))
            }
        }
        #expect(bench.dissect([], LinkType(rawValue: .max)) == .unknownLinkType)
    }
}
