import CaptureForge
import StreamAssembly
import Testing

@Suite("Connections begin, end and are forgotten")
struct ConnectionTests {
    @Test("Who opens is told by the SYN, or by the answer to one that was not captured")
    func opener() {
        var wire = Wire()
        wire.open()
        wire.port = 2
        wire.server(0, ack: 1, .syn)
        wire.port = 3
        wire.client(1, "ab")
        wire.server(1, ack: 3)
        #expect(wire.lines == ["opened 1 C", "opened 2 C", "opened 3", "C “ab” #5"])
    }

    @Test("A new SYN on the endpoints of a closed connection opens another one")
    func reusedAfterClose() {
        var wire = Wire()
        wire.open()
        wire.client(1, ack: 1, .rst)
        wire.client(1, "late")
        wire.client(7_000, ack: nil, .syn)
        wire.client(7_001, "ab")
        #expect(
            wire.lines == ["opened 1 C", "C reset #4", "ended reset #4", "opened 2 C", "C “ab” #7"])
    }

    @Test("Octets that a RST overtook in the capture are told, and what its sender says behind it is not")
    func overtakenByReset() {
        var wire = Wire()
        wire.open()
        wire.client(3, ack: 1, .rst)
        wire.client(1, "ab")
        wire.server(1, "1", ack: 1)
        wire.client(3, "late")
        wire.client(7_000, ack: nil, .syn)
        #expect(
            wire.lines == [
                "opened 1 C", "C reset #4", "C “ab” #5", "S “1” #6", "ended reset #4", "opened 2 C",
            ])
    }

    @Test("A RST behind what was acknowledged, or far beyond what was seen, is not believed")
    func forgedReset() {
        var wire = Wire()
        wire.open()
        wire.client(1, "abcdefgh")
        wire.server(1, "1", ack: 9)
        wire.client(2, ack: 2, .rst)
        wire.server(900_000, ack: 9, .rst)
        wire.server(2, "2", ack: 9)
        #expect(wire.lines == ["opened 1 C", "C “abcdefgh” #4", "S “1” #5", "S “2” #8"])
    }

    @Test("A SYN that nobody answers ends no connection")
    func straySYN() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.client(7_000, ack: nil, .syn)
        wire.server(1, "1", ack: 3)
        #expect(wire.lines == ["opened 1 C", "C “ab” #4", "S “1” #6"])
    }

    @Test("A new SYN on the endpoints of an open connection ends it once it is answered")
    func reusedWithoutClose() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.client(7_000, ack: nil, .syn)
        wire.server(90_000, ack: 7_001, .syn)
        wire.client(7_001, "cd")
        #expect(wire.lines == ["opened 1 C", "C “ab” #4", "ended idle #6", "opened 2 C", "C “cd” #7"])
    }

    @Test("A connection seen from its middle ends at a SYN far away, and not at its own that was captured late")
    func midstreamThenSYN() {
        var wire = Wire()
        wire.client(1, "ab")
        wire.server(1, "1", ack: 3)
        wire.client(0, ack: nil, .syn)
        wire.client(3, "c", ack: 2)
        #expect(wire.lines == ["opened 1", "C “ab” #1", "S “1” #2", "C “c” #4"])
        wire.client(900_000, ack: nil, .syn)
        #expect(wire.lines.count == 4, "a SYN alone ends nothing")
        wire.server(90_000, ack: 900_001, .syn)
        #expect(wire.lines.suffix(2) == ["ended idle #6", "opened 2 C"])
    }

    @Test("Late copies of a closed connection's packets are no connection")
    func late() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab", ack: 1, .fin)
        wire.server(1, ack: 4, .fin)
        let told = wire.lines.count
        wire.client(1, "ab", ack: 1, .fin)
        wire.server(1, ack: 4, .fin)
        wire.client(4, ack: 2)
        wire.client(0, ack: nil, .syn)
        #expect(wire.finish().count == told)
    }

    @Test("Of two FINs the one was first that the other acknowledges, in whatever order they were captured")
    func overtakenFIN() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab", ack: 2, .fin)
        wire.server(1, ack: 1, .fin)
        #expect(
            wire.lines.suffix(5) == [
                "S closed #5 first", "S finished #5", "C “ab” #4", "C finished #4", "ended fin #4",
            ])
        wire.port = 2
        wire.open()
        wire.client(1, ack: 1, .fin)
        wire.server(1, ack: 1, .fin)
        #expect(wire.lines.contains("S closed #10"), "sent at once")
    }

    @Test("An acknowledgement that overtook octets does not begin the stream behind them, and a probe is none")
    func overtakenOctets() {
        var wire = Wire()
        wire.client(1, "ab")
        wire.server(9, ack: 3)
        wire.server(1, "12345678", ack: 3)
        wire.server(9, "9", ack: 3)
        #expect(wire.lines == ["opened 1", "C “ab” #1", "S “12345678” #3", "S “9” #4"])
        wire.port = 2
        wire.client(9)
        wire.client(8, "x")
        wire.client(9, "ab")
        wire.client(1, "past")
        wire.server(1, ack: 11)
        #expect(wire.lines.suffix(2) == ["opened 2", "C “ab” #7"])
        wire.port = 3
        wire.open()
        wire.client(0, "xy")
        #expect(wire.lines.suffix(2) == ["opened 3 C", "C “y” #13"])
    }

    @Test("A RST after both FINs changes nothing: the connection ended with them")
    func resetAfterFIN() {
        var wire = Wire()
        wire.open()
        wire.client(1, ack: 1, .fin)
        wire.server(3, ack: 2, .fin)
        wire.server(1, ack: 2, .rst)
        #expect(wire.lines.suffix(3) == ["S missed 2 gap #6", "S finished #5", "ended fin #5"])
    }

    @Test("Nothing follows a FIN, and a FIN in the past or far ahead is none")
    func behindFIN() {
        var wire = Wire()
        wire.open()
        wire.client(1, "abc")
        wire.client(2, ack: 1, .fin)
        wire.client(0x4000_0000, ack: 1, .fin)
        wire.client(6, "fgh")
        wire.client(7, ack: 1, .fin)
        wire.client(4, "deFGHI")
        wire.client(10, "j")
        #expect(
            wire.lines.dropFirst() == ["C “abc” #4", "C closed #8", "C “de” #9", "C “f” #7", "C finished #8"])
    }

    @Test("A RST or an acknowledgement far outside the window is not believed")
    func implausible() {
        var wire = Wire()
        wire.open()
        wire.server(0x4000_0000, ack: 1, .rst)
        wire.server(1, ack: 0x4000_0000)
        wire.wait(1)
        wire.client(1, "ab")
        #expect(wire.lines == ["opened 1 C", "C “ab” #6"])
    }

    @Test("A silent connection is forgotten after a while, but not while it is busy")
    func idle() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.port = 2
        wire.open()
        wire.recorder.busy = [1]
        wire.wait(7_441)
        wire.port = 3
        for number in UInt32(0)..<64 { wire.client(1 + number, "x") }
        #expect(wire.lines.filter { $0.hasPrefix("ended") } == ["ended idle #4"])
    }

    @Test("The number of connections is bounded; those that are over go first, then those that are not busy")
    func bound() {
        var limits = AssemblyLimits()
        limits.connections = 4
        var wire = Wire(limits: limits)
        for port in UInt16(1)...4 {
            wire.port = port
            wire.open()
        }
        wire.recorder.busy = [0, 1, 3]
        wire.client(1, ack: 1, .rst)  // the fourth is over
        wire.recorder.busy = [0, 1]
        wire.port = 5
        wire.open()
        #expect(wire.counters.evicted == 0)
        wire.port = 6
        wire.recorder.busy = [0, 1, 3]
        wire.open()
        #expect(wire.counters.evicted == 1)
        #expect(wire.counters.evictedBusy == 0)
        wire.recorder.busy = [0, 1, 2, 3]
        wire.port = 7
        wire.open()
        #expect(wire.counters.evictedBusy == 1)
        #expect(wire.counters.connections == 7)
    }

    @Test("Whatever the packets, each connection is opened before it ends, and ends once", arguments: UInt64(1)...40)
    func anyPackets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var limits = AssemblyLimits()
        (limits.octetsPerHalf, limits.octetsInAll, limits.connections) = (2_000, 3_000, 5)
        var wire = Wire(limits: limits, initial: (.max - 200, 0x7fff_ffff))
        for _ in 0..<600 {
            wire.port = .random(in: 1...7, using: &random)
            let text = String(repeating: "abcdefgh", count: .random(in: 0...20, using: &random))
            let flags = ForgedSegment.Flags(rawValue: random.chance(oneIn: 4) ? .random(in: 0...7, using: &random) : 0)
            let sequence = random.chance(oneIn: 20) ? random.next32() : .random(in: 0...600, using: &random)
            let ack = random.chance(oneIn: 20) ? random.next32() : .random(in: 0...600, using: &random)
            let captured: Int? = random.chance(oneIn: 8) ? .random(in: 0...30, using: &random) : nil
            if random.chance(oneIn: 2) {
                wire.client(sequence, text, ack: ack, flags, captured: captured)
            } else {
                wire.server(sequence, text, ack: random.chance(oneIn: 9) ? nil : ack, flags, captured: captured)
            }
            wire.wait(random.chance(oneIn: 50) ? 9_000 : 0.01)
            #expect(wire.heldOctets <= 3_000, "seed \(seed)")
        }
        let lines = wire.finish()
        #expect(lines.count { $0.hasPrefix("opened") } == wire.counters.connections, "seed \(seed)")
        #expect(lines.count { $0.hasPrefix("ended") } == wire.counters.connections, "seed \(seed)")
        #expect(wire.heldOctets == 0, "seed \(seed)")
    }
}

extension SplitMix64 {
    fileprivate mutating func next32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }
}
