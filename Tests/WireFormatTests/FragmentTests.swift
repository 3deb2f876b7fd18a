import CaptureModel
import TestBench
import Testing

@testable import WireFormat

@Suite("Fragments of IP")
struct FragmentTests {
    private let payload = "GET /0123456789/0123456789/0123456789/0123456789 HTTP/1.1"

    /// The IPv4 fragments of a segment, cut at multiples of eight.
    private func fragments(
        _ payload: String, at cuts: [Int] = [24, 48], identification: Int = 7, protocol number: UInt8 = 6
    ) -> [[UInt8]] {
        fragments(of: Frames.tcp(payload), at: cuts, identification: identification, protocol: number)
    }

    private func fragments(
        of datagram: [UInt8], at cuts: [Int], identification: Int = 7, protocol number: UInt8 = 6
    ) -> [[UInt8]] {
        let bounds = [0] + cuts + [datagram.count]
        return zip(bounds, bounds.dropFirst()).map { start, end in
            Frames.ipv4(
                Array(datagram[start..<end]), protocol: number,
                fragment: start / 8 | (end < datagram.count ? 0x2000 : 0), identification: identification)
        }
    }

    private func fragments6(_ payload: String, at cuts: [Int] = [24, 48]) -> [[UInt8]] {
        let datagram = Frames.tcp(payload)
        let bounds = [0] + cuts + [datagram.count]
        return zip(bounds, bounds.dropFirst()).map { start, end in
            let field = Frames.big16(start | (end < datagram.count ? 1 : 0))
            return Frames.ipv6([6, 0] + field + [1, 2, 3, 4] + datagram[start..<end], next: 44)
        }
    }

    @Test(
        "Fragments in any order make one segment, where the last of them came",
        arguments: [
            [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], [0, 0, 1, 1, 2], [2, 2, 0, 1],
        ])
    func anyOrder(order: [Int]) {
        for parts in [fragments(payload), fragments6(payload)] {
            var bench = Bench()
            let reasons = order.map { bench.dissect(parts[$0], .raw) }
            #expect(reasons.dropLast().allSatisfy { $0 == .fragmentPending })
            #expect(reasons.last == .some(nil))
            #expect(bench.collector.payloads == [payload])
            #expect(bench.collector.segments.map(\.payloadLength) == [payload.utf8.count])
            #expect(bench.collector.places.map(\.frame) == [UInt64(order.count)])
        }
    }

    @Test("Of octets that came twice, those captured first stay")
    func overlap() {
        let first = fragments("AAAAAAAABBBBBBBBCCCCCCCC", at: [24, 32])
        let second = fragments("aaaaaaaabbbbbbbbcccccccc", at: [24, 40])
        var bench = Bench()
        bench.dissect(first[0], .raw)  // the header and AAAA
        bench.dissect(first[1], .raw)  // AAAABBBB
        bench.dissect(second[1], .raw)  // aaaabbbbbbbbcccc, of which bbbbcccc is new
        #expect(bench.dissect(second[2], .raw) == nil)
        #expect(bench.collector.payloads == ["AAAAAAAABBBBbbbbcccccccc"])
    }

    @Test("A fragment that contradicts the datagram's length changes nothing")
    func contradiction() {
        let parts = fragments(payload)
        let longer = fragments(payload + "and more that does not fit", at: [24, 48])
        var bench = Bench()
        #expect(bench.dissect(parts[2], .raw) == .fragmentPending)
        #expect(bench.dissect(longer[2], .raw) == .malformedIP)
        #expect(bench.dissect(fragments(payload + payload, at: [24, 80])[1], .raw) == .malformedIP)
        bench.dissect(parts[0], .raw)
        #expect(bench.dissect(parts[1], .raw) == nil)
        #expect(bench.collector.payloads == [payload])
    }

    @Test("Impossible fragments are malformed")
    func impossible() {
        let odd = Frames.ipv4([1, 2, 3], fragment: 0x2000)
        let far = Frames.ipv4([UInt8](repeating: 0, count: 16), fragment: 0x1fff)
        let empty = Frames.ipv4([], fragment: 0x2000)
        for frame in [odd, far, empty] { #expect(dissect(frame, .raw).skipped == .malformedIP) }
        let endless = Frames.ipv4([UInt8](repeating: 0, count: 16), length: 0, fragment: 0x2001)
        #expect(dissect(endless, .raw, onWire: .max).skipped == .malformedIP)
    }

    @Test("Datagrams of equal numbers, but other protocol, addresses or tunnel, do not mix")
    func separate() {
        let outer = fragments(payload)
        let inner = fragments(String(payload.reversed())).map { Frames.ipv4($0, protocol: 4) }
        var bench = Bench()
        for (left, right) in zip(outer, inner) {
            bench.dissect(left, .raw)
            bench.dissect(right, .raw)
        }
        #expect(bench.collector.payloads == [payload, String(payload.reversed())])
        #expect(bench.collector.segments.map { $0.realm == 0 } == [true, false])
    }

    @Test("A tunnel's outer packet may be fragmented, and the inner one again")
    func tunnel() {
        let inner = fragments(payload)
        let outer = inner.enumerated().flatMap { number, packet in
            fragments(of: packet, at: [16], identification: 100 + number, protocol: 4)
        }
        let udp = Frames.udp([8, 0, 0, 0, 0, 0, 5, 0] + Frames.ethernet(Frames.ipv4(Frames.tcp(payload))), to: 4789)
        var bench = Bench()
        for frame in outer + fragments(of: udp, at: [8, 64], identification: 200, protocol: 17) {
            bench.dissect(frame, .raw)
        }
        #expect(bench.collector.payloads == [payload, payload])
    }

    @Test("Fragments seen again are told from new ones for a second")
    func duplicates() {
        let parts = fragments(payload)
        var bench = Bench()
        for part in parts { bench.dissect(part, .raw) }
        #expect(bench.dissect(parts[2], .raw, seconds: 1) == .fragmentDuplicate)
        for part in parts { bench.dissect(part, .raw, seconds: 3) }
        #expect(bench.collector.payloads == [payload, payload])
    }

    @Test("A cut fragment leaves the length whole and the payload short")
    func cut() {
        let parts = fragments(payload)
        var bench = Bench()
        bench.dissect(parts[0], .raw)
        bench.dissect(Array(parts[1].dropLast(10)), .raw, onWire: parts[1].count)
        #expect(bench.dissect(parts[2], .raw) == nil)
        #expect(bench.collector.segments.map(\.payloadLength) == [payload.utf8.count])
        #expect(bench.collector.payloads == [String(payload.prefix(48 - 20 - 10))])
    }

    @Test("Fragments of what cannot hold TCP do not wait")
    func uninteresting() {
        let parts = fragments(payload, protocol: 1)
        var bench = Bench()
        for part in parts { #expect(bench.dissect(part, .raw) == .icmp) }
        let datagram = Frames.udp([UInt8](repeating: 1, count: 64), to: 53)
        let udp = fragments(of: datagram, at: [32], identification: 9, protocol: 17)
        #expect(bench.dissect(udp[0], .raw) == .udp)
        #expect(bench.dissect(udp[1], .raw) == .fragmentDuplicate)
    }

    @Test("What waits too long is dropped and counted")
    func age() {
        let parts = fragments(payload)
        var bench = Bench()
        bench.dissect(parts[0], .raw)
        bench.dissect(parts[1], .raw, seconds: 30)
        #expect(bench.dissector.fragmentExpiries == 0)
        #expect(bench.dissect(parts[2], .raw, seconds: 31) == .fragmentPending)
        #expect(bench.dissector.fragmentExpiries == 1)
    }

    @Test("The oldest makes room, in number and in octets, and is counted")
    func bounds() {
        for limits in [DissectionLimits(fragmentedDatagrams: 4), DissectionLimits(fragmentOctets: 4 * 48 + 47)] {
            var bench = Bench(limits: limits)
            for number in 1...10 {
                let parts = fragments(payload, identification: number)
                bench.dissect(parts[0], .raw)
                bench.dissect(parts[1], .raw)
            }
            #expect(bench.dissector.fragmentEvictions == 6)
            for number in 1...10 { bench.dissect(fragments(payload, identification: number)[2], .raw) }
            #expect(bench.collector.payloads.count <= 4)
        }
    }

    @Test("A datagram larger than all that may wait is refused")
    func tooLarge() {
        var bench = Bench(limits: DissectionLimits(fragmentOctets: 40))
        let parts = fragments(payload)
        #expect(bench.dissect(parts[0], .raw) == .fragmentPending)
        #expect(bench.dissect(parts[1], .raw) == .fragmentLimit)
        var none = Bench(limits: DissectionLimits(fragmentedDatagrams: 0))
        #expect(none.dissect(parts[0], .raw) == .fragmentLimit)
    }

    @Test("A flood of fragments keeps to the bounds")
    func flood() {
        var table = FragmentTable(limits: DissectionLimits())
        let seed = UInt64.random(in: 0 ... .max)
        print("flood: seed \(seed)")
        var random = SeededGenerator(state: seed)
        let octets = [UInt8](repeating: 7, count: 1480)
        for number in 0..<20_000 {
            var cursor = Cursor(captured: 8 * Int.random(in: 1...185, using: &random), onWire: 0, tunnelDepth: 8)
            cursor.fragment = Fragment(
                identification: UInt32.random(in: 0..<3_000, using: &random),
                offset: 8 * Int.random(in: 0..<8_000, using: &random),
                isLast: Int.random(in: 0..<9, using: &random) == 0,
                next: 6)
            _ = table.add(octets.span, &cursor, Timestamp(nanoseconds: Int64(number) * 1_000_000))
            #expect(table.count <= 1_024)
            #expect(table.heldOctets <= 8 << 20)
        }
        #expect(table.evictions > 0)
    }

    @Test("Any cutting and any order give the same segment")
    func property() {
        let seed = UInt64.random(in: 0 ... .max)
        print("fragments: seed \(seed)")
        var random = SeededGenerator(state: seed)
        var bench = Bench()
        var expected: [String] = []
        for number in 0..<300 {
            let payload = String(
                (0..<Int.random(in: 30...3_000, using: &random)).map { _ in
                    "abcdefgh".randomElement(using: &random) ?? "a"
                })
            let last = (payload.utf8.count + 19) / 8
            let cuts = Set(
                (0..<Int.random(in: 1...20, using: &random)).map { _ in Int.random(in: 1...last, using: &random) * 8 })
            let parts = fragments(payload, at: cuts.sorted(), identification: number).shuffled(using: &random)
            for part in parts { bench.dissect(part, .raw) }
            expected.append(payload)
        }
        #expect(bench.collector.payloads == expected)
    }
}
