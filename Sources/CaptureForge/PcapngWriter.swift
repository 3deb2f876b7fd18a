package import CaptureModel

/// Writes a pcapng file block by block (draft-ietf-opsawg-pcapng), odd ones included.
package struct PcapngWriter: Sendable {
    /// The file so far.
    package private(set) var octets: [UInt8] = []
    /// The byte order of the blocks to come; it may change only with a new section.
    package private(set) var bigEndian: Bool
    /// Ticks per second of each interface of the section, in the order of their descriptions.
    private var resolutions: [UInt64] = []

    /// Begins with a section header.
    package init(bigEndian: Bool = false) {
        self.bigEndian = bigEndian
        section(bigEndian: bigEndian)
    }

    /// A file of one section and one interface.
    package static func octets(
        _ frames: [Frame], linkType: LinkType = .ethernet, nanoseconds: Bool = true, bigEndian: Bool = false
    ) -> [UInt8] {
        var writer = PcapngWriter(bigEndian: bigEndian)
        writer.interface(linkType: linkType, decimalDigits: nanoseconds ? 9 : nil)
        for frame in frames { writer.enhanced(frame) }
        return writer.octets
    }

    /// A section header block of unknown length; interfaces are counted from 0 again.
    package mutating func section(bigEndian: Bool) {
        self.bigEndian = bigEndian
        resolutions = []
        block(0x0a0d_0d0a) { body, order in
            body.append(UInt32(0x1a2b_3c4d), bigEndian: order)
            body.append(UInt16(1), bigEndian: order)
            body.append(UInt16(0), bigEndian: order)
            body.append(UInt64.max, bigEndian: order)
        }
    }

    /// An interface description block; `decimalDigits` becomes `if_tsresol` (default: microseconds without the
    /// option), 0 to 9 of them.
    package mutating func interface(linkType: LinkType, snaplen: UInt32 = 0, decimalDigits: UInt8? = nil) {
        resolutions.append((0..<(decimalDigits ?? 6)).reduce(1) { ticks, _ in ticks * 10 })
        block(1) { body, order in
            body.append(linkType.rawValue, bigEndian: order)
            body.append(UInt16(0), bigEndian: order)
            body.append(snaplen, bigEndian: order)
            if let decimalDigits {
                body.append(UInt16(9), bigEndian: order)
                body.append(UInt16(1), bigEndian: order)
                body += [decimalDigits, 0, 0, 0]
                body.append(UInt32(0), bigEndian: order)  // end of options
            }
        }
    }

    /// An enhanced packet block on an interface described before.
    package mutating func enhanced(_ frame: Frame, interface: Int = 0) {
        let ticks = ticks(frame.time, interface)
        block(6) { body, order in
            body.append(UInt32(truncatingIfNeeded: interface), bigEndian: order)
            Self.put(frame, ticks, into: &body, order)
        }
    }

    /// An obsolete packet block, which says how many packets were dropped before it.
    package mutating func obsolete(_ frame: Frame, interface: Int = 0, drops: UInt16 = 0) {
        let ticks = ticks(frame.time, interface)
        block(2) { body, order in
            body.append(UInt16(truncatingIfNeeded: interface), bigEndian: order)
            body.append(drops, bigEndian: order)
            Self.put(frame, ticks, into: &body, order)
        }
    }

    /// A simple packet block: of interface 0, without a time.
    package mutating func simple(_ frame: Frame) {
        block(3) { body, order in
            body.append(UInt32(truncatingIfNeeded: frame.originalLength), bigEndian: order)
            body += frame.octets
        }
    }

    /// A block of any type; its body is padded to 32 bits.
    package mutating func block(_ type: UInt32, _ fill: (inout [UInt8], _ bigEndian: Bool) -> Void) {
        var body: [UInt8] = []
        fill(&body, bigEndian)
        body += [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        let length = UInt32(truncatingIfNeeded: body.count + 12)
        octets.append(type, bigEndian: bigEndian)
        octets.append(length, bigEndian: bigEndian)
        octets += body
        octets.append(length, bigEndian: bigEndian)
    }

    private func ticks(_ time: Timestamp, _ interface: Int) -> UInt64 {
        let perSecond = resolutions.indices.contains(interface) ? resolutions[interface] : 1_000_000
        return UInt64(clamping: time.nanoseconds) / (1_000_000_000 / perSecond)
    }

    private static func put(_ frame: Frame, _ ticks: UInt64, into body: inout [UInt8], _ order: Bool) {
        body.append(UInt32(ticks >> 32), bigEndian: order)
        body.append(UInt32(truncatingIfNeeded: ticks), bigEndian: order)
        body.append(UInt32(truncatingIfNeeded: frame.octets.count), bigEndian: order)
        body.append(UInt32(truncatingIfNeeded: frame.originalLength), bigEndian: order)
        body += frame.octets
    }
}
