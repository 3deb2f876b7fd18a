import CaptureModel
import Testing

@testable import WireFormat

/// A frame of one kind that carries one segment.
struct Sample: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var type: LinkType
    var frame: [UInt8]
    /// In a tunnel, so that its realm is not 0.
    var isTunnelled: Bool

    init(_ name: String, _ type: LinkType, _ frame: [UInt8], tunnelled: Bool = false) {
        testDescription = name
        self.type = type
        self.frame = frame
        isTunnelled = tunnelled
    }

    init(_ name: String, _ type: UInt16, _ frame: [UInt8], tunnelled: Bool = false) {
        self.init(name, LinkType(rawValue: type), frame, tunnelled: tunnelled)
    }
}

/// One sample of each kind of frame, all with the segment of `Frames.tcp()` from client to server.
enum Samples {
    static let ip4 = Frames.ipv4(Frames.tcp())
    static let ip6 = Frames.ipv6(Frames.tcp())

    static let all = plain + internet

    static let plain: [Sample] = [
        Sample("Ethernet", .ethernet, Frames.ethernet(ip4)),
        Sample("Ethernet, IPv6", .ethernet, Frames.ethernet(ip6, type: 0x86dd)),
        Sample("Ethernet, padded", .ethernet, Frames.ethernet(Frames.ipv4(Frames.tcp("x")) + [0, 0, 0, 0, 0])),
        Sample("802.1Q", .ethernet, Frames.ethernet([0, 5, 8, 0] + ip4, type: 0x8100)),
        Sample(
            "802.1ad twice and 802.1Q", .ethernet,
            Frames.ethernet([0, 5, 0x88, 0xa8, 0, 6, 0x81, 0, 0, 7, 0x86, 0xdd] + ip6, type: 0x88a8)),
        Sample(
            "802.3 with SNAP", .ethernet,
            Frames.ethernet([0xaa, 0xaa, 3, 0, 0, 0, 8, 0] + ip4, type: ip4.count + 8)),
        Sample(
            "SLL", .linuxSLL, [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0] + ip4),
        Sample(
            "SLL with 802.1Q", .linuxSLL,
            [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0, 0, 5, 0x86, 0xdd] + ip6),
        Sample(
            "SLL2", .linuxSLL2, [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0] + ip4),
        Sample("NULL, little-endian", .null, [2, 0, 0, 0] + ip4),
        Sample("NULL, big-endian", .null, [0, 0, 0, 2] + ip4),
        Sample("NULL, IPv6 of macOS", .null, [30, 0, 0, 0] + ip6),
        Sample("LOOP", .loop, [0, 0, 0, 24] + ip6),
        Sample("RAW", .raw, ip4),
        Sample("RAW, IPv6", .raw, ip6),
        Sample("RAW, number 12", 12, ip4),
        Sample("RAW, number 14", 14, ip6),
        Sample("IPV4", .ipv4, ip4),
        Sample("IPV6", .ipv6, ip6),
    ]

    static let internet: [Sample] = [
        Sample("IPv4 with options", .raw, Frames.ipv4(Frames.tcp(), options: [7, 4, 0, 0])),
        Sample("TCP with options", .raw, Frames.ipv4(Frames.tcp(options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]))),
        Sample("IPv4, offloaded length 0", .raw, Frames.ipv4(Frames.tcp(), length: 0)),
        Sample("IPv6, offloaded length 0", .raw, Frames.ipv6(Frames.tcp(), length: 0)),
        Sample(
            "IPv6 jumbogram", .raw,
            Frames.ipv6([6, 0, 0xc2, 4, 0, 0, 0, 44] + Frames.tcp(), next: 0, length: 0)),
        Sample(
            "IPv6 with hop-by-hop, routing and destination options", .raw,
            Frames.ipv6(
                [43, 0, 1, 4, 0, 0, 0, 0] + [60, 0, 4, 0, 0, 0, 0, 0] + [6, 1, 1, 12] + [UInt8](repeating: 0, count: 12)
                    + Frames.tcp(), next: 0)),
        Sample(
            "IPv6 with an atomic fragment header", .raw,
            Frames.ipv6([6, 0, 0, 0, 1, 2, 3, 4] + Frames.tcp(), next: 44)),
        Sample(
            "AH", .raw,
            Frames.ipv4([6, 4, 0, 0] + [UInt8](repeating: 9, count: 20) + Frames.tcp(), protocol: 51)),
        Sample("IP in IP", .raw, Frames.ipv4(ip4, protocol: 4), tunnelled: true),
        Sample("6in4", .raw, Frames.ipv4(ip6, protocol: 41), tunnelled: true),
        Sample("4in6", .raw, Frames.ipv6(ip4, next: 4), tunnelled: true),
    ]
}
