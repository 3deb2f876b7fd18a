import CaptureForge
import CaptureModel
import Exchanges
import Findings
import TestBench
import Testing

@Suite("Dialogues")
struct DialogueTests {
    @Test("A dialogue raises what its first line says", arguments: DialogueFile.all)
    func findings(file: DialogueFile) throws {
        let dialogue = try file.read()
        let found = findings(of: dialogue.capture())
        let ids = Set(found.map(\.rule))
        let told = found.map { "\($0.rule): \($0.message)" }.joined(separator: "\n")
        #expect(ids.isSuperset(of: dialogue.expected), "missing; told was\n\(told)")
        #expect(ids.isSubset(of: dialogue.expected + dialogue.also), "too much; told was\n\(told)")
    }

    @Test(
        "Cut into single octets, over IPv6, with sequence numbers that wrap, or with every packet twice, nothing changes",
        arguments: DialogueFile.all)
    func samePackets(file: DialogueFile) throws {
        let dialogue = try file.read()
        guard dialogue.snaplen == nil else { return }
        let plain = dialogue.capture()
        var options = Dialogue.Options()
        (options.ipv6, options.clientISN, options.serverISN) = (true, 0xffff_fff0, 0xffff_ffff)
        let expected = messages(plain)
        #expect(messages(ForgedCapture(segments: plain.segments.cut(every: 1))) == expected)
        #expect(messages(dialogue.capture(options)) == expected)
        #expect(messages(ForgedCapture(segments: plain.segments.flatMap { [$0, $0] })) == expected)
    }

    @Test("Shuffled within reach, or with parts sent again, a dialogue raises the same", arguments: DialogueFile.all)
    func otherOrder(file: DialogueFile) throws {
        let dialogue = try file.read()
        // Of a connection that began before the capture, nobody knows which octet is the first.
        guard dialogue.snaplen == nil, !dialogue.steps.contains(.startMidstream) else { return }
        let segments = dialogue.capture().segments
        let expected = ids(ForgedCapture(segments: segments))
        for seed in UInt64(1)...5 {
            var faults = FaultInjector(seed: seed)
            let recut = faults.recut(segments, longest: 40)
            #expect(ids(ForgedCapture(segments: faults.shuffle(recut, reach: 500_000))) == expected, "seed \(seed)")
            #expect(ids(ForgedCapture(segments: faults.retransmit(recut))) == expected, "seed \(seed)")
        }
    }

    @Test("Times that a forged file may claim trap nothing", arguments: UInt64(1)...20)
    func forgedTimes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let edges: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
        for file in DialogueFile.all {
            var segments = try file.read().capture().segments
            for index in segments.indices where random.chance(oneIn: 2) {
                let anywhere = Int64.random(in: .min ... .max, using: &random)
                let time = random.chance(oneIn: 2) ? edges.randomElement(using: &random) : anywhere
                segments[index].time = Timestamp(nanoseconds: time ?? anywhere)
            }
            _ = messages(ForgedCapture(segments: segments))
        }
    }

    private func messages(_ capture: ForgedCapture) -> [String] {
        findings(of: capture).map { "\($0.rule): \($0.message)" }
    }

    private func ids(_ capture: ForgedCapture) -> [String] {
        findings(of: capture).map(\.rule)
    }

    /// What the rules say of each exchange by itself, and of all together.
    private func findings(of capture: ForgedCapture) -> [Finding] {
        var related = RelatedExchanges(capacity: 1_000, hosts: 1_000, seed: 1)
        var findings: [Finding] = []
        for exchange in exchanges(of: capture) {
            var found = Judge().findings(on: exchange, timing: exchange.timing, webdav: exchange.webdav)
            if !related.take(exchange, &found, possibleHops: 0) { findings += found }
        }
        while let element = related.next(atEnd: true) {
            if case .exchange(let exchange) = element { findings += exchange.findings }
        }
        return findings
    }

    @Test("Each rule has a dialogue that raises it, and one that nearly does", arguments: Catalogue.rules.map(\.id))
    func coverage(id: String) throws {
        let own = try DialogueFile.all.filter { $0.rule == id }.map { try $0.read() }
        #expect(own.contains { $0.expected.contains(id) })
        #expect(own.contains { !$0.expected.contains(id) && !$0.also.contains(id) })
    }

    @Test("Each folder of dialogues belongs to a rule, and each id in them is one")
    func names() throws {
        for file in DialogueFile.all {
            let dialogue = try file.read()
            #expect(Catalogue.rule(file.rule) != nil, "\(file.path)")
            #expect((dialogue.expected + dialogue.also).allSatisfy { Catalogue.rule($0) != nil }, "\(file.path)")
        }
    }
}
