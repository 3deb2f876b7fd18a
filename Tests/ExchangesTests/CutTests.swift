import CaptureForge
import CaptureModel
import Exchanges
import HTTP1
import TestBench
import Testing

/// A conversation of which any cutting and any order of segments must tell the same.
struct Conversation: Sendable, CustomTestStringConvertible {
    var title: String
    var dialogue: Dialogue

    var testDescription: String { title }

    /// Octets said in all.
    var octets: Int {
        dialogue.steps.reduce(0) { sum, step in
            if case .say(_, _, let octets) = step { sum + octets.count } else { sum }
        }
    }
    /// So often a random change is tried: less often where it takes long.
    var rounds: UInt64 { octets > 3_000 ? 2 : 20 }

    /// Nobody knows of a connection without a handshake which octet is its first.
    var beginsMidstream: Bool { dialogue.steps.contains(.startMidstream) }
    var losesOctets: Bool {
        dialogue.steps.contains { if case .miss = $0 { true } else { false } }
    }

    /// The cases and the repository's dialogues, without those that depend on where packets end: of a cut packet the
    /// capture holds the beginning only.
    static let all: [Conversation] = {
        let cases = Case.all.compactMap { example in
            (try? example.dialogue()).map { Conversation(title: example.title, dialogue: $0) }
        }
        let files = DialogueFile.all.compactMap { file in
            (try? file.read()).map { Conversation(title: file.path, dialogue: $0) }
        }
        return (cases + files).filter { $0.dialogue.snaplen == nil }
    }()
}

/// What is told, by exchange, with times or without, and with all field lines and leniencies.
private func told(_ segments: [ForgedSegment], times: Bool = true) -> [String] {
    let exchanges = read(segments).exchanges
    let heads = exchanges.map { "\($0.texts($0.fields.indices)) \($0.oddities.rawValue)" }.sorted()
    return accounts(exchanges, times: times) + heads
}

@Suite("However a conversation is cut into packets, the same is told of it")
struct CutTests {
    @Test("Nothing was left out")
    func count() {
        let left = Case.all.count + DialogueFile.all.count - Conversation.all.count
        #expect(left < 10)
    }

    @Test("Cut at every place", arguments: Conversation.all)
    func everySplit(of conversation: Conversation) {
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments)
        let isLong = conversation.octets > 3_000  // then some places will do
        for index in stride(from: 0, to: segments.count, by: isLong ? max(1, segments.count / 30) : 1) {
            let length = segments[index].payload.count
            for place in stride(from: 1, to: length, by: isLong ? max(1, length / 8) : 1) {
                let split = segments[..<index] + segments[index].split(at: [place, length]) + segments[(index + 1)...]
                let found = told(Array(split))
                #expect(found == expected, "segment \(index) cut at \(place)")
                if found != expected { return }
            }
        }
    }

    @Test("In single octets, in twos, threes, fives", arguments: Conversation.all)
    func pieces(of conversation: Conversation) {
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments)
        for length in conversation.octets > 3_000 ? [1, 100] : [1, 2, 3, 5] {
            #expect(told(segments.cut(every: length)) == expected, "\(length) octets")
        }
    }

    @Test("Over IPv6, with sequence numbers that wrap", arguments: Conversation.all)
    func wrap(of conversation: Conversation) {
        let expected = told(conversation.dialogue.capture().segments)
        var options = Dialogue.Options()
        for back in UInt32(1)...UInt32(5 * conversation.rounds) {
            (options.ipv6, options.clientISN, options.serverISN) = (true, 0 &- back, 0 &- back)
            let found = told(conversation.dialogue.capture(options).segments)
            #expect(found == expected, "\(back) before the wrap")
            if found != expected { return }
        }
    }

    @Test("Every packet twice", arguments: Conversation.all)
    func doubled(_ conversation: Conversation) {
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments)
        #expect(told(segments.flatMap { [$0, $0] }) == expected)
        #expect(told(segments.cut(every: 7).flatMap { [$0, $0, $0] }) == expected)
    }

    @Test("With parts sent again", arguments: Conversation.all)
    func retransmitted(_ conversation: Conversation) {
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments)
        for seed in 1...conversation.rounds {
            var faults = FaultInjector(seed: seed)
            #expect(told(faults.retransmit(segments, oneIn: 2)) == expected, "seed \(seed)")
            let recut = faults.recut(segments, longest: 30)
            #expect(told(faults.retransmit(recut, oneIn: 2)) == expected, "seed \(seed), recut")
        }
    }

    @Test("Shuffled as a network does", arguments: Conversation.all)
    func shuffled(_ conversation: Conversation) {
        guard !conversation.beginsMidstream else { return }
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments, times: false)
        for seed in 1...conversation.rounds {
            var faults = FaultInjector(seed: seed)
            let recut = faults.recut(segments, longest: 30)
            // Within the time of a write: an answer is not heard before its question.
            #expect(told(faults.shuffle(recut, reach: 500_000), times: false) == expected, "seed \(seed)")
        }
    }

    @Test("Shuffled by the capture, acknowledgements before their octets", arguments: Conversation.all)
    func shuffledBothWays(_ conversation: Conversation) {
        guard !conversation.beginsMidstream, !conversation.losesOctets else { return }
        let segments = conversation.dialogue.capture().segments
        let expected = told(segments, times: false)
        for seed in 1...conversation.rounds {
            var faults = FaultInjector(seed: seed)
            let recut = faults.recut(segments, longest: 30)
            let moved = faults.shuffleBothWays(recut, reach: 500_000)
            #expect(told(moved, times: false) == expected, "seed \(seed)")
        }
    }
}
