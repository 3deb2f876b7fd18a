import CaptureModel

/// Where the dissection of one packet stands: the next header, the ends of the innermost packet, and what the headers
/// so far have said.
///
/// Two ends, since a capture may hold less than the wire did: `end <= octets.count` and `end <= wireEnd`, always. A
/// length that lied may lead the cursor beyond the end, where nothing is there to be read.
/// Each layer's file extends the cursor with a function that reads one header and returns what follows it.
@usableFromInline
struct Cursor {
    /// Where the next header begins.
    var at = 0
    /// Where the captured octets of the innermost packet end.
    var end: Int
    /// Where the innermost packet ended on the wire.
    var wireEnd: Int
    var source = IPAddress(ipv4: 0)
    var destination = IPAddress(ipv4: 0)
    /// See `TCPSegment.realm`.
    var realm: UInt32 = 0
    /// Tunnels that may still be entered.
    var tunnelsLeft: Int
    /// Headers that may still be read; bounds the work on one frame.
    var headersLeft = 64
    /// Within something recognised by a UDP port, which may have been chance.
    var isGuess = false
    /// The fragment found last.
    var fragment = Fragment()

    @usableFromInline
    init(captured: Int, onWire: Int, tunnelDepth: Int) {
        end = captured
        wireEnd = max(captured, min(onWire, 1 << 32))  // files have 32 bits for it; sums stay far from overflow
        tunnelsLeft = tunnelDepth
    }

    /// True when at least `count` octets were captured from the cursor on.
    @inline(__always)
    func has(_ count: Int) -> Bool { end - at >= count }

    /// True when at least `count` octets were on the wire from the cursor on; what was not captured of them was cut.
    @usableFromInline
    func wireHas(_ count: Int) -> Bool { wireEnd - at >= count }

    /// Why a link or tunnel header of `count` octets is not there.
    func shortLink(_ count: Int) -> Layer { .skip(wireHas(count) ? .truncatedLink : .malformedLink) }

    /// Why an IP header of `count` octets is not there.
    func shortIP(_ count: Int) -> Layer { .skip(wireHas(count) ? .truncatedIP : .malformedIP) }

    /// Passes a header of `count` octets, which the caller has found to be there.
    @inline(__always)
    mutating func skip(_ count: Int, then next: Layer) -> Layer {
        at += count
        return next
    }

    /// Takes `count` octets from the cursor on as the innermost packet; more than there are changes nothing.
    @inline(__always)
    mutating func limit(to count: Int) {
        wireEnd = min(wireEnd, at + count)
        end = min(end, wireEnd)
    }

    /// Says that the innermost packet was cut before it came here, so that only its own headers tell its length.
    mutating func forgetWireEnd() { wireEnd = max(wireEnd, end + 0xffff) }

    /// Moves into a tunnel of some kind, with an identifier that is equal in both directions or 0.
    mutating func enter(_ kind: TunnelKind, _ identifier: UInt32 = 0, then next: Layer) -> Layer {
        guard tunnelsLeft > 0 else { return .skip(.tunnelDepth) }
        tunnelsLeft -= 1
        let word = UInt64(realm) << 32 ^ UInt64(kind.rawValue) << 56 ^ UInt64(identifier)
        let product = word.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        realm = max(UInt32(truncatingIfNeeded: product.high ^ product.low ^ product.low >> 32), 1)
        return next
    }
}

/// The kinds of tunnels that set the packets in them apart from those outside.
enum TunnelKind: UInt8 {
    case ipInIP = 1
    case gre, greEthernet, pptp, erspan, etherIP, l2tp, mplsInIP
    case vxlan, geneve, gtp, teredo, lisp, mplsInUDP, tzsp
}
