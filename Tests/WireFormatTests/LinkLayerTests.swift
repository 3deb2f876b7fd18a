import CaptureModel
import TestBench
import Testing

@testable import WireFormat

@Suite("The table of link types")
struct LinkLayerTests {
    @Test("No number stands twice, and all that can be read have a sample")
    func table() {
        #expect(Set(LinkLayers.all.map(\.number)).count == LinkLayers.all.count)
        let sampled = Set(Samples.all.map(\.type.rawValue))
        for layer in LinkLayers.all where layer.first != nil {
            #expect(sampled.contains(layer.number), "\(layer.name)")
            #expect(LinkLayers.canRead(LinkType(rawValue: layer.number)))
        }
    }

    @Test("Known types have the names of libpcap, unknown ones their number")
    func names() {
        #expect(LinkLayers.name(of: .ethernet) == "EN10MB")
        #expect(LinkLayers.name(of: .linuxSLL2) == "LINUX_SLL2")
        #expect(LinkLayers.name(of: LinkType(rawValue: 4711)) == "LINKTYPE_4711")
        #expect(LinkLayers.name(of: LinkType(rawValue: 195)) == "IEEE802_15_4")
    }

    @Test("A type that is unknown, or known by name only, cannot be read", arguments: [195, 300, 4711, UInt16.max])
    func unknown(number: UInt16) {
        #expect(dissect([0x45], LinkType(rawValue: number)).skipped == .unknownLinkType)
        #expect(!LinkLayers.canRead(LinkType(rawValue: number)))
    }

    @Test("Reasons have names of their own in snake case")
    func reasons() {
        #expect(Set(SkipReason.allCases.map(\.rawValue)).count == SkipReason.allCases.count)
        for reason in SkipReason.allCases {
            #expect(reason.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(reason)")
        }
    }

    @Test("The order of a netfilter log's numbers is that of its types, however long its first field is")
    func netfilterLog() {
        let packet = Frames.ipv4(Frames.tcp(String(repeating: "x", count: 400)))
        let length = Frames.big16(packet.count + 4)
        for field in [length.reversed() + [9, 0], length + [0, 9], length.reversed() + [9, 0x40]] {
            #expect(dissect([2, 0, 0, 0] + field + packet, LinkType(rawValue: 239)).segments.count == 1)
        }
    }

    @Test("A header that names its own link type does not lead in circles")
    func circle() {
        let header: [UInt8] = [0, 0, 8, 0, 192, 0, 0, 0]
        let frame = [[UInt8]](repeating: header, count: 200).flatMap { $0 }
        #expect(dissect(frame, LinkType(rawValue: 192)).skipped == .tunnelDepth)
    }
}

@Suite("Wireless frames")
struct WirelessTests {
    private let header: [UInt8] = [0x88, 1] + [UInt8](repeating: 0, count: 22) + [0x80, 0]

    private func subframe(_ packet: [UInt8], length: Int? = nil) -> [UInt8] {
        let body = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0] + packet
        let frame = [UInt8](repeating: 2, count: 12) + Frames.big16(length ?? body.count) + body
        return frame + [UInt8](repeating: 0, count: -frame.count & 3)
    }

    @Test("An aggregate gives each of its segments")
    func aggregate() {
        let packets = ["one", "three", "", "seven.."].map { Frames.ipv4(Frames.tcp($0)) }
        let result = dissect(header + packets.flatMap { subframe($0) }, LinkType(rawValue: 105))
        #expect(result.skipped == nil)
        #expect(result.payloads == ["one", "three", "", "seven.."])
    }

    @Test("An aggregate with other frames in it gives the segments among them")
    func mixed() {
        let icmp = subframe(Frames.ipv4([8, 0], protocol: 1))
        let segment = subframe(Frames.ipv4(Frames.tcp("x")))
        #expect(dissect(header + icmp + segment, LinkType(rawValue: 105)).payloads == ["x"])
        #expect(dissect(header + segment + icmp, LinkType(rawValue: 105)).skipped == nil)
        #expect(dissect(header + icmp + icmp, LinkType(rawValue: 105)).skipped == .icmp)
        #expect(dissect(header + subframe([], length: 0xffff), LinkType(rawValue: 105)).skipped != nil)
    }

    @Test(
        "Frames without readable data have their reason",
        arguments: [
            ([0x80, 0x00], SkipReason.ieee80211NoData),  // beacon
            ([0x48, 0x01], .ieee80211NoData),  // null
            ([0xb4, 0x00], .ieee80211NoData),  // RTS
            ([0x08, 0x41], .ieee80211Protected),
            ([0x08, 0x05], .ieee80211Fragment),
        ] as [([UInt8], SkipReason)])
    func unreadable(control: [UInt8], reason: SkipReason) {
        let frame = control + [UInt8](repeating: 0, count: 60)
        #expect(dissect(frame, LinkType(rawValue: 105)).skipped == reason)
    }

    @Test("A frame that came damaged is not read")
    func damaged() {
        let frame = [0, 0, 9, 0, 2, 0, 0, 0, 0x40, 0x08, 0x01] + [UInt8](repeating: 0, count: 60)
        #expect(dissect(frame, LinkType(rawValue: 127)).skipped == .ieee80211BadFCS)
    }
}
