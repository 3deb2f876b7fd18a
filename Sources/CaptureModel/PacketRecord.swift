/// What a capture file or a live device says of one packet, its bytes apart.
///
/// The bytes are lent beside the record as a `Span<UInt8>` of `capturedLength` bytes and live until the next packet.
@usableFromInline
package struct PacketRecord: Sendable {
    /// When the packet was captured, by the capture's own clock.
    @usableFromInline package var time: Timestamp
    /// The number of the packet in its capture file, from 1, as Wireshark shows it; a filter does not renumber.
    @usableFromInline package var frame: UInt64
    /// Which of the inputs the packet came from: an index into the run's list of captures, from 0.
    @usableFromInline package var capture: UInt32
    /// The kind of frame that the bytes begin with.
    @usableFromInline package var linkType: LinkType
    /// Bytes of the packet on the wire; at least as many as were captured, unless the file lies.
    @usableFromInline package var originalLength: Int

    @inlinable
    package init(time: Timestamp, frame: UInt64, capture: UInt32, linkType: LinkType, originalLength: Int) {
        self.time = time
        self.frame = frame
        self.capture = capture
        self.linkType = linkType
        self.originalLength = originalLength
    }

    /// Where a byte of this packet is reported to be.
    @inlinable package var place: StreamPlace { StreamPlace(time: time, frame: frame, capture: capture) }
}

/// Where and when a byte was on the wire: the first captured packet that carried it.
///
/// Sixteen octets, for an exchange holds many: a frame number has 44 bits, a capture's 20. Larger ones, which no run
/// reaches, wrap.
@usableFromInline
package struct StreamPlace: Hashable, Sendable, BitwiseCopyable {
    /// The packet's time.
    @usableFromInline package var time: Timestamp
    /// The frame number in the low 44 bits, the capture above them.
    @usableFromInline var packet: UInt64

    @inlinable
    package init(time: Timestamp, frame: UInt64, capture: UInt32) {
        self.time = time
        packet = frame & StreamPlace.frames | UInt64(capture) << 44
    }

    /// The packet's number in its capture file, from 1.
    @inlinable package var frame: UInt64 {
        get { packet & StreamPlace.frames }
        set { packet = packet & ~StreamPlace.frames | newValue & StreamPlace.frames }
    }

    /// The capture file, as an index into the run's list of captures, from 0.
    @inlinable package var capture: UInt32 { UInt32(truncatingIfNeeded: packet >> 44) }

    /// Whether it was captured before `other`: by time, and where that is the same, by the packet's number.
    package func precedes(_ other: StreamPlace) -> Bool {
        time < other.time || time == other.time && packet < other.packet
    }

    @inlinable static var frames: UInt64 { 0xfff_ffff_ffff }
}
