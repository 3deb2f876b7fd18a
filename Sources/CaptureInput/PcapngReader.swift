import CaptureModel

/// pcapng files (draft-ietf-opsawg-pcapng), read by ourselves: libpcap refuses interfaces that differ in link type or
/// snap length.
///
/// Sections in both byte orders, any number of interfaces, enhanced, simple and obsolete packet blocks. Blocks that carry
/// no packet are passed over, whatever their length. A simple packet block has no time; its packet gets that of the one
/// before it.
final class PcapngReader: PacketReader {
    /// The longest packet block: beyond it a length is taken for damage. libpcap's bound is the same.
    private static let longestBlock = 16 << 20

    private var buffer: BlockBuffer
    private var isBigEndian = false
    private var interfaces: [PcapngInterface] = []
    private var lastTime = Timestamp(nanoseconds: 0)
    /// The length of the block that was lent last, and is to be left behind.
    private var toSkip = 0

    init(_ source: any ByteSource, bufferSize: Int) {
        buffer = BlockBuffer(source, size: bufferSize)
    }

    func next() throws(InputFault) -> CapturedPacket? {
        while true {
            if toSkip > 0 {
                let length = toSkip
                toSkip = 0
                guard try buffer.skip(length) else { throw cut() }
            }
            try buffer.need(12)
            if buffer.available == 0 { return nil }
            guard buffer.available >= 12 else { throw cut() }
            let type = field(0)
            if type == 0x0a0d_0d0a { try startSection() }
            let length = Int(field(4))
            guard length >= 12, length % 4 == 0 else {
                throw damaged("a block says it is \(length) bytes long, which no block can be")
            }
            toSkip = length
            switch type {
            case 0x0a0d_0d0a, 1, 2, 3, 6:
                try readWhole(length)
                if let packet = try read(type, length) { return packet }
            default:
                break
            }
        }
    }

    // MARK: Blocks

    /// A section header block: the byte order of what follows, and no interfaces yet (section 4.1).
    private func startSection() throws(InputFault) {
        isBigEndian = true
        if field(8) != 0x1a2b_3c4d {
            isBigEndian = false
            guard field(8) == 0x1a2b_3c4d else { throw damaged("a section header has no byte-order magic") }
        }
        interfaces = []
    }

    private func readWhole(_ length: Int) throws(InputFault) {
        guard length <= Self.longestBlock else {
            throw damaged("a block says it is \(length) bytes long; more than \(Self.longestBlock) is not believed")
        }
        try buffer.need(length)
        guard buffer.available >= length else { throw cut() }
        guard Int(field(length - 4)) == length else {
            throw damaged("a block's two lengths differ: \(length) and \(field(length - 4))")
        }
    }

    private func read(_ type: UInt32, _ length: Int) throws(InputFault) -> CapturedPacket? {
        switch type {
        case 1:
            guard length >= 20 else { throw damaged("an interface description of \(length) bytes is too short") }
            interfaces.append(interface(length))
            return nil
        case 6:  // enhanced packet (section 4.3)
            guard length >= 32 else { throw damaged("a packet block of \(length) bytes is too short") }
            return try packet(interface: Int(field(8)), header: 28, captured: field(20), onWire: field(24), length)
        case 2:  // obsolete packet (appendix A)
            guard length >= 32 else { throw damaged("a packet block of \(length) bytes is too short") }
            return try packet(interface: Int(half(8)), header: 28, captured: field(20), onWire: field(24), length)
        case 3:  // simple packet (section 4.4): of interface 0, cut to its snap length
            guard length >= 16 else { throw damaged("a packet block of \(length) bytes is too short") }
            guard let interface = interfaces.first else { throw unknownInterface(0) }
            let onWire = field(8)
            let limit = interface.snaplen > 0 ? min(onWire, interface.snaplen) : onWire
            return lend(interface, at: 12, Int(min(limit, UInt32(length - 16))), onWire: onWire)
        default:
            return nil
        }
    }

    private func packet(
        interface number: Int, header: Int, captured: UInt32, onWire: UInt32, _ length: Int
    ) throws(InputFault) -> CapturedPacket {
        guard number < interfaces.count else { throw unknownInterface(number) }
        guard Int(captured) <= length - header - 4 else {
            throw damaged("a packet says it has \(captured) bytes, in a block of \(length)")
        }
        lastTime = interfaces[number].time(UInt64(field(12)) << 32 | UInt64(field(16)))
        return lend(interfaces[number], at: header, Int(captured), onWire: onWire)
    }

    private func lend(_ interface: PcapngInterface, at place: Int, _ count: Int, onWire: UInt32) -> CapturedPacket {
        unsafe CapturedPacket(
            time: lastTime, linkType: interface.linkType, originalLength: Int(onWire),
            bytes: buffer.address(place, count: count))
    }

    /// An interface description block (section 4.2), with its clock's resolution and offset.
    private func interface(_ length: Int) -> PcapngInterface {
        var described = PcapngInterface(linkType: LinkType(inFile: half(8)), snaplen: field(12))
        var at = 16
        while at + 4 <= length - 4 {
            let (code, size) = (half(at), Int(half(at + 2)))
            guard code != 0, at + 4 + size <= length - 4 else { break }
            if code == 9, size >= 1 { described.setResolution(octet(at + 4)) }
            if code == 14, size >= 8 {
                let (first, second) = (UInt64(field(at + 4)), UInt64(field(at + 8)))
                described.offset = Int64(bitPattern: isBigEndian ? first << 32 | second : second << 32 | first)
            }
            at += 4 + (size + 3) / 4 * 4
        }
        return described
    }

    // MARK: Fields

    private func octet(_ at: Int) -> UInt8 { buffer.withOctets { $0[at] } }
    private func half(_ at: Int) -> UInt16 { buffer.withOctets { isBigEndian ? $0.big16(at) : $0.little16(at) } }
    private func field(_ at: Int) -> UInt32 { buffer.withOctets { isBigEndian ? $0.big32(at) : $0.little32(at) } }

    // MARK: Faults

    private func cut() -> InputFault { InputFault(.truncated, at: buffer.offset, "the file ends inside a block") }

    private func damaged(_ reason: String) -> InputFault { InputFault(.damaged, at: buffer.offset, reason) }

    private func unknownInterface(_ number: Int) -> InputFault {
        damaged("a packet belongs to interface \(number), and \(interfaces.count) were described")
    }
}

/// An interface of a pcapng section: the kind of its frames, and its clock.
struct PcapngInterface {
    var linkType: LinkType
    /// 0 for no limit.
    var snaplen: UInt32
    /// Seconds to add to all its times (`if_tsoffset`).
    var offset: Int64 = 0
    /// Ticks of the clock per second are a power of this, 10 or 2, with this exponent (`if_tsresol`).
    private var base: UInt64 = 10
    private var exponent = 6

    init(linkType: LinkType, snaplen: UInt32) {
        self.linkType = linkType
        self.snaplen = snaplen
    }

    mutating func setResolution(_ value: UInt8) {
        base = value & 0x80 == 0 ? 10 : 2
        exponent = Int(value & 0x7f)
    }

    /// The moment of a time stamp. What is finer than a nanosecond is cut off.
    func time(_ ticks: UInt64) -> Timestamp {
        // Beyond these exponents a second has more ticks than 64 bits count, so all time stamps lie within one.
        guard exponent <= (base == 2 ? 63 : 19) else { return Timestamp(seconds: offset, nanoseconds: 0) }
        let perSecond =
            base == 2 ? 1 << UInt64(exponent) : (0..<exponent).reduce(1 as UInt64) { power, _ in power * 10 }
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: perSecond)
        let fraction = perSecond.dividingFullWidth(rest.multipliedFullWidth(by: 1_000_000_000)).quotient
        let (sum, overflow) = Int64(clamping: seconds).addingReportingOverflow(offset)
        return Timestamp(
            seconds: overflow ? (offset < 0 ? .min : .max) : sum, nanoseconds: Int64(clamping: fraction))
    }
}
