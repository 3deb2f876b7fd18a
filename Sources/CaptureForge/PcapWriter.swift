package import CaptureModel

/// Writes a classic capture file (draft-ietf-opsawg-pcap).
package struct PcapWriter: Sendable {
    package var linkType: LinkType
    /// Times in nanoseconds (magic 0xa1b23c4d) or in microseconds (0xa1b2c3d4), truncated.
    package var nanoseconds: Bool
    package var bigEndian: Bool
    /// What the file's header says; the frames are written as they are.
    package var snaplen: UInt32

    package init(
        linkType: LinkType = .ethernet, nanoseconds: Bool = true, bigEndian: Bool = false, snaplen: UInt32 = 262_144
    ) {
        self.linkType = linkType
        self.nanoseconds = nanoseconds
        self.bigEndian = bigEndian
        self.snaplen = snaplen
    }

    /// The file's octets.
    package func octets(_ frames: [Frame]) -> [UInt8] {
        var file: [UInt8] = []
        func put(_ number: some FixedWidthInteger) { file.append(number, bigEndian: bigEndian) }
        put(nanoseconds ? UInt32(0xa1b2_3c4d) : 0xa1b2_c3d4)
        put(UInt16(2))
        put(UInt16(4))
        put(UInt64(0))  // two reserved words
        put(snaplen)
        put(UInt32(linkType.rawValue))
        for frame in frames {
            let (seconds, fraction) = frame.time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            put(UInt32(truncatingIfNeeded: seconds))
            put(UInt32(truncatingIfNeeded: nanoseconds ? fraction : fraction / 1_000))
            put(UInt32(truncatingIfNeeded: frame.octets.count))
            put(UInt32(truncatingIfNeeded: frame.originalLength))
            file += frame.octets
        }
        return file
    }
}
