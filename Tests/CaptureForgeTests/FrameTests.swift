import CaptureForge
import CaptureModel
import Testing

@Suite("Frames and files")
struct FrameTests {
    private func segment(ipv6: Bool, payload: [UInt8]) -> ForgedSegment {
        let address = { (host: UInt64) in
            ipv6 ? IPAddress(ipv6High: 0xfd00 << 48, low: host) : IPAddress(ipv4: 0x0a00_0000 + UInt32(host))
        }
        return ForgedSegment(
            time: Timestamp(seconds: 5, nanoseconds: 123_456_789), source: Endpoint(address: address(1), port: 40_001),
            destination: Endpoint(address: address(2), port: 80), sequence: 7, acknowledgement: 9, flags: [.ack],
            payload: payload)
    }

    /// The one's complement sum, folded; 0xffff over anything that holds its own right checksum (RFC 1071).
    private func sum(_ octets: [UInt8]) -> Int {
        var sum = 0
        for (at, octet) in octets.enumerated() { sum += Int(octet) << (at.isMultiple(of: 2) ? 8 : 0) }
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return sum
    }

    @Test("Lengths and checksums are right", arguments: [false, true], [0, 1, 1447])
    func checksums(ipv6: Bool, count: Int) {
        let frame = Frame(segment(ipv6: ipv6, payload: [UInt8](repeating: 0xa7, count: count)))
        let header = ipv6 ? 40 : 20
        #expect(frame.octets.count == 14 + header + 20 + count)
        let ip = Array(frame.octets[14..<14 + header])
        let tcp = Array(frame.octets[(14 + header)...])
        if ipv6 {
            #expect(Int(ip.span.big16(4)) == 20 + count)
        } else {
            #expect(Int(ip.span.big16(2)) == 40 + count)
            #expect(sum(ip) == 0xffff)
        }
        let length = tcp.count
        let pseudo = Array(ip[(ipv6 ? 8 : 12)...]) + [0, 6, UInt8(length >> 8), UInt8(length & 255)]
        #expect(sum(pseudo + tcp) == 0xffff)
    }

    @Test("A short frame is padded when asked, and a long one cut to the snap length")
    func lengths() {
        let bare = segment(ipv6: false, payload: [])
        #expect(Frame(bare, minimumLength: 60).octets.count == 60)
        let cut = Frame(segment(ipv6: false, payload: [UInt8](repeating: 1, count: 100))).cut(to: 96)
        #expect(cut.octets.count == 96)
        #expect(cut.originalLength == 154)
    }

    @Test("A classic file in each byte order and unit", arguments: [false, true], [false, true])
    func pcap(bigEndian: Bool, nanoseconds: Bool) {
        let frame = Frame(segment(ipv6: false, payload: [])).cut(to: 50)
        let file = PcapWriter(nanoseconds: nanoseconds, bigEndian: bigEndian).octets([frame, frame])
        #expect(file.count == 24 + 2 * (16 + 50))
        let word = { (at: Int) in bigEndian ? file.span.big32(at) : file.span.little32(at) }
        #expect(word(0) == (nanoseconds ? 0xa1b2_3c4d : 0xa1b2_c3d4))
        #expect(word(20) == 1)
        #expect([word(24), word(28), word(32), word(36)] == [5, nanoseconds ? 123_456_789 : 123_456, 50, 54])
        #expect(Array(file[40..<90]) == frame.octets)
    }

    @Test("A pcapng file is a chain of blocks that says its lengths twice", arguments: [false, true])
    func pcapng(bigEndian: Bool) {
        var writer = PcapngWriter(bigEndian: bigEndian)
        let frame = Frame(segment(ipv6: false, payload: [1]))
        writer.interface(linkType: .ethernet)
        writer.interface(linkType: .raw, decimalDigits: 9)
        writer.enhanced(frame, interface: 1)
        writer.obsolete(frame)
        writer.simple(frame)
        writer.section(bigEndian: !bigEndian)
        let file = writer.octets
        var types: [UInt32] = []
        var (at, order) = (0, bigEndian)
        while at < file.count {
            let word = { (place: Int) in order ? file.span.big32(place) : file.span.little32(place) }
            if file.span.big32(at) == 0x0a0d_0d0a { order = file.span.big32(at + 8) == 0x1a2b_3c4d }
            let length = Int(word(at + 4))
            #expect(word(at + length - 4) == word(at + 4))
            types.append(word(at))
            at += length
        }
        #expect(types == [0x0a0d_0d0a, 1, 1, 6, 2, 3, 0x0a0d_0d0a])
    }
}
