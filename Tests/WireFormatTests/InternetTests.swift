import CaptureModel
import TestBench
import Testing

@testable import WireFormat

@Suite("Lengths and headers of IP and TCP")
struct InternetTests {
    @Test("Padding is no payload")
    func padding() {
        let result = dissect(Frames.ethernet(Frames.ipv4(Frames.tcp("")) + [1, 2, 3, 4, 5, 6]))
        #expect(result.segments.map(\.payloadLength) == [0])
        #expect(result.payloads == [""])
    }

    @Test("A length of 0 means as much as the frame had on the wire")
    func offloaded() {
        let frame = Frames.ethernet(Frames.ipv4(Frames.tcp("abc"), length: 0))
        #expect(dissect(frame, onWire: 60_000).segments.map(\.payloadLength) == [60_000 - 54])
        let frame6 = Frames.ethernet(Frames.ipv6(Frames.tcp("abc"), length: 0), type: 0x86dd)
        #expect(dissect(frame6, onWire: 80_000).segments.map(\.payloadLength) == [80_000 - 74])
    }

    @Test("A length beyond the frame's own is cut to the frame's")
    func beyond() {
        let frame = Frames.ethernet(Frames.ipv4(Frames.tcp("abcdef"), length: 1500))
        #expect(dissect(frame).segments.map(\.payloadLength) == [6])
        #expect(dissect(frame, onWire: 100).segments.map(\.payloadLength) == [100 - 54])
    }

    @Test("An original length below the captured one is a lie and ignored")
    func lie() {
        let frame = Frames.ethernet(Frames.ipv4(Frames.tcp("abcdef")))
        #expect(dissect(frame, onWire: 3).payloads == ["abcdef"])
        #expect(dissect(frame, onWire: .min).payloads == ["abcdef"])
        #expect(dissect(frame, onWire: .max).segments.map(\.payloadLength) == [6])
    }

    @Test("Headers that contradict themselves are malformed")
    func contradictions() {
        var badVersion = Frames.ipv4(Frames.tcp())
        badVersion[0] = 0x55
        #expect(dissect(badVersion, .ipv4).skipped == .malformedIP)
        #expect(dissect(badVersion, .raw).skipped == .malformedIP)
        var shortHeader = Frames.ipv4(Frames.tcp())
        shortHeader[0] = 0x44
        #expect(dissect(shortHeader, .raw).skipped == .malformedIP)
        #expect(dissect(Frames.ipv4(Frames.tcp(), length: 19), .raw).skipped == .malformedIP)
        #expect(dissect(Frames.ipv4(Frames.tcp(), length: 39), .raw).skipped == .malformedTCP)
        for offset in UInt8(0)...15 {
            var segment = Frames.tcp("0123456789")
            segment[12] = offset << 4
            let expected: SkipReason? = (5...7).contains(offset) ? nil : .malformedTCP
            #expect(dissect(Frames.ipv4(segment), .raw).skipped == expected)
        }
    }

    @Test("Fourteen octets of a TCP header are enough, options may be cut")
    func cutHeader() {
        let segment = Frames.tcp("abc", options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2])
        let frame = Frames.ethernet(Frames.ipv6(segment), type: 0x86dd)
        let result = dissect(Array(frame[..<68]), onWire: frame.count)
        #expect(result.segments.map(\.payloadLength) == [3])
        #expect(result.payloads == [""])
        #expect(dissect(Array(frame[..<67]), onWire: frame.count).skipped == .truncatedTCP)
    }

    @Test("A source-routed packet belongs to the connection with its last stop")
    func routing() {
        let last = IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 99)
        let next = IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 50)
        let list = Frames.bytes(last) + Frames.bytes(next)
        let frame = Frames.ipv6([6, 4, 4, 1, 1, 0, 0, 0] + list + Frames.tcp(), next: 43)
        #expect(dissect(frame, .raw).segments.map(\.destination.address) == [last])
        let arrived = Frames.ipv6([6, 4, 4, 0, 1, 0, 0, 0] + list + Frames.tcp(), next: 43)
        #expect(dissect(arrived, .raw).segments.map(\.destination.address) == [Frames.server6])
    }

    @Test(
        "What is not TCP has its name",
        arguments: [
            (UInt8(17), SkipReason.udp), (1, .icmp), (58, .icmp), (132, .sctp), (50, .encryptedESP),
            (2, .otherIPProtocol), (253, .otherIPProtocol), (43, .otherIPProtocol), (44, .otherIPProtocol),
        ])
    func protocols(number: UInt8, reason: SkipReason) {
        #expect(dissect(Frames.ipv4(Frames.tcp(), protocol: number), .raw).skipped == reason)
    }

    @Test("Every protocol that a walk can pass may wait for its fragments, and no other")
    func leaves() {
        for number in UInt8(0)...255 {
            var cursor = Cursor(captured: 0, onWire: 0, tunnelDepth: 8)
            cursor.source.isIPv6 = true
            let end = cursor.ipProtocol(number, [UInt8]().span)
            #expect(
                (end == .skip(Cursor.leafReason(number) ?? .udp)) == (Cursor.leafReason(number) != nil || number == 17))
        }
    }

    @Test(
        "What is not IP has its name",
        arguments: [
            (0x0806, SkipReason.arp), (0x8035, .arp), (0x88cc, .otherEtherType), (0x8863, .otherEtherType),
            (0x0026, .llc), (0x88e5, .encryptedMACsec),
        ])
    func etherTypes(type: Int, reason: SkipReason) {
        let payload: [UInt8] = type == 0x88e5 ? [0x0c] : [0x42, 0x42, 3]
        #expect(dissect(Frames.ethernet(payload + [UInt8](repeating: 0, count: 60), type: type)).skipped == reason)
    }

    @Test("A wrong checksum matters only when asked, and only where the whole segment is there")
    func checksum() {
        var right = Frames.tcp("odd")
        let pseudo = Frames.bytes(Frames.client) + Frames.bytes(Frames.server) + [0, 6] + Frames.big16(right.count)
        right.replaceSubrange(16..<18, with: Frames.big16(Int(~Frames.onesComplement(pseudo + right))))
        let good = Frames.ethernet(Frames.ipv4(right))
        let bad = Frames.ethernet(Frames.ipv4(Frames.tcp("odd", checksum: 1)))
        #expect(dissect(good, verifyChecksums: true).skipped == nil)
        #expect(dissect(bad, verifyChecksums: true).skipped == .badChecksum)
        #expect(dissect(bad).skipped == nil)
        #expect(dissect(Array(bad.dropLast()), onWire: bad.count, verifyChecksums: true).skipped == nil)

        var right6 = Frames.tcp("odd")
        let pseudo6 =
            Frames.bytes(Frames.client6) + Frames.bytes(Frames.server6) + Frames.big32(right6.count) + [0, 0, 0, 6]
        right6.replaceSubrange(16..<18, with: Frames.big16(Int(~Frames.onesComplement(pseudo6 + right6))))
        #expect(dissect(Frames.ipv6(right6), .raw, verifyChecksums: true).skipped == nil)
        #expect(dissect(Frames.ipv6(Frames.tcp("odd")), .raw, verifyChecksums: true).skipped == .badChecksum)
    }
}
