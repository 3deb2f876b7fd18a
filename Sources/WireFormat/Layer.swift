public import CaptureModel

/// What comes next in a packet: the header at the cursor, or how the walk ends.
@usableFromInline
enum Layer: Equatable, Sendable {
    // Link layers
    case link(LinkType)
    case ethernet
    case etherType(UInt16)
    /// An EtherType at `at` of a header of `size` octets.
    case typed(at: UInt8, size: UInt8)
    case llc
    case snap
    case cooked
    case cooked2
    case loopback
    case ppp
    /// PPP or Cisco HDLC.
    case serial
    case ciscoHDLC
    case pppoe
    case frameRelay
    case multilinkFrameRelay
    /// A network layer protocol identifier.
    case networkProtocol
    case radiotap
    /// AVS or Prism.
    case wirelessMonitor
    case perPacketInformation
    case ieee80211(isPadded: Bool)
    case nflog
    case pktap
    case endace
    case juniperEthernet
    case juniperPPP
    case juniperFrameRelay
    case juniperCiscoHDLC
    case packetFilterLog
    case ipnet
    case sunATM
    case fddi
    case tokenRing
    case mpls
    case gre
    case pseudowire
    case serviceHeader
    /// IP, its version in the first nibble.
    case internet

    // Network and transport
    case ipv4
    case ipv6
    case ipProtocol(UInt8)
    case tcp

    // Ends
    /// A TCP header at the cursor, checked.
    case segment
    /// A fragment at the cursor, described by `Cursor.fragment`.
    case fragment
    /// The fragment completed a datagram; the walk goes on in the table's buffer, with this protocol.
    case datagram(UInt8)
    /// Several frames in one, of which `Cursor.nextSubframe` takes one at a time.
    case aggregate
    case skip(SkipReason)
}

extension Cursor {
    /// Reads the header at the cursor and says what follows; an end stays what it is.
    mutating func read(_ layer: Layer, _ octets: Span<UInt8>) -> Layer {
        switch layer {
        case .link(let type): link(type)
        case .etherType(let type): etherType(type, octets)
        case .ethernet: ethernet(octets)
        case .typed(let place, let size): typed(octets, at: Int(place), size: Int(size))
        case .llc: llc(octets)
        case .snap: snap(octets)
        case .cooked: cooked(octets)
        case .cooked2: cooked2(octets)
        case .loopback: loopback(octets)
        case .ppp: ppp(octets)
        case .serial: serial(octets)
        case .ciscoHDLC: ciscoHDLC(octets)
        case .pppoe: pppoe(octets)
        case .frameRelay: frameRelay(octets)
        case .multilinkFrameRelay: multilinkFrameRelay(octets)
        case .networkProtocol: networkProtocol(octets)
        case .radiotap: radiotap(octets)
        case .wirelessMonitor: wirelessMonitor(octets)
        case .perPacketInformation: perPacketInformation(octets)
        case .ieee80211(let isPadded): ieee80211(octets, isPadded: isPadded)
        case .nflog: nflog(octets)
        case .pktap: pktap(octets)
        case .endace: endace(octets)
        case .juniperEthernet: juniper(octets, then: .ethernet)
        case .juniperPPP: juniper(octets, then: .ppp)
        case .juniperFrameRelay: juniper(octets, then: .frameRelay)
        case .juniperCiscoHDLC: juniper(octets, then: .ciscoHDLC)
        case .packetFilterLog: packetFilterLog(octets)
        case .ipnet: ipnet(octets)
        case .sunATM: sunATM(octets)
        case .fddi: fddi(octets)
        case .tokenRing: tokenRing(octets)
        case .mpls: mpls(octets)
        case .gre: gre(octets)
        case .pseudowire: pseudowire(octets)
        case .serviceHeader: serviceHeader(octets)
        case .internet: internet(octets)
        case .ipv4: ipv4(octets)
        case .ipv6: ipv6(octets)
        case .ipProtocol(let number): ipProtocol(number, octets)
        case .tcp: tcp(octets)
        case .segment, .fragment, .datagram, .aggregate, .skip: layer
        }
    }
}
