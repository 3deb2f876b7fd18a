import CaptureModel

/// What may come on a connection before HTTP's first octet, is no HTTP, and is passed over.
@usableFromInline
enum Preamble: Hashable, Sendable {
    /// A header of the PROXY protocol, version 2; one of version 1 is a line (`ProxyHeader.lineEnd`).
    case proxy(ProxyHeader)
    case socks(SOCKSHandshake)

    /// What one step met.
    enum Step {
        case needMore
        /// It ends before this index.
        case end(Int)
        /// It is something else.
        case invalid
    }

    /// Goes on at `start`.
    mutating func advance(_ octets: Span<UInt8>, from start: Int) -> Step {
        switch self {
        case .proxy(var header):
            let step = header.advance(octets, from: start)
            self = .proxy(header)
            return step
        case .socks(var handshake):
            let step = handshake.advance(octets, from: start)
            self = .socks(handshake)
            return step
        }
    }
}
