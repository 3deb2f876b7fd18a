package import CaptureModel

/// A frame of one kind that carries one segment.
package struct Sample: CustomStringConvertible, Sendable {
    package var description: String
    package var type: LinkType
    package var frame: [UInt8]
    /// In a tunnel, so that its realm is not 0.
    package var isTunnelled: Bool

    init(_ name: String, _ type: LinkType, _ frame: [UInt8], tunnelled: Bool = false) {
        description = name
        self.type = type
        self.frame = frame
        isTunnelled = tunnelled
    }

    init(_ name: String, _ type: UInt16, _ frame: [UInt8], tunnelled: Bool = false) {
        self.init(name, LinkType(rawValue: type), frame, tunnelled: tunnelled)
    }
}

/// One sample of each kind of frame, all with the segment of `Frames.tcp()` from client to server.
package enum Samples {
    package static let ip4 = Frames.ipv4(Frames.tcp())
    package static let ip6 = Frames.ipv6(Frames.tcp())

    package static let all = plain + internet + links + wireless + tunnels

    package static let plain: [Sample] = [
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

    package static let internet: [Sample] = [
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

    package static let links: [Sample] = [
        Sample("Token ring", 6, [0x10, 0x40] + addresses + snap + ip4),
        Sample(
            "Token ring with a route", 6,
            [0x10, 0x40] + addresses.prefix(6) + [0x82] + addresses.suffix(5) + [6, 0x30, 0, 1, 0, 2] + snap + ip4),
        Sample("SLIP", 8, zeros(16) + ip4),
        Sample("PPP", 9, [0xff, 3, 0, 0x21] + ip4),
        Sample("PPP, compressed fields", 9, [0x57] + ip6),
        Sample("FDDI", 10, [0x50] + addresses + snap + ip4),
        Sample("PPP in HDLC", 50, [0xff, 3, 0, 0x21] + ip4),
        Sample("Cisco HDLC as PPP in HDLC", 50, [0x0f, 0, 8, 0] + ip4),
        Sample("PPPoE session", 51, pppoe),
        Sample("Symantec firewall", 99, zeros(6) + [8, 0] + zeros(36) + ip4),
        Sample("ATM with LLC", 100, snap + ip4),
        Sample("ATM with an ISO identifier", 100, [0xfe, 0xfe, 3, 0xcc] + ip4),
        Sample("ATM, bridged", 100, [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0] + Frames.ethernet(ip4)),
        Sample("Cisco HDLC", 104, [0x8f, 0, 0x86, 0xdd] + ip6),
        Sample("Frame Relay", 107, [0x18, 0x41, 3, 0xcc] + ip4),
        Sample("Frame Relay with SNAP", 107, [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0] + ip4),
        Sample("Frame Relay, Cisco's way, long address", 107, [0x18, 0x40, 0x40, 0x01, 8, 0] + ip4),
        Sample("ENC", 109, [2, 0, 0, 0] + zeros(8) + ip4),
        Sample("PFLOG", 117, [61, 2] + zeros(62) + ip4),
        Sample("IP over Fibre Channel", 122, zeros(16) + snap + ip4),
        Sample("ATM of Sun, LLC", 123, [2, 0, 0, 32] + snap + ip4),
        Sample("ATM of Sun, LAN emulation", 123, [1, 0, 0, 32, 0, 5] + Frames.ethernet(ip4)),
        Sample("IP over IEEE 1394", 138, zeros(16) + [8, 0] + ip4),
        Sample("PPP with direction", 166, [1, 3, 0, 0x21] + ip4),
        Sample("Juniper Ethernet", 178, [0x4d, 0x47, 0x43, 0x80, 0, 3, 1, 1, 0] + Frames.ethernet(ip4)),
        Sample("Juniper without link layer", 178, [0x4d, 0x47, 0x43, 0x82, 0, 0, 2, 0, 0, 0] + ip4),
        Sample("Juniper PPP", 179, [0x4d, 0x47, 0x43, 0, 0xff, 3, 0, 0x21] + ip4),
        Sample("Juniper Frame Relay", 180, [0x4d, 0x47, 0x43, 0, 0x18, 0x41, 3, 0xcc] + ip4),
        Sample("Juniper Cisco HDLC", 181, [0x4d, 0x47, 0x43, 0, 0x0f, 0, 8, 0] + ip4),
        Sample("Multilink Frame Relay", 182, [0xc0, 0, 0x18, 0x41, 3, 0xcc] + ip4),
        Sample("ERF with Ethernet", 197, erf(2, [0, 0] + Frames.ethernet(ip4))),
        Sample("ERF with extensions and IP", 197, erf(0x96, zeros(8) + ip4)),
        Sample("ERF with Cisco HDLC", 197, erf(1, [0x0f, 0, 8, 0] + ip4)),
        Sample("PPP after a direction", 204, [0, 0xff, 3, 0, 0x21] + ip4),
        Sample("Cisco HDLC after a direction", 205, [0, 0x0f, 0, 8, 0] + ip4),
        Sample("Frame Relay after a direction", 206, [0, 0x18, 0x41, 3, 0xcc] + ip4),
        Sample("MPLS", 219, [0, 1, 0, 64, 0, 1, 1, 64] + ip6),
        Sample("IPNET", 226, [1, 26] + zeros(22) + ip6),
        Sample(
            "NFLOG", 239,
            [2, 0, 0, 0, 8, 0, 1, 0, 8, 0, 3, 0, 5, 0, 10, 0, 0, 0, 0, 0]
                + Frames.little16(ip4.count + 4) + [9, 0] + ip4),
        Sample(
            "NFLOG, big-endian", 239,
            [10, 0, 0, 0, 0, 8, 0, 1, 8, 0, 3, 0] + Frames.big16(ip6.count + 4) + [0, 9] + ip6),
        Sample("netANALYZER", 240, zeros(4) + Frames.ethernet(ip4)),
        Sample("netANALYZER, transparent", 241, zeros(12) + Frames.ethernet(ip4)),
        Sample("IP over InfiniBand", 242, zeros(40) + [8, 0, 0, 0] + ip4),
        Sample(
            "PKTAP", 258, Frames.little32(108) + [1, 0, 0, 0] + Frames.little32(1) + zeros(96) + Frames.ethernet(ip4)),
        Sample("mPacket", 274, [UInt8](repeating: 0x55, count: 7) + [0xd5] + Frames.ethernet(ip4)),
        Sample("Broadcom tag", 281, addresses + zeros(4) + [8, 0] + ip4),
        Sample("Broadcom tag before", 282, zeros(4) + Frames.ethernet(ip4)),
        Sample("DSA tag", 284, addresses + [0xc0, 0, 0, 1] + [8, 0] + ip4),
        Sample("EtherType DSA tag", 285, addresses + [0xda, 0xda, 0, 0, 0xc0, 0, 0, 1] + [0x86, 0xdd] + ip6),
        Sample("802.1ah", .ethernet, Frames.ethernet([0, 0, 0, 9] + Frames.ethernet(ip4), type: 0x88e7)),
        Sample("802.1BR", .ethernet, Frames.ethernet(zeros(6) + [8, 0] + ip4, type: 0x893f)),
        Sample("VN-Tag", .ethernet, Frames.ethernet([0, 1, 0, 2, 8, 0] + ip4, type: 0x8926)),
        Sample("TrustSec", .ethernet, Frames.ethernet([1, 1, 0, 1, 0, 5, 8, 0] + ip4, type: 0x8909)),
        Sample("MACsec in the clear", .ethernet, Frames.ethernet([0x20, 0] + zeros(12) + [8, 0] + ip4, type: 0x88e5)),
        Sample("PPPoE", .ethernet, Frames.ethernet(pppoe + zeros(3), type: 0x8864)),
        Sample("MPLS on Ethernet", .ethernet, Frames.ethernet([0, 1, 0, 64, 0, 1, 1, 64] + ip4, type: 0x8847)),
        Sample(
            "MPLS pseudowire with a control word", .ethernet,
            Frames.ethernet([0, 1, 1, 64] + zeros(4) + Frames.ethernet(ip4), type: 0x8847)),
        Sample(
            "MPLS pseudowire without", .ethernet,
            Frames.ethernet([0, 1, 1, 64] + Frames.ethernet([0, 5, 0x86, 0xdd] + ip6, type: 0x8100), type: 0x8847)),
        Sample("SLL with 802.2", .linuxSLL, [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0, 4] + snap + ip4),
    ]

    package static let wireless: [Sample] = [
        Sample(
            "SLL2 of a monitor", .linuxSLL2,
            [0, 4, 0, 0, 0, 0, 0, 2, 3, 0x23, 4, 0] + zeros(8) + [0, 0, 8, 0, 0, 0, 0, 0] + data + snap + ip4),
        Sample("802.11", 105, data + snap + ip4),
        Sample("802.11, four addresses", 105, [8, 3] + zeros(22) + zeros(6) + snap + ip4),
        Sample("802.11 with quality of service", 105, [0x88, 1] + zeros(22) + [0, 0] + snap + ip4),
        Sample("802.11 with HT control", 105, [0x88, 0x81] + zeros(22) + [0, 0] + zeros(4) + snap + ip4),
        Sample("Radiotap", 127, [0, 0, 8, 0, 0, 0, 0, 0] + data + snap + ip4),
        Sample(
            "Radiotap with flags that say padding", 127,
            [0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0] + zeros(4) + zeros(8) + [0x20] + [0x88, 1] + zeros(22) + [
                0, 0, 0, 0,
            ]
                + snap + ip4),
        Sample("Prism", 119, Frames.little32(0x44) + Frames.little32(144) + zeros(136) + data + snap + ip4),
        Sample("AVS", 163, Frames.big32(0x8021_1001) + Frames.big32(64) + zeros(56) + data + snap + ip4),
        Sample("PPI", 192, [0, 0, 8, 0] + Frames.little32(105) + data + snap + ip4),
        Sample("PPI with Ethernet", 192, [0, 0, 8, 0] + Frames.little32(1) + Frames.ethernet(ip4)),
        Sample(
            "A-MSDU of one", 105,
            [0x88, 1] + zeros(22) + [0x80, 0] + addresses + Frames.big16(8 + ip4.count) + snap + ip4),
    ]

    package static let tunnels: [Sample] = [
        Sample("GRE", .raw, Frames.ipv4([0, 0, 8, 0] + ip4, protocol: 47), tunnelled: true),
        Sample(
            "GRE with checksum, key and sequence", .raw,
            Frames.ipv4([0xb0, 0, 0x86, 0xdd, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1] + ip6, protocol: 47), tunnelled: true),
        Sample(
            "GRE with a source route", .raw,
            Frames.ipv4([0x40, 0, 8, 0, 0, 0, 0, 0] + [0, 2, 0, 4, 1, 2, 3, 4] + zeros(4) + ip4, protocol: 47),
            tunnelled: true),
        Sample(
            "PPTP", .raw,
            Frames.ipv4(
                [0x30, 0x81, 0x88, 0x0b, 0, 9, 0, 5, 0, 0, 0, 1, 0, 0, 0, 1, 0xff, 3, 0, 0x21] + ip4, protocol: 47),
            tunnelled: true),
        Sample(
            "NVGRE", .raw,
            Frames.ipv4([0x20, 0, 0x65, 0x58, 0, 1, 2, 0] + Frames.ethernet(ip4), protocol: 47), tunnelled: true),
        Sample("WCCP", .raw, Frames.ipv4([0, 0, 0x88, 0x3e, 0, 0, 0, 0] + ip4, protocol: 47), tunnelled: true),
        Sample(
            "ERSPAN I", .raw, Frames.ipv4([0, 0, 0x88, 0xbe] + Frames.ethernet(ip4), protocol: 47), tunnelled: true),
        Sample(
            "ERSPAN II", .raw,
            Frames.ipv4(
                [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 5, 0, 7, 0, 0, 0, 0] + Frames.ethernet(ip4), protocol: 47),
            tunnelled: true),
        Sample(
            "ERSPAN III with a platform header", .raw,
            Frames.ipv4(
                [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 5, 0, 7] + zeros(6) + [0, 1] + zeros(8) + Frames.ethernet(ip4),
                protocol: 47),
            tunnelled: true),
        Sample("EtherIP", .raw, Frames.ipv4([0x30, 0] + Frames.ethernet(ip4), protocol: 97), tunnelled: true),
        Sample("MPLS in IP", .raw, Frames.ipv4([0, 1, 1, 64] + ip4, protocol: 137), tunnelled: true),
        Sample(
            "L2TPv3 over IP", .raw,
            Frames.ipv4([0, 0, 0, 7] + [9, 9, 9, 9] + zeros(4) + Frames.ethernet(ip4), protocol: 115), tunnelled: true),
        Sample(
            "AH in tunnel mode", .raw,
            Frames.ipv4([4, 4, 0, 0] + zeros(20) + ip4, protocol: 51), tunnelled: true),
        udp("VXLAN", 4789, [8, 0, 0, 0, 0, 1, 2, 0] + Frames.ethernet(ip4)),
        udp(
            "VXLAN on Linux's port, VLAN inside", 8472,
            [8, 0, 0, 0, 0, 1, 2, 0] + Frames.ethernet([0, 5, 8, 0] + ip4, type: 0x8100)),
        udp("VXLAN-GPE", 4790, [0x0c, 0, 0, 2, 0, 1, 2, 0] + ip6),
        udp("VXLAN-GPE with NSH", 4790, [0x0c, 0, 0, 4, 0, 1, 2, 0] + [0x0f, 0xc2, 2, 1, 0, 0, 1, 0xff] + ip4),
        udp("GENEVE with options", 6081, [1, 0, 0x65, 0x58, 0, 1, 2, 0, 1, 2, 3, 0] + Frames.ethernet(ip4)),
        udp("GENEVE with IP", 6081, [0, 0, 8, 0, 0, 1, 2, 0] + ip4),
        udp("GTP-U", 2152, [0x30, 255] + Frames.big16(ip4.count) + [0, 0, 0, 1] + ip4),
        udp(
            "GTP-U with extensions", 2152,
            [0x34, 255] + Frames.big16(ip6.count + 8) + [0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 9, 0] + ip6),
        udp("L2TPv2", 1701, [0x40, 2] + Frames.big16(12 + ip4.count) + [0, 1, 0, 2, 0xff, 3, 0, 0x21] + ip4),
        udp("L2TPv2 with sequence and offset", 1701, [0x0a, 2, 0, 1, 0, 2, 0, 1, 0, 2, 0, 2, 9, 9, 0x21] + ip4),
        udp("L2TPv3 over UDP", 1701, [0, 3, 0, 0, 0, 0, 0, 7] + zeros(8) + Frames.ethernet(ip4)),
        udp("Teredo", 3544, ip6),
        udp("Teredo with indications", 3544, [0, 1, 0, 0] + zeros(9) + [0, 0, 1, 2, 3, 4, 5, 6] + ip6),
        udp("LISP", 4341, zeros(8) + ip4),
        udp("MPLS over UDP", 6635, [0, 1, 1, 64] + ip4),
        udp("GRE over UDP", 4754, [0, 0, 8, 0] + ip4),
        udp("TZSP", 37008, [1, 0, 0, 1, 10, 1, 5, 0, 1] + Frames.ethernet(ip4)),
        udp("TZSP with 802.11", 37008, [1, 0, 0, 18, 1] + data + snap + ip4),
        Sample(
            "VXLAN over IPv6", .raw,
            Frames.ipv6(Frames.udp([8, 0, 0, 0, 0, 1, 2, 0] + Frames.ethernet(ip4), to: 4789), next: 17),
            tunnelled: true),
    ]

    private static let addresses: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
    private static let snap: [UInt8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0]
    /// The header of a data frame from an access point.
    private static let data: [UInt8] = [8, 2] + zeros(22)
    private static let pppoe = [0x11, 0, 0, 5] + Frames.big16(ip4.count + 2) + [0, 0x21] + ip4

    private static func erf(_ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
        zeros(8) + [type, 4] + Frames.big16(16 + payload.count) + [0, 0] + Frames.big16(payload.count) + payload
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    private static func udp(_ name: String, _ port: Int, _ payload: [UInt8]) -> Sample {
        Sample(name, .raw, Frames.ipv4(Frames.udp(payload, to: port), protocol: 17), tunnelled: true)
    }
}
