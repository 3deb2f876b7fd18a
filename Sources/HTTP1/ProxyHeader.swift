import CaptureModel

/// What a load balancer may send before the first request, to tell whose connection it passes on: HAProxy's PROXY
/// protocol (proxy-protocol.txt sections 2.1 and 2.2). It is no HTTP, and passed over.
@usableFromInline
struct ProxyHeader: Hashable, Sendable {
    /// Octets of the fixed part seen so far: the signature from its fifth octet on, and four more.
    private var seen = 0
    /// Octets of addresses still due.
    private var due = 0

    /// The signature of version 2 is `CR LF CR LF` and these.
    private static let signature: [UInt8] = [0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]

    /// Where a line of version 1 ends that begins at `start`; `nil` where none does. It has 107 octets at most.
    static func lineEnd(_ octets: Span<UInt8>, from start: Int) -> Int? {
        guard octets.hasPrefix("PROXY ", at: start), let lineFeed = octets.firstIndex(of: 0x0a, from: start),
            lineFeed - start < 107
        else { return nil }
        return lineFeed + 1
    }

    /// Goes on in a header of version 2 behind the empty lines that it begins with.
    mutating func advance(_ octets: Span<UInt8>, from start: Int) -> Preamble.Step {
        var at = start
        while at < octets.count, seen < 12 {
            let octet = octets[at]
            switch seen {
            case ..<8: if octet != Self.signature[seen] { return .invalid }
            case 8: if octet >> 4 != 2 { return .invalid }
            case 9: break
            default: due = due << 8 | Int(octet)
            }
            at += 1
            seen += 1
        }
        let passed = min(due, octets.count - at)
        guard seen == 12 else { return .needMore }
        due -= passed
        return due == 0 ? .end(at + passed) : .needMore
    }
}
