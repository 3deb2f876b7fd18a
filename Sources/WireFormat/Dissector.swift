public import CaptureModel

/// Takes frames apart, layer by layer, down to the TCP segment that each carries.
///
/// Every layer reads one header and says what follows (`Layer`); a loop goes from one to the next until a TCP header or
/// a reason to stop. Any octets are fine: nothing traps, and the headers of one frame are counted. Lengths come from the
/// IP headers, so padding is no payload. Fragments of IP are put together, see `FragmentTable`.
@usableFromInline
package struct Dissector: ~Copyable {
    private let limits: DissectionLimits
    private let verifiesChecksums: Bool
    private var fragments: FragmentTable
    /// Frames that nested more tunnels or tags than the limits allow.
    package private(set) var tunnelDepthHits = 0

    /// A dissector without fragments in wait. With `verifyChecksums`, segments whose TCP checksum is wrong are skipped
    /// where the whole segment was captured; without, checksums are not looked at, for a capture on the sending host
    /// holds them unfinished.
    @usableFromInline
    package init(limits: DissectionLimits = .init(), verifyChecksums: Bool = false) {
        self.limits = limits
        verifiesChecksums = verifyChecksums
        fragments = FragmentTable(limits: limits)
    }

    /// Incomplete datagrams that had to make room for others.
    package var fragmentEvictions: Int { fragments.evictions }
    /// Incomplete datagrams that waited too long for the rest.
    package var fragmentExpiries: Int { fragments.expiries }

    /// Dissects one frame and hands its segment to `consumer`; returns nil when it did, else the reason why not. A frame
    /// has one segment, but for an IEEE 802.11 aggregate, which may have several.
    ///
    /// A segment out of fragments has the place of the frame that completed it, and its octets are the reassembled
    /// datagram's.
    @inlinable
    package mutating func dissect<Consumer: SegmentConsumer & ~Copyable>(
        _ record: PacketRecord, _ frame: Span<UInt8>, into consumer: inout Consumer
    ) -> SkipReason? {
        if deliverPlain(record, frame, to: &consumer) { return nil }
        var cursor = cursor(record, frame.count)
        let end = walk(frame, from: .link(record.linkType), record.time, &cursor)
        return finish(end, frame, record, &cursor, into: &consumer)
    }

    /// Delivers the segment that a walk ended at, or goes on in the datagram that it completed.
    @inlinable
    mutating func finish<Consumer: SegmentConsumer & ~Copyable>(
        _ end: Layer, _ octets: Span<UInt8>, _ record: PacketRecord, _ cursor: inout Cursor,
        into consumer: inout Consumer
    ) -> SkipReason? {
        switch end {
        case .segment:
            consumer.consume(segment(cursor, octets), in: octets, at: record.place)
            return nil
        case .datagram(let next):  // recursion ends, since the cursor counts the headers of a frame
            let datagram = takeDatagram()
            let end = walk(datagram.span, from: .ipProtocol(next), record.time, &cursor)
            return finish(end, datagram.span, record, &cursor, into: &consumer)
        case .aggregate:  // the reason of the last one, unless any delivers
            var reason: SkipReason? = cursor.wireHas(14) ? .truncatedLink : .malformedLink
            while var subframe = cursor.nextSubframe(octets) {
                let end = walk(octets, from: .llc, record.time, &subframe)
                let result = finish(end, octets, record, &subframe, into: &consumer)
                if reason != nil { reason = result }
            }
            return reason
        case .skip(let reason): return reason
        default: return .malformedLink
        }
    }

    /// Delivers the segment of a frame of the usual kinds: IPv4 or IPv6 and TCP on Ethernet, with a VLAN or without, or on
    /// a "cooked" link. The same functions as in a walk, but in a row, so that the cursor lives in registers. Returns
    /// whether it did; any other frame takes the walk. (It changes nothing, and is mutating only since a dissector that is
    /// borrowed would be copied.)
    @usableFromInline
    mutating func deliverPlain(
        _ record: borrowing PacketRecord, _ frame: Span<UInt8>, to consumer: inout some SegmentConsumer & ~Copyable
    ) -> Bool {
        guard !verifiesChecksums else { return false }
        var cursor = cursor(record, frame.count)
        var layer: Layer
        switch record.linkType.rawValue {
        case 1: layer = cursor.ethernet(frame)
        case 113: layer = cursor.cooked(frame)
        case 276: layer = cursor.cooked2(frame)
        default: return false
        }
        if case .etherType(0x8100) = layer { layer = cursor.tag(4, frame) }
        switch layer {
        case .etherType(0x0800): layer = cursor.ipv4(frame)
        case .etherType(0x86dd): layer = cursor.ipv6(frame)
        default: return false
        }
        guard case .ipProtocol(6) = layer, case .segment = cursor.tcp(frame) else { return false }
        consumer.consume(cursor.segment(frame), in: frame, at: record.place)
        return true
    }

    /// A cursor at the beginning of a frame.
    @usableFromInline
    func cursor(_ record: PacketRecord, _ captured: Int) -> Cursor {
        Cursor(captured: captured, onWire: record.originalLength, tunnelDepth: limits.tunnelDepth)
    }

    /// The segment at the cursor, of whose header a walk has found that it is one.
    @usableFromInline
    func segment(_ cursor: borrowing Cursor, _ octets: Span<UInt8>) -> TCPSegment { cursor.segment(octets) }

    /// The datagram that the last walk completed.
    @usableFromInline
    mutating func takeDatagram() -> [UInt8] { fragments.take() }

    /// Goes from header to header until an end.
    @usableFromInline
    mutating func walk(_ octets: Span<UInt8>, from first: Layer, _ now: Timestamp, _ cursor: inout Cursor) -> Layer {
        var layer = first
        while cursor.headersLeft > 0 {
            cursor.headersLeft -= 1
            switch layer {
            case .segment:
                return verifiesChecksums && cursor.hasBadChecksum(octets) ? .skip(.badChecksum) : .segment
            case .fragment: layer = gather(octets, now, &cursor)
            case .skip(.tunnelDepth):
                tunnelDepthHits += 1
                return layer
            case .skip(let reason): return .skip(cursor.isGuess && !reason.isUnderstood ? .udp : reason)
            case .datagram, .aggregate: return layer
            default: layer = cursor.read(layer, octets)
            }
        }
        tunnelDepthHits += 1
        return .skip(.tunnelDepth)
    }

    /// Keeps a fragment, unless its datagram is known to hold no TCP.
    private mutating func gather(_ octets: Span<UInt8>, _ now: Timestamp, _ cursor: inout Cursor) -> Layer {
        if let reason = Cursor.leafReason(cursor.fragment.next) { return .skip(reason) }
        if cursor.fragment.next == 17, cursor.fragment.offset == 0, cursor.has(4),
            UDPTunnel(from: octets.big16(cursor.at), to: octets.big16(cursor.at + 2)) == nil
        {
            fragments.ignore(cursor, now)
            return .skip(.udp)
        }
        return fragments.add(octets, &cursor, now)
    }
}
