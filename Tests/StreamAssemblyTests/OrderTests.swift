import CaptureForge
import StreamAssembly
import Testing

@Suite("Octets come out in order, once")
struct OrderTests {
    @Test("Behind a hole octets are held, and told with the packet that brought them")
    func outOfOrder() {
        var wire = Wire()
        wire.open()
        wire.client(4, "def")
        #expect(wire.lines == ["opened 1 C"])
        wire.client(7, "g")
        wire.client(1, "abc")
        #expect(wire.lines == ["opened 1 C", "C “abc” #6", "C “def” #4", "C “g” #5"])
    }

    @Test("Data before its SYN is put behind it")
    func dataBeforeSYN() {
        var wire = Wire()
        wire.client(1, "ab")
        wire.client(0, ack: nil, .syn)
        wire.server(0, ack: 1, .syn)
        wire.client(3, "c")
        #expect(wire.lines == ["opened 1", "C “ab” #1", "C “c” #4"])
    }

    @Test("Without the other's SYN, the opener's first acknowledgement tells where the other begins")
    func missedReply() {
        var wire = Wire()
        wire.client(0, ack: nil, .syn)
        wire.client(1, ack: 1)
        wire.client(1, "ab")
        wire.server(3, "34", ack: 3)
        wire.server(1, "12", ack: 3)
        #expect(wire.lines == ["opened 1 C", "C “ab” #3", "S “12” #5", "S “34” #4"])
        wire = Wire()
        wire.client(0, ack: nil, .syn)
        wire.client(3, ack: 3)  // one of later, which tells nothing of the beginning
        wire.server(0, ack: 1, .syn)
        wire.client(1, "ab")
        #expect(wire.lines == ["opened 1 C", "C “ab” #4"])
        wire = Wire()
        wire.client(0, ack: nil, .syn)
        wire.client(1, "ab")
        wire.server(3, "34", ack: 3)
        wire.server(0, ack: 1, .syn)
        wire.client(3, "c", ack: 5)
        wire.wait(1)
        wire.server(5, "56", ack: 4)
        #expect(
            wire.lines == ["opened 1 C", "C “ab” #2", "S missed 2 gap #3", "S “34” #3", "C “c” #5", "S “56” #6"])
    }

    @Test("What was told is not told again: retransmissions, whole or in part, and frames seen twice")
    func retransmissions() {
        var wire = Wire()
        wire.open()
        wire.client(1, "abc")
        wire.client(1, "abc")
        wire.client(2, "bcd")
        wire.client(1, "ab")
        wire.client(1, "abcdef")
        #expect(wire.lines.dropFirst() == ["C “abc” #4", "C “d” #6", "C “ef” #8"])
    }

    @Test("Of held octets that overlap, those captured first win; a difference is counted, a copy is not")
    func overlaps() {
        var wire = Wire()
        wire.open()
        wire.client(4, "def")
        wire.client(4, "def")
        #expect(wire.counters.differingOverlaps == 0)
        wire.client(3, "cDEFg")
        #expect(wire.counters.differingOverlaps == 1)
        wire.client(9, "i")
        wire.client(5, "ef?hI")
        #expect(wire.counters.differingOverlaps == 2)
        wire.client(1, "ab")
        #expect(
            wire.lines.dropFirst()
                == ["C “ab” #9", "C “c” #6", "C “def” #4", "C “g” #6", "C “h” #8", "C “i” #7"])
    }

    @Test("Sequence numbers wrap", arguments: [UInt32.max - 8, .max - 3, .max - 1, .max, 0])
    func wrap(initial: UInt32) {
        var wire = Wire(initial: (initial, initial &+ 2))
        wire.open()
        wire.client(5, "ef")
        wire.client(3, "cd")
        wire.client(1, "ab")
        wire.server(1, "12", ack: 7)
        wire.client(7, "g", ack: 3)
        wire.server(3, "3", ack: 8)
        wire.client(8, ack: 4, .fin)
        wire.server(4, ack: 9, .fin)
        #expect(
            wire.lines.dropFirst() == [
                "C “ab” #6", "C “cd” #5", "C “ef” #4", "S “12” #7", "C “g” #8", "S “3” #9", "C closed #10",
                "C finished #10", "S closed #11", "S finished #11", "ended fin #11",
            ])
    }

    @Test("SYN and FIN may carry data")
    func dataOnFlags() {
        var wire = Wire()
        wire.client(0, "ab", ack: nil, .syn)
        wire.server(0, ack: 3, .syn)
        wire.client(3, "c")
        wire.server(1, "12", ack: 4, .fin)
        wire.client(4, "d", ack: 4, .fin)
        #expect(
            wire.lines == [
                "opened 1 C", "C “ab” #1", "C “c” #3", "S “12” #4", "S closed #4", "S finished #4", "C “d” #5",
                "C closed #5", "C finished #5", "ended fin #5",
            ])
    }

    @Test("Data that a SYN carried in vain is told once")
    func refusedData() {
        var wire = Wire()
        wire.client(0, "ab", ack: nil, .syn)
        wire.server(0, ack: 1, .syn)
        wire.client(1, "abc")
        #expect(wire.lines == ["opened 1 C", "C “ab” #1", "C “c” #3"])
    }

    @Test("Keep-alive probes of no octet or one tell nothing", arguments: ["", "\0"])
    func probes(octet: String) {
        var wire = Wire()
        wire.open()
        wire.client(0, octet)
        wire.server(1, ack: 1)
        wire.client(1, "ab")
        wire.server(1, "1", ack: 3)
        wire.client(2, octet, ack: 2)
        wire.server(1, octet, ack: 3)
        wire.client(3, "c", ack: 2)
        #expect(wire.lines.dropFirst() == ["C “ab” #6", "S “1” #7", "C “c” #10"])
    }

    @Test("A handshake that is repeated, or captured twice, is one")
    func repeatedHandshake() {
        var wire = Wire()
        wire.client(0, ack: nil, .syn)
        wire.wait(1)
        wire.client(0, ack: nil, .syn)
        wire.server(0, ack: 1, .syn)
        wire.server(0, ack: 1, .syn)
        wire.client(1, "ab")
        wire.server(0, ack: 1, .syn)
        wire.client(3, "c")
        #expect(wire.lines == ["opened 1 C", "C “ab” #5", "C “c” #7"])
    }

    @Test("An answer that was captured before its question is told behind it")
    func answerFirst() {
        var wire = Wire()
        wire.open()
        wire.server(1, "12", ack: 3)
        #expect(wire.lines == ["opened 1 C"])
        wire.client(1, "ab")
        #expect(wire.lines.dropFirst() == ["C “ab” #5", "S “12” #4"])
    }

    @Test("Nothing is held of a direction that nobody wants, and its end is still told")
    func unwanted() {
        var wire = Wire()
        wire.recorder.unwanted = [.forward]
        wire.open()
        wire.client(1, "ab")
        wire.client(9, "x")
        wire.client(3, "cdefgh")
        wire.server(1, "1", ack: 10)
        wire.client(10, ack: 2, .fin)
        wire.server(2, ack: 11, .fin)
        #expect(
            wire.lines.dropFirst() == [
                "C “ab” #4", "S “1” #7", "C closed #8", "C finished #8", "S closed #9", "S finished #9",
                "ended fin #9",
            ])
    }

    @Test("Of a packet that the capture cut, the rest is missed, also behind a hole")
    func snapLength() {
        var wire = Wire()
        wire.open()
        wire.client(1, "abcdef", captured: 2)
        wire.client(9, "ijklmn", captured: 3)
        wire.client(7, "gh")
        wire.client(15, "o", captured: 0)
        #expect(
            wire.lines.dropFirst() == [
                "C “ab” #4", "C missed 4 snaplen #4", "C “gh” #6", "C “ijk” #5", "C missed 3 snaplen #5",
                "C missed 1 snaplen #7",
            ])
    }

    @Test("Whatever was told meanwhile, what is held stays as it came")
    func alwaysHolding() {
        var wire = Wire()
        wire.open()
        func piece(_ index: Int) -> String { String(repeating: "\(index % 10)", count: 999) + "." }
        func send(_ index: Int) { wire.client(UInt32(1 + index * 1_000), piece(index)) }
        send(1)
        let last = 300
        for index in stride(from: 3, through: last + 1, by: 2) {
            send(index)  // held behind a hole, while the one before it is told
            send(index - 3)
            #expect(wire.heldOctets > 0)
        }
        send(last)
        let told = wire.lines.compactMap { $0.split(separator: "“").last?.split(separator: "”").first }
        #expect(told.dropFirst().joined() == (0...last + 1).map(piece).joined())
        #expect(wire.heldOctets == 0)
    }

    @Test(
        "In any order, cut and overlapping anyhow, each place has the octet that was captured first",
        arguments: UInt64(1)...60)
    func firstWins(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var wire = Wire(initial: (.max - 40, 7))
        wire.open()
        var first = [UInt8](repeating: 0, count: 121)
        while let gap = first.dropFirst().firstIndex(of: 0) {
            let anywhere = Int.random(in: 1...120, using: &random)
            let start = random.chance(oneIn: 6) ? gap : anywhere
            let end = min(120, start + Int.random(in: 0...12, using: &random))
            let octets = (start...end).map { _ in UInt8.random(in: 0x61...0x7a, using: &random) }
            for (place, octet) in zip(start...end, octets) where first[place] == 0 { first[place] = octet }
            wire.client(UInt32(start), String(decoding: octets, as: UTF8.self))
        }
        let told = wire.lines.dropFirst().map { $0.split(separator: "“")[1].split(separator: "”")[0] }.joined()
        #expect(told == String(decoding: first.dropFirst(), as: UTF8.self), "seed \(seed)")
        #expect(wire.heldOctets == 0, "seed \(seed)")
    }
}
