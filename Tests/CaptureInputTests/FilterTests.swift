import CaptureInput
import Testing

@Suite("Filters")
struct FilterTests {
    @Test("A filter leaves packets out of both formats, which keep their numbers and count", arguments: [true, false])
    func bothFormats(isPcapng: Bool) throws {
        var file = isPcapng ? CaptureBytes.pcapng() : .pcap()
        if isPcapng { file.interface() }
        for (at, port) in [80, 81, 80, 443].enumerated() {
            let frame = tcpFrame(port: UInt16(port))
            if isPcapng { file.enhanced(ticks: UInt64(at), frame) } else { file.record(seconds: UInt32(at), frame) }
        }
        let reading = Reading(file, filter: try CaptureFilter("tcp port 80"))
        #expect(reading.packets.map(\.frame) == [1, 3])
        #expect(reading.outcome.facts?.packets == 4)
        #expect(reading.outcome.facts?.filteredOut == 2)
        #expect(reading.outcome.facts?.bytes == 4 * 54)
        #expect(reading.outcome.status == .complete)
    }

    @Test("One expression fits every kind of frames in a file")
    func mixedLinkTypes() throws {
        var file = CaptureBytes.pcapng()
        file.interface(linkType: 1)
        file.interface(linkType: 101)
        file.interface(linkType: 147)
        for port in [80, 81] as [UInt16] {
            file.enhanced(interface: 0, ticks: 1, tcpFrame(port: port))
            file.enhanced(interface: 1, ticks: 2, tcpPacket(port: port))
            file.enhanced(interface: 2, ticks: 3, tcpPacket(port: port))
        }
        let reading = Reading(file, filter: try CaptureFilter("tcp dst port 80"))
        #expect(reading.packets.map(\.frame) == [1, 2])
        #expect(reading.outcome.facts?.filteredOut == 4)
        #expect(reading.outcome.status == .complete)
    }

    @Test("A filter that fits no frames of a file is an error, not silence", arguments: [true, false])
    func misfit(isPcapng: Bool) throws {
        var file = isPcapng ? CaptureBytes.pcapng() : .pcap(linkType: 147)
        if isPcapng { file.interface(linkType: 147) }
        if isPcapng { file.enhanced(ticks: 1, [1]) } else { file.record(seconds: 1, [1]) }
        let reading = Reading(file, filter: try CaptureFilter("tcp port 80"))
        #expect(reading.packets.isEmpty)
        #expect(reading.outcome.status == .unreadable)
        #expect(
            reading.sentence == "a: the filter cannot be applied to LINKTYPE_147 frames: "
                + "DLT 147 link-layer type filtering not implemented")
    }

    @Test(
        "An expression that is wrong for all frames is refused with libpcap's reason",
        arguments: [
            ("tcp prt 80", "syntax error"), ("((", "syntax error"), ("net 1.2.3.4/33", "mask length must be <= 32"),
        ])
    func refused(expression: String, reason: String) {
        do {
            _ = try CaptureFilter(expression)
            Issue.record("\(expression) was taken")
        } catch {
            #expect(error.code == .badFilter)
            #expect(error.sentence.hasPrefix("the filter \"\(expression)\" is not understood: "))
            #expect(error.sentence.contains(reason))
        }
    }

    @Test(
        "An expression for another kind of frames than Ethernet is taken", arguments: ["type mgt", "", "vlan and tcp"])
    func taken(expression: String) throws {
        #expect(try CaptureFilter(expression).expression == expression)
    }

    @Test("A packet without bytes matches nothing that looks at bytes")
    func emptyPacket() throws {
        var file = CaptureBytes.pcapng()
        file.interface()
        file.enhanced(ticks: 1, [])
        #expect(Reading(file, filter: try CaptureFilter("tcp")).packets.isEmpty)
        #expect(Reading(file, filter: try CaptureFilter("")).packets.count == 1)
    }
}
