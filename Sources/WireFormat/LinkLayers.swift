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
        LinkLayer(12, "RAW", .internet),
        LinkLayer(14, "RAW", .internet),
        LinkLayer(101, "RAW", .internet),
        LinkLayer(108, "LOOP", .loopback),
        LinkLayer(113, "LINUX_SLL", .cooked),
        LinkLayer(228, "IPV4", .ipv4),
        LinkLayer(229, "IPV6", .ipv6),
        LinkLayer(276, "LINUX_SLL2", .cooked2),
    ]

    /// The table by number, with a gap where there is none.
    static let byNumber: [LinkLayer?] = {
        var table = [LinkLayer?](repeating: nil, count: Int(all.map(\.number).max() ?? 0) + 1)
        for layer in all { table[Int(layer.number)] = layer }
        return table
    }()

    /// The name of a link type, `EN10MB` say, or `LINKTYPE_4711` for a number that the table does not know.
    package static func name(of type: LinkType) -> String {
        layer(type)?.name ?? "LINKTYPE_\(type.rawValue)"
    }

    /// True when frames of this type can be dissected.
    package static func canRead(_ type: LinkType) -> Bool { layer(type)?.first != nil }

    /// What the table says of a link type.
    static func layer(_ type: LinkType) -> LinkLayer? {
        Int(type.rawValue) < byNumber.count ? byNumber[Int(type.rawValue)] : nil
    }
}

extension Cursor {
    /// Passes what stands before the first header of a frame of this type.
    mutating func link(_ type: LinkType) -> Layer {
        guard let link = LinkLayers.layer(type), let first = link.first else { return .skip(.unknownLinkType) }
        return has(link.skipped) ? skip(link.skipped, then: first) : shortLink(link.skipped)
    }
}
