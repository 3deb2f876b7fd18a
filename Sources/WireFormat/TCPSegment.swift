public import CaptureModel

/// One TCP segment as a frame carried it (RFC 9293 section 3.1).
@usableFromInline
package struct TCPSegment: Sendable, BitwiseCopyable {
    @usableFromInline package var source: Endpoint
    @usableFromInline package var destination: Endpoint
    /// What keeps equal addresses apart: 0 outside tunnels; inside one, a number made of the kind of tunnel and of the
    /// identifiers that are the same in both directions (VXLAN's VNI, say). VLAN tags and MPLS labels do not count.
    @usableFromInline package var realm: UInt32
    @usableFromInline package var sequence: UInt32
    @usableFromInline package var acknowledgement: UInt32
    @usableFromInline package var flags: TCPFlags
    /// Octets of payload on the wire, by the IP header's length.
    @usableFromInline package var payloadLength: Int
    /// Where the captured part of the payload is in the octets lent beside the segment; shorter than `payloadLength`
    /// when the capture cut the packet (snap length).
    @inlinable package var payload: Range<Int> { Int(payloadStart)..<Int(payloadEnd) }
    @usableFromInline var payloadStart: UInt32
    @usableFromInline var payloadEnd: UInt32

    @inlinable
    package init(
        source: Endpoint, destination: Endpoint, realm: UInt32, sequence: UInt32, acknowledgement: UInt32,
        flags: TCPFlags, payloadLength: Int, payload: Range<Int>
    ) {
        self.source = source
        self.destination = destination
        self.realm = realm
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.payloadLength = payloadLength
        payloadStart = UInt32(truncatingIfNeeded: payload.lowerBound)
        payloadEnd = UInt32(truncatingIfNeeded: payload.upperBound)
    }
}

/// The control bits of a segment (RFC 9293 section 3.1).
@usableFromInline
package struct TCPFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable package static var fin: TCPFlags { TCPFlags(rawValue: 0x01) }
    @inlinable package static var syn: TCPFlags { TCPFlags(rawValue: 0x02) }
    @inlinable package static var rst: TCPFlags { TCPFlags(rawValue: 0x04) }
    @inlinable package static var psh: TCPFlags { TCPFlags(rawValue: 0x08) }
    @inlinable package static var ack: TCPFlags { TCPFlags(rawValue: 0x10) }
    @inlinable package static var urg: TCPFlags { TCPFlags(rawValue: 0x20) }
}

/// Takes the segments that a dissector finds.
@usableFromInline
package protocol SegmentConsumer: ~Copyable {
    /// One segment. `octets` holds its payload at `segment.payload`, and lives only during this call.
    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace)
}
