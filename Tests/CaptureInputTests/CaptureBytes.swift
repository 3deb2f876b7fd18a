/// The bytes of captures, written field by field, in either byte order.
struct CaptureBytes {
    var bytes: [UInt8] = []
    var isLittleEndian = true
    /// Where each record or block ends.
    var ends: [Int] = []

    mutating func number<T: FixedWidthInteger>(_ value: T) {
        let octets = stride(from: 0, to: T.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> T($0)) }
        bytes += isLittleEndian ? octets : octets.reversed()
    }

    mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    // MARK: Classic pcap

    static func pcap(
        magic: UInt32 = 0xa1b2_c3d4, littleEndian: Bool = true, version: (UInt16, UInt16) = (2, 4),
        snaplen: UInt32 = 262_144, linkType: UInt32 = 1
    ) -> CaptureBytes {
        var file = CaptureBytes(isLittleEndian: littleEndian)
        file.number(magic)
        file.number(version.0)
        file.number(version.1)
        file.number(UInt64(0))
        file.number(snaplen)
        file.number(linkType)
        file.ends.append(file.bytes.count)
        return file
    }

    /// A record of a classic file; `extra` stands between its header and its bytes ("modified" files).
    mutating func record(
        seconds: UInt32, fraction: UInt32 = 0, _ packet: [UInt8], original: UInt32? = nil, extra: [UInt8] = []
    ) {
        number(seconds)
        number(fraction)
        number(UInt32(packet.count))
        number(original ?? UInt32(packet.count))
        bytes += extra + packet
        ends.append(bytes.count)
    }

    // MARK: pcapng

    static func pcapng(littleEndian: Bool = true) -> CaptureBytes {
        var file = CaptureBytes()
        file.section(littleEndian: littleEndian)
        return file
    }

    /// A block of any type; `length` and `trailing` where they lie.
    mutating func block(_ type: UInt32, length: UInt32? = nil, trailing: UInt32? = nil, _ body: [UInt8]) {
        let rightLength = UInt32((body.count + 3) / 4 * 4 + 12)
        number(type)
        number(length ?? rightLength)
        bytes += body
        pad()
        number(trailing ?? length ?? rightLength)
        ends.append(bytes.count)
    }

    /// A body for `block`, in this file's byte order.
    func body(_ write: (inout CaptureBytes) -> Void) -> [UInt8] {
        var part = CaptureBytes(isLittleEndian: isLittleEndian)
        write(&part)
        return part.bytes
    }

    mutating func section(littleEndian: Bool, major: UInt16 = 1) {
        isLittleEndian = littleEndian
        block(
            0x0a0d_0d0a,
            body {
                $0.number(UInt32(0x1a2b_3c4d))
                $0.number(major)
                $0.number(UInt16(0))
                $0.number(Int64(-1))
            })
    }

    mutating func interface(
        linkType: UInt16 = 1, snaplen: UInt32 = 0, resolution: UInt8? = nil, offset: Int64? = nil
    ) {
        block(
            1,
            body {
                $0.number(linkType)
                $0.number(UInt16(0))
                $0.number(snaplen)
                if let resolution { $0.option(9, [resolution]) }
                if let offset { $0.option(14, $0.body { $0.number(offset) }) }
                if resolution != nil || offset != nil { $0.option(0, []) }
            })
    }

    mutating func option(_ code: UInt16, _ value: [UInt8]) {
        number(code)
        number(UInt16(value.count))
        bytes += value
        pad()
    }

    mutating func enhanced(
        interface: UInt32 = 0, ticks: UInt64, _ packet: [UInt8], original: UInt32? = nil, captured: UInt32? = nil
    ) {
        block(
            6,
            body {
                $0.number(interface)
                $0.number(UInt32(truncatingIfNeeded: ticks >> 32))
                $0.number(UInt32(truncatingIfNeeded: ticks))
                $0.number(captured ?? UInt32(packet.count))
                $0.number(original ?? UInt32(packet.count))
                $0.bytes += packet
            })
    }

    mutating func obsolete(interface: UInt16 = 0, ticks: UInt64, _ packet: [UInt8]) {
        block(
            2,
            body {
                $0.number(interface)
                $0.number(UInt16(7))  // drops
                $0.number(UInt32(truncatingIfNeeded: ticks >> 32))
                $0.number(UInt32(truncatingIfNeeded: ticks))
                $0.number(UInt32(packet.count))
                $0.number(UInt32(packet.count))
                $0.bytes += packet
            })
    }

    mutating func simple(_ packet: [UInt8], original: UInt32? = nil) {
        block(
            3,
            body {
                $0.number(original ?? UInt32(packet.count))
                $0.bytes += packet
            })
    }
}
