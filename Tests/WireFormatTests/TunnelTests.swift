import CaptureModel
import TestBench
import Testing

@testable import WireFormat

@Suite("Tunnels")
struct TunnelTests {
    private let inner = Frames.ipv4(Frames.tcp())

    private func realm(_ frame: [UInt8]) -> UInt32? { dissect(frame, .raw).segments.first?.realm }

    private func vxlan(_ network: Int, _ inner: [UInt8]? = nil) -> [UInt8] {
        let header = [8, 0, 0, 0] + Frames.big32(network << 8)
        return Frames.ipv4(Frames.udp(header + Frames.ethernet(inner ?? self.inner), to: 4789), protocol: 17)
    }

    @Test("Equal addresses in different networks are different connections, by what both directions share")
    func realms() throws {
        let geneve = [0, 0, 0x65, 0x58] + Frames.big32(5 << 8) + Frames.ethernet(inner)
        let frames = [
            inner, vxlan(5), vxlan(6), Frames.ipv4(inner, protocol: 4),
            Frames.ipv4([0, 0, 8, 0] + inner, protocol: 47),
            Frames.ipv4([0x20, 0, 8, 0, 0, 0, 0, 5] + inner, protocol: 47),
            Frames.ipv4([0x20, 0, 0x65, 0x58, 0, 0, 0, 5] + Frames.ethernet(inner), protocol: 47),
            Frames.ipv4(Frames.udp(geneve, to: 6081), protocol: 17),
            vxlan(5, vxlan(5)),
        ]
        let realms = try frames.map { try #require(realm($0)) }
        #expect(Set(realms).count == realms.count)
        #expect(realms[0] == 0)
    }

    @Test("Identifiers that differ by direction do not count")
    func directions() {
        let gtp = { (endpoint: Int) in
            Frames.ipv4(
                Frames.udp([0x30, 255] + Frames.big16(inner.count) + Frames.big32(endpoint) + inner, to: 2152),
                protocol: 17)
        }
        #expect(realm(gtp(1)) == realm(gtp(2)))
        let nvgre = { (flow: UInt8) in
            Frames.ipv4([0x20, 0, 0x65, 0x58, 0, 1, 2, flow] + Frames.ethernet(inner), protocol: 47)
        }
        #expect(realm(nvgre(1)) == realm(nvgre(2)))
    }

    @Test("Tags, labels and PPPoE sessions do not set a connection apart")
    func tags() {
        let tagged = Frames.ethernet([0, 9, 0x88, 0x47, 0, 1, 1, 64] + inner, type: 0x8100)
        #expect(dissect(tagged).segments.map(\.realm) == [0])
    }

    @Test("Tunnels nest as deep as the limit, and what is deeper is counted")
    func depth() {
        var frame = inner
        var bench = Bench()
        for depth in 1...20 {
            frame = Frames.ipv4(frame, protocol: 4)
            #expect(bench.dissect(frame, .raw) == (depth <= 8 ? nil : .tunnelDepth))
        }
        #expect(bench.dissector.tunnelDepthHits == 12)
    }

    @Test("A hundred tags end the walk")
    func tagDepth() {
        let tags = [[UInt8]](repeating: [0, 1, 0x81, 0], count: 100).flatMap { $0 }
        var bench = Bench()
        #expect(bench.dissect(Frames.ethernet(tags + [0, 1, 8, 0] + inner, type: 0x8100)) == .tunnelDepth)
        #expect(bench.dissector.tunnelDepthHits == 1)
    }

    @Test(
        "A tunnel's port with other content is plain UDP", arguments: [4789, 8472, 4790, 6081, 2152, 1701, 3544, 37008])
    func chance(port: Int) {
        let seed = UInt64.random(in: 0 ... .max)
        print("chance \(port): seed \(seed)")
        var random = SeededGenerator(state: seed)
        for _ in 0..<500 {
            let payload = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
            let result = dissect(Frames.ipv4(Frames.udp(payload, to: port), protocol: 17), .raw)
            #expect(result.segments.isEmpty)
        }
        let text = Array("text that is no tunnel, whatever its port may say about it".utf8)
        #expect(dissect(Frames.ipv4(Frames.udp(text, to: port), protocol: 17), .raw).skipped == .udp)
    }

    @Test("An IPv6 packet that is longer than its datagram is no Teredo, nor is L2TP with reserved bits data")
    func noTunnel() {
        let packet = Frames.ipv6(Frames.tcp("ab"))
        func segments(_ payload: [UInt8], _ port: Int) -> Int {
            dissect(Frames.ipv4(Frames.udp(payload, to: port), protocol: 17), .raw).segments.count
        }
        #expect(segments(packet, 3544) == 1)
        var long = packet
        long[4] = 1
        #expect(segments(long, 3544) == 0)
        let data: [UInt8] = [0, 3, 0, 0, 0, 0, 0, 1]
        #expect(segments(data + packet, 1701) == 1)
        #expect(segments([0x01] + data.dropFirst() + packet, 1701) == 0)
        #expect(segments(data.prefix(3) + [9] + data.dropFirst(4) + packet, 1701) == 0)
    }

    @Test("What a tunnel carries besides TCP has its own name")
    func others() {
        let arp = [8, 0, 0, 0, 0, 0, 5, 0] + Frames.ethernet([UInt8](repeating: 0, count: 28), type: 0x0806)
        #expect(dissect(Frames.ipv4(Frames.udp(arp, to: 4789), protocol: 17), .raw).skipped == .arp)
        #expect(dissect(vxlan(5, Frames.ipv4([0, 0], protocol: 1)), .raw).skipped == .icmp)
    }

    @Test("A mirror that cut a frame leaves the length to the frame's own header")
    func cutMirror() {
        let payload = String(repeating: "x", count: 400)
        let mirrored = Frames.ethernet(Frames.ipv4(Frames.tcp(payload))).prefix(128)
        let header: [UInt8] = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 5, 0x04, 7, 0, 0, 0, 0]
        let segments = dissect(Frames.ipv4(header + mirrored, protocol: 47), .raw).segments
        #expect(segments.map(\.payloadLength) == [400])
        #expect(segments.map(\.payload.count) == [128 - 54])
    }
}
