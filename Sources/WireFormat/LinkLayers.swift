package import CaptureModel

/// A link type of the registry at tcpdump.org, and what its frames begin with.
struct LinkLayer {
    /// The LINKTYPE_ number.
    var number: UInt16
    /// The name that libpcap's tools know it by.
    var name: String
    /// Octets before the first header that matters.
    var skipped = 0
    /// The first header; nil for a link type that is known by name only.
    var first: Layer?

    init(_ number: UInt16, _ name: String, skipping skipped: Int = 0, _ first: Layer?) {
        self.number = number
        self.name = name
        self.skipped = skipped
        self.first = first
    }
}

/// The link types that can be read: the one place to add another.
package enum LinkLayers {
    static let all: [LinkLayer] = [
        LinkLayer(0, "NULL", .loopback),
        LinkLayer(1, "EN10MB", .ethernet),
        LinkLayer(6, "IEEE802", .tokenRing),
        LinkLayer(8, "SLIP", skipping: 16, .internet),
        LinkLayer(9, "PPP", .ppp),
        LinkLayer(10, "FDDI", .fddi),
        LinkLayer(12, "RAW", .internet),
        LinkLayer(14, "RAW", .internet),
        LinkLayer(50, "PPP_SERIAL", .serial),
        LinkLayer(51, "PPP_ETHER", .pppoe),
        LinkLayer(99, "SYMANTEC_FIREWALL", .typed(at: 6, size: 44)),
        LinkLayer(100, "ATM_RFC1483", .llc),
        LinkLayer(101, "RAW", .internet),
        LinkLayer(104, "C_HDLC", .ciscoHDLC),
        LinkLayer(105, "IEEE802_11", .ieee80211(isPadded: false)),
        LinkLayer(107, "FRELAY", .frameRelay),
        LinkLayer(108, "LOOP", .loopback),
        LinkLayer(109, "ENC", skipping: 12, .internet),
        LinkLayer(113, "LINUX_SLL", .cooked),
        LinkLayer(117, "PFLOG", .packetFilterLog),
        LinkLayer(119, "PRISM_HEADER", .wirelessMonitor),
        LinkLayer(122, "IP_OVER_FC", skipping: 16, .llc),
        LinkLayer(123, "SUNATM", .sunATM),
        LinkLayer(127, "IEEE802_11_RADIO", .radiotap),
        LinkLayer(138, "APPLE_IP_OVER_IEEE1394", .typed(at: 16, size: 18)),
        LinkLayer(163, "IEEE802_11_RADIO_AVS", .wirelessMonitor),
        LinkLayer(166, "PPP_PPPD", skipping: 2, .ppp),
        LinkLayer(178, "JUNIPER_ETHER", .juniperEthernet),
        LinkLayer(179, "JUNIPER_PPP", .juniperPPP),
        LinkLayer(180, "JUNIPER_FRELAY", .juniperFrameRelay),
        LinkLayer(181, "JUNIPER_CHDLC", .juniperCiscoHDLC),
        LinkLayer(182, "MFR", .multilinkFrameRelay),
        LinkLayer(192, "PPI", .perPacketInformation),
        LinkLayer(197, "ERF", .endace),
        LinkLayer(204, "PPP_WITH_DIR", skipping: 1, .ppp),
        LinkLayer(205, "C_HDLC_WITH_DIR", skipping: 1, .ciscoHDLC),
        LinkLayer(206, "FRELAY_WITH_DIR", skipping: 1, .frameRelay),
        LinkLayer(219, "MPLS", .mpls),
        LinkLayer(226, "IPNET", .ipnet),
        LinkLayer(228, "IPV4", .ipv4),
        LinkLayer(229, "IPV6", .ipv6),
        LinkLayer(239, "NFLOG", .nflog),
        LinkLayer(240, "NETANALYZER", skipping: 4, .ethernet),
        LinkLayer(241, "NETANALYZER_TRANSPARENT", skipping: 12, .ethernet),
        LinkLayer(242, "IPOIB", .typed(at: 40, size: 44)),
        LinkLayer(258, "PKTAP", .pktap),
        LinkLayer(274, "ETHERNET_MPACKET", skipping: 8, .ethernet),
        LinkLayer(276, "LINUX_SLL2", .cooked2),
        LinkLayer(281, "DSA_TAG_BRCM", .typed(at: 16, size: 18)),
        LinkLayer(282, "DSA_TAG_BRCM_PREPEND", skipping: 4, .ethernet),
        LinkLayer(284, "DSA_TAG_DSA", .typed(at: 16, size: 18)),
        LinkLayer(285, "DSA_TAG_EDSA", .typed(at: 20, size: 22)),

        // Without IP in them, or not worth reading: known by name, so that a report can say what it was.
        LinkLayer(7, "ARCNET", nil),
        LinkLayer(114, "LTALK", nil),
        LinkLayer(129, "ARCNET_LINUX", nil),
        LinkLayer(140, "MTP2", nil),
        LinkLayer(141, "MTP3", nil),
        LinkLayer(143, "DOCSIS", nil),
        LinkLayer(144, "LINUX_IRDA", nil),
        LinkLayer(147, "USER0", nil),
        LinkLayer(187, "BLUETOOTH_HCI_H4", nil),
        LinkLayer(189, "USB_LINUX", nil),
        LinkLayer(195, "IEEE802_15_4", nil),
        LinkLayer(201, "BLUETOOTH_HCI_H4_WITH_PHDR", nil),
        LinkLayer(220, "USB_LINUX_MMAPPED", nil),
        LinkLayer(227, "CAN_SOCKETCAN", nil),
        LinkLayer(231, "DBUS", nil),
        LinkLayer(247, "INFINIBAND", nil),
        LinkLayer(249, "USBPCAP", nil),
        LinkLayer(251, "BLUETOOTH_LE_LL", nil),
        LinkLayer(252, "WIRESHARK_UPPER_PDU", nil),
        LinkLayer(253, "NETLINK", nil),
        LinkLayer(256, "BLUETOOTH_LE_LL_WITH_PHDR", nil),
        LinkLayer(271, "VSOCK", nil),
    ]

    /// Where frames begin, by link type: the table without names, since those cost a walk their reference counts.
    static let beginnings: [(skipped: Int, first: Layer)] = {
        let unknown = (skipped: 0, first: Layer.skip(.unknownLinkType))
        var table = [(skipped: Int, first: Layer)](repeating: unknown, count: Int(all.map(\.number).max() ?? 0) + 1)
        for layer in all { table[Int(layer.number)] = (layer.skipped, layer.first ?? .skip(.unknownLinkType)) }
        return table
    }()

    /// The name of a link type, `EN10MB` say, or `LINKTYPE_4711` for a number that the table does not know.
    package static func name(of type: LinkType) -> String {
        all.first { $0.number == type.rawValue }?.name ?? "LINKTYPE_\(type.rawValue)"
    }

    /// True when frames of this type can be dissected.
    package static func canRead(_ type: LinkType) -> Bool {
        all.contains { $0.number == type.rawValue && $0.first != nil }
    }
}

extension Cursor {
    /// Passes what stands before the first header of a frame of this type.
    mutating func link(_ type: LinkType) -> Layer {
        guard Int(type.rawValue) < LinkLayers.beginnings.count else { return .skip(.unknownLinkType) }
        let (skipped, first) = LinkLayers.beginnings[Int(type.rawValue)]
        return has(skipped) ? skip(skipped, then: first) : shortLink(skipped)
    }
}
