public import CaptureModel

/// What comes next in a packet: the header at the cursor, or how the walk ends.
@usableFromInline
enum Layer: Equatable, Sendable {
    // Link layers
    case link(LinkType)
    case ethernet
    case etherType(UInt16)
    case llc
    case cooked
    case cooked2
    case loopback
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
    case skip(SkipReason)
}

extension Cursor {
    /// Reads the header at the cursor, other than those that `Dissector.walk` reads itself, and says what follows.
    mutating func read(_ layer: Layer, _ octets: Span<UInt8>) -> Layer {
        switch layer {
        case .link(let type): link(type)
        case .etherType(let type): etherType(type, octets)
        case .llc: llc(octets)
        case .cooked: cooked(octets)
        case .cooked2: cooked2(octets)
        case .loopback: loopback(octets)
        case .internet: internet(octets)
        case .ipv6: ipv6(octets)
        case .ipProtocol(let number): ipProtocol(number, octets)
        case .ethernet, .ipv4, .tcp, .segment, .fragment, .datagram, .skip: layer
        }
    }
}
