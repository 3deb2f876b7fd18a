import CaptureForge
import StreamAssembly
import Testing

@Suite("Holes are waited for, and given up")
struct HoleTests {
    @Test("A hole that nobody acknowledged is waited for, however long")
    func unacknowledged() {
        var wire = Wire()
        wire.open()
        wire.client(3, "cd")
        wire.wait(3_600)
        wire.server(1, ack: 1)
        wire.client(3, "cd")
        #expect(wire.lines.count == 1)
        wire.client(1, "ab")
        #expect(wire.lines.dropFirst() == ["C “ab” #7", "C “cd” #4"])
    }

    @Test("A hole that was acknowledged is given up after the grace, and only then")
    func grace() {
        var wire = Wire()
        wire.open()
        wire.client(3, "cd")
        wire.server(1, ack: 5)
        wire.wait(0.099)
        wire.client(5, "e")
        #expect(wire.lines.count == 1)
        wire.wait(0.001)
        wire.client(6, "f")
        #expect(wire.lines.dropFirst() == ["C missed 2 gap #4", "C “cd” #4", "C “e” #6", "C “f” #7"])
    }

    @Test("The grace ends after some packets of the connection too")
    func packets() {
        var wire = Wire()
        wire.open()
        wire.client(3, "cd")
        wire.server(1, ack: 5)
        for _ in 0..<63 { wire.client(5) }
        #expect(wire.lines.count == 1)
        wire.client(5)
        #expect(wire.lines.dropFirst() == ["C missed 2 gap #4", "C “cd” #4"])
    }

    @Test("Octets that come within the grace are no hole")
    func acknowledgedFirst() {
        var wire = Wire()
        wire.open()
        wire.server(1, ack: 3)
        wire.wait(0.09)
        wire.client(1, "ab")
        wire.wait(1)
        wire.client(3, "c")
        #expect(wire.lines.dropFirst() == ["C “ab” #5", "C “c” #6"])
    }

    @Test("Octets that come after their hole was given up are passed over")
    func late() {
        var wire = Wire()
        wire.open()
        wire.server(1, ack: 3)
        wire.wait(1)
        wire.client(3, "c")
        wire.client(1, "ab")
        wire.client(1, "abcd")
        #expect(wire.lines.dropFirst() == ["C missed 2 gap #4", "C “c” #5", "C “d” #7"])
    }

    @Test("Several holes are given up one by one")
    func several() {
        var wire = Wire()
        wire.open()
        wire.client(3, "c")
        wire.client(5, "e")
        wire.server(1, ack: 4)
        wire.wait(1)
        wire.client(6, "f")
        #expect(wire.lines.dropFirst() == ["C missed 2 gap #4", "C “c” #4"])
        wire.server(1, ack: 7)
        wire.wait(1)
        wire.client(7, "g")
        #expect(wire.lines.dropFirst(3) == ["C missed 1 gap #5", "C “e” #5", "C “f” #7", "C “g” #9"])
    }

    @Test("A hole at the end was on the wire when it was acknowledged")
    func atTheEnd() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.server(1, ack: 5)
        wire.wait(60)
        wire.server(1, "1", ack: 5)
        #expect(wire.lines.dropFirst() == ["C “ab” #4", "C missed 2 gap #5", "S “1” #6"])
    }

    @Test("A hole before a FIN ends with it")
    func beforeFIN() {
        var wire = Wire()
        wire.open()
        wire.client(4, ack: 1, .fin)
        wire.server(1, ack: 5)
        wire.wait(1)
        wire.server(1, ack: 5, .fin)
        #expect(
            wire.lines.dropFirst() == [
                "C closed #4", "C missed 3 gap #5", "C finished #4", "S closed #6", "S finished #6", "ended fin #6",
            ])
    }

    @Test("A RST and the end of the capture give up what is waited for", arguments: [true, false])
    func end(reset: Bool) {
        var wire = Wire()
        wire.open()
        wire.client(3, "cd")
        if reset { wire.server(1, ack: 1, .rst) }
        let lines = wire.finish().dropFirst()
        let told = ["C missed 2 gap #4", "C “cd” #4"]
        #expect(lines == (reset ? ["S reset #5"] + told + ["ended reset #5"] : told + ["ended captureEnd #4"])[...])
    }

    @Test("A RST tells of octets before it that were missed")
    func beforeReset() {
        var wire = Wire()
        wire.open()
        wire.server(1, "12")
        wire.server(5, ack: 1, .rst)
        #expect(
            wire.finish().dropFirst()
                == ["S “12” #4", "S reset #5", "S missed 2 gap #5", "ended reset #5"])
    }

    @Test("Of a direction that was not captured nothing is missed, however much is acknowledged")
    func oneDirection() {
        var wire = Wire()
        wire.client(0, ack: nil, .syn)
        wire.client(1, "ab", ack: 1)
        wire.wait(1)
        wire.client(3, "c", ack: 900)
        wire.wait(1)
        wire.client(4, "d", ack: 1_900)
        #expect(wire.finish() == ["opened 1 C", "C “ab” #2", "C “c” #3", "C “d” #4", "ended captureEnd #4"])
    }

    @Test("A hole of one direction holds the answer back, until it is given up")
    func bothDirections() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.server(1, "12", ack: 6)
        #expect(wire.lines.dropFirst() == ["C “ab” #4"])
        wire.wait(1)
        wire.client(6, "f", ack: 3)
        #expect(wire.lines.dropFirst(2) == ["C missed 3 gap #5", "S “12” #5", "C “f” #6"])
    }

    @Test("What waits for a direction that never comes is told at the bound, and is no hole")
    func boundOfWaiting() {
        var limits = AssemblyLimits()
        limits.octetsInAll = 4_000
        var wire = Wire(limits: limits)
        for port in UInt16(1)...100 {
            wire.port = port
            wire.server(0, ack: 1, .syn)
            wire.server(1, String(repeating: "x", count: 500))
        }
        #expect(wire.lines.count { $0.contains("“xx") } >= 93)
        #expect(wire.counters.holesByLimit == 0)
        #expect(wire.finish().count { $0.contains("“xx") } == 100)
    }

    @Test("What is held back by a hole of the other direction waits for that at the end too", arguments: [true, false])
    func orderAtTheEnd(isAnswerMissed: Bool) {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        if !isAnswerMissed { wire.server(1, "12", ack: 3) }
        if isAnswerMissed { wire.client(3, "cd", ack: 3) }
        wire.server(3, "34", ack: 5)
        wire.client(5, "ef", ack: 5)
        wire.server(5, "56", ack: 7)
        #expect(
            wire.finish().dropFirst(2)
                == (isAnswerMissed
                ? ["S missed 2 gap #6", "C “cd” #5", "S “34” #6", "C “ef” #7", "S “56” #8", "ended captureEnd #8"]
                : [
                    "S “12” #5", "C missed 2 gap #7", "S “34” #6", "C “ef” #7", "S “56” #8", "ended captureEnd #8",
                ])[...])
    }

    @Test("What was said when part of a hole was acknowledged belongs between its parts", arguments: [true, false])
    func saidInBetween(atTheEnd: Bool) {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.client(3, "cd", ack: 3)
        wire.client(5, "ef", ack: 5)
        wire.server(7, "78", ack: 7)
        if !atTheEnd {
            wire.wait(1)
            wire.client(7, ack: 9)
            wire.client(7, ack: 9)
            wire.client(7, ack: 9)
        }
        let told = [
            "S missed 2 gap #5", "C “cd” #5", "S missed 2 gap #6", "C “ef” #6", "S missed 2 gap #7", "S “78” #7",
        ]
        if atTheEnd {
            #expect(wire.finish().dropFirst(2) == (told + ["ended captureEnd #7"])[...])
        } else {
            #expect(wire.lines.dropFirst(2) == told[...])
        }
    }

    @Test("A missed FIN is known by its acknowledgement, unless a message is not over or octets follow")
    func missedFIN() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.server(1, ack: 4)
        wire.wait(1)
        wire.server(1, "12", ack: 4)
        #expect(wire.lines.dropFirst() == ["C “ab” #4", "C closed before #5", "S “12” #6"])
        wire.server(3, ack: 4, .fin)
        #expect(wire.lines.dropFirst(4) == ["S closed #7", "C finished #5", "S finished #7", "ended fin #7"])
    }

    @Test("What was taken for a missed FIN is an octet where others follow, or where a message is not over")
    func noFIN() {
        var wire = Wire()
        wire.open()
        wire.client(1, "ab")
        wire.server(1, ack: 4)
        wire.wait(1)
        wire.client(3)
        wire.client(4, "d")
        wire.wait(1)
        wire.server(1, ack: 5)
        wire.wait(1)
        wire.server(1, ack: 5)
        #expect(
            wire.lines.dropFirst() == ["C “ab” #4", "C closed before #5", "C missed 1 gap #7", "C “d” #7"])
        wire = Wire()
        wire.recorder.unfinished = [.forward]
        wire.open()
        wire.client(1, "ab")
        wire.server(1, ack: 4, .fin)
        #expect(
            wire.finish().dropFirst()
                == ["C “ab” #4", "S closed #5", "S finished #5", "C missed 1 gap #5", "ended captureEnd #5"])
    }

    @Test("Beyond the bound of one direction its first hole is given up")
    func boundOfOne() {
        var limits = AssemblyLimits()
        limits.octetsPerHalf = 1_000
        var wire = Wire(limits: limits)
        wire.open()
        let block = String(repeating: "x", count: 300)
        wire.client(2, block)
        wire.client(303, block)
        #expect(wire.lines.count == 1)
        wire.client(604, block)
        #expect(wire.lines.dropFirst().prefix(1) == ["C missed 1 limit #4"])
        #expect(wire.counters.holesByLimit == 1)
    }

    @Test("Beyond the bound of all directions holes are given up")
    func boundOfAll() {
        var limits = AssemblyLimits()
        limits.octetsInAll = 4_000
        var wire = Wire(limits: limits)
        for port in UInt16(1)...100 {
            wire.port = port
            wire.client(0, ack: nil, .syn)
            wire.client(2, String(repeating: "x", count: 500))
        }
        #expect(wire.counters.holesByLimit >= 93)
        #expect(wire.lines.count { $0.contains("missed 1 limit") } == wire.counters.holesByLimit)
    }
}
