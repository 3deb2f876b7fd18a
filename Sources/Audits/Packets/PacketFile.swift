import CaptureModel
import Reports

/// A pcapng file that packets are written to as they come (draft-ietf-opsawg-pcapng): one section, an interface for each
/// kind of frames, nanoseconds.
struct PacketFile: ~Copyable {
    private var sink: ByteSink
    /// The interfaces described so far, by the kind of their frames.
    private var linkTypes: [LinkType] = []
    private let name: String?
    private let snaplen: Int
    /// Octets of the file.
    private(set) var octets = 0

    private enum BlockType {
        static let section: UInt32 = 0x0a0d_0d0a
        static let interface: UInt32 = 1
        static let statistics: UInt32 = 5
        static let packet: UInt32 = 6
    }

    /// Begins the file at `path`, which is made or emptied. `interface` is what the packets were captured on, `comment`
    /// a sentence about all of them.
    init(_ path: String, interface: String?, snaplen: Int, comment: String?) throws(ReportError) {
        sink = try .file(path)
        name = interface
        self.snaplen = snaplen
        var body = Block(BlockType.section)
        body.number32(0x1a2b_3c4d)
        body.number32(1)  // version 1.0
        body.number32(.max)
        body.number32(.max)  // of unknown length
        if let comment { body.option(1, comment) }
        body.option(4, "\(Tool.name) \(Tool.version)")
        put(body.closed())
    }

    /// Adds a packet.
    mutating func add(_ record: PacketRecord, _ captured: Span<UInt8>) throws(ReportError) {
        let interface = linkTypes.firstIndex(of: record.linkType) ?? describe(record.linkType)
        let ticks = UInt64(clamping: record.time.nanoseconds)
        let padding = (4 - captured.count % 4) % 4
        var head = Block(BlockType.packet, length: 32 + captured.count + padding)
        head.number32(UInt32(truncatingIfNeeded: interface))
        head.number32(UInt32(truncatingIfNeeded: ticks >> 32))
        head.number32(UInt32(truncatingIfNeeded: ticks))
        head.number32(UInt32(truncatingIfNeeded: captured.count))
        head.number32(UInt32(truncatingIfNeeded: record.originalLength))
        put(head.octets)
        sink.pending.append(copying: captured)
        octets += captured.count
        var tail = Block()
        for _ in 0..<padding { tail.number8(0) }
        tail.number32(UInt32(truncatingIfNeeded: 32 + captured.count + padding))
        put(tail.octets)
        try sink.flushIfFull()
    }

    /// Writes what is pending.
    mutating func flush() throws(ReportError) {
        try sink.flush()
    }

    /// Ends the file; `received` and `dropped` are what the system counted of its packets, where it did.
    mutating func finish(_ counted: (received: Int, dropped: Int)?) throws(ReportError) {
        if let counted, !linkTypes.isEmpty {
            var body = Block(BlockType.statistics)
            body.number32(0)
            body.number32(0)
            body.number32(0)  // no time: what was counted is the sum
            body.option(4, number: UInt64(clamping: counted.received))
            body.option(5, number: UInt64(clamping: counted.dropped))
            put(body.closed())
        }
        try sink.flush()
    }

    private mutating func describe(_ linkType: LinkType) -> Int {
        linkTypes.append(linkType)
        var body = Block(BlockType.interface)
        body.number16(linkType.rawValue)
        body.number16(0)
        body.number32(UInt32(clamping: snaplen))
        if let name { body.option(2, name) }
        body.option(9, octets: [9])  // if_tsresol: nanoseconds
        put(body.closed())
        return linkTypes.count - 1
    }

    private mutating func put(_ block: [UInt8]) {
        sink.pending.append(copying: block.span)
        octets += block.count
    }
}

/// A block of pcapng in the making, little-endian.
private struct Block {
    private(set) var octets: [UInt8] = []

    /// A piece without a head.
    init() {}

    /// Begins a block; its length is filled in by `closed` where it is not known.
    init(_ type: UInt32, length: Int = 0) {
        octets.reserveCapacity(32)
        number32(type)
        number32(UInt32(truncatingIfNeeded: length))
    }

    mutating func number8(_ value: UInt8) { octets.append(value) }

    mutating func number16(_ value: UInt16) {
        octets.append(UInt8(truncatingIfNeeded: value))
        octets.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    mutating func number32(_ value: UInt32) {
        number16(UInt16(truncatingIfNeeded: value))
        number16(UInt16(truncatingIfNeeded: value >> 16))
    }

    /// A text, as much of it as an option holds.
    mutating func option(_ code: UInt16, _ text: String) { option(code, octets: Array(text.utf8.prefix(65_000))) }

    mutating func option(_ code: UInt16, number: UInt64) {
        option(code, octets: (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) })
    }

    mutating func option(_ code: UInt16, octets value: [UInt8]) {
        number16(code)
        number16(UInt16(truncatingIfNeeded: value.count))
        octets += value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
        hasOptions = true
    }

    private var hasOptions = false

    /// The block with its length at both ends.
    consuming func closed() -> [UInt8] {
        if hasOptions { number32(0) }  // the end of the options
        let length = UInt32(truncatingIfNeeded: octets.count + 4)
        for index in 0..<4 { octets[4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
        number32(length)
        return octets
    }
}
