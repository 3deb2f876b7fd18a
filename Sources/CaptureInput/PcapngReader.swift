import CaptureModel

/// pcapng files (draft-ietf-opsawg-pcapng), read here because libpcap refuses a file whose interfaces differ: sections
/// in either byte order, any number of interfaces, enhanced, simple and obsolete packet blocks. Other blocks are passed
/// over, however long. Packets are lent from the window in which they were read.
///
/// A packet block that contradicts itself, but is as long as both its lengths say, is passed over, for the next one is
/// found all the same; what was wrong is told at the end. Where the next block is not known, nothing more is read.
///
/// A simple packet block has no time: its packet takes the time of the packet before it, and a file's first one 0.
struct PcapngReader: ~Copyable {
    /// The longest block whose content is looked at; the same bound as libpcap's.
    private static let longestBlock = 16 << 20
    /// The most interfaces of one section; far above what a capture has, and little memory.
    private static let mostInterfaces = 1 << 16

    private var buffer: BlockBuffer
    private var isLittleEndian = true
    private var interfaces: [PcapngInterface] = []
    private var lastTime = Timestamp(nanoseconds: 0)
    /// Octets of the block that was lent last, still at the window's front.
    private var lent = 0
    /// Where the block begins that is being read.
    private var blockStart: UInt64 = 0
    private var packets: UInt64 = 0
    /// Whether the block being read is one of a packet: the others do not depend on it.
    private var isPacketBlock = false
    /// What was wrong with the first packet block that was passed over, and how many there were.
    private var damage: InputFault?
    private var damagedBlocks = 0
    /// What was met so far beside packets.
    private(set) var notes = CaptureNotes()

    /// Reads what `source` has, in blocks of `bufferSize` octets.
    init(_ source: Lookahead, bufferSize: Int) {
        buffer = BlockBuffer(source, capacity: bufferSize)
    }

    /// Goes to the next packet; false at an end between two blocks. After a fault there is nothing more to be had.
    mutating func next(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        while true {
            let fault: InputFault
            do throws(InputFault) {
                if try nextPacket(&packet) { return true }
                guard damagedBlocks > 0, let damage else { return false }
                fault = damage.passedOver(damagedBlocks)
            } catch {
                let placed = InputFault(error.code, at: blockStart, error.reason)
                if isPacketBlock, lent > 0 {
                    damage = damage ?? placed
                    damagedBlocks += 1
                    continue
                }
                fault = damagedBlocks == 0 ? placed : placed.after(damagedBlocks)
            }
            damagedBlocks = 0
            throw fault
        }
    }

    @inline(__always)
    private mutating func nextPacket(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        while true {
            buffer.consume(lent)
            lent = 0
            blockStart = buffer.offset
            guard let (type, length) = try blockHead() else { return false }
            isPacketBlock = type == 6 || type == 3 || type == 2
            switch type {
            case 6:
                let block = try unsafe block(length, atLeast: 32, "an enhanced packet block")
                try unsafe timedPacket(block, interface: Int(word(block.span, 8)), &packet)
                return true
            case 3:
                let block = try unsafe block(length, atLeast: 16, "a simple packet block")
                try unsafe simplePacket(block, &packet)
                return true
            case 2:
                let block = try unsafe block(length, atLeast: 32, "an obsolete packet block")
                try unsafe timedPacket(block, interface: Int(half(block.span, 8)), &packet)
                return true
            case 1:
                let block = try unsafe block(length, atLeast: 20, "an interface description block")
                try unsafe describeInterface(block.span)
            case 0x0a0d_0d0a:
                let block = try unsafe block(length, atLeast: 28, "a section header block")
                try unsafe beginSection(block.span)
            case 10:
                let block = try unsafe block(length, atLeast: 20, "a decryption secrets block")
                unsafe noteSecrets(block.span)
            default:
                try passOver(length)
            }
        }
    }

    // MARK: Blocks

    /// Type and total length of the block at the window's front; nil at the end of the input. A section header sets the
    /// byte order, by which its own length is read.
    @inline(__always)
    private mutating func blockHead() throws(InputFault) -> (type: UInt32, length: Int)? {
        let available = try buffer.fill(12)
        if available < 12 {
            if available == 0 { return nil }
            throw fault(.truncated, "a block needs 12 bytes at least, only \(available) are there")
        }
        let window = unsafe buffer.bytes
        let head = unsafe window.span
        if head.big32(0) == 0x0a0d_0d0a {
            switch head.big32(8) {
            case 0x1a2b_3c4d: isLittleEndian = false
            case 0x4d3c_2b1a: isLittleEndian = true
            default: throw fault(.damaged, "a section header block without the byte-order magic")
            }
        }
        let length = Int(word(head, 4))
        guard length >= 12, length & 3 == 0 else {
            throw fault(.damaged, "a block of \(length) bytes; 12 is the least, and a multiple of 4")
        }
        return (word(head, 0), length)
    }

    /// The whole block of `length` octets, lent until the next call.
    @inline(__always)
    private mutating func block(
        _ length: Int, atLeast least: Int, _ name: StaticString
    ) throws(InputFault) -> UnsafeBufferPointer<UInt8> {
        guard length <= Self.longestBlock else {
            throw fault(.damaged, "\(name) of \(length) bytes, more than the \(Self.longestBlock) read here")
        }
        let available = try buffer.fill(length)
        guard available >= length else { throw cut(length, available) }
        let block = unsafe UnsafeBufferPointer(rebasing: buffer.bytes[..<length])
        let trailing = unsafe word(block.span, length - 4)
        guard trailing == UInt32(length) else { throw mismatch(length, trailing) }
        lent = length
        guard length >= least else { throw fault(.damaged, "\(name) of \(length) bytes, which needs \(least)") }
        return unsafe block
    }

    /// Leaves a block behind without holding it.
    private mutating func passOver(_ length: Int) throws(InputFault) {
        let skipped = try buffer.skip(length - 4)
        let available = try skipped < length - 4 ? 0 : min(4, buffer.fill(4))
        guard skipped + available == length else { throw cut(length, skipped + available) }
        let window = unsafe buffer.bytes
        let trailing = unsafe word(window.span, 0)
        guard trailing == UInt32(length) else { throw mismatch(length, trailing) }
        lent = 4
    }

    private mutating func beginSection(_ block: borrowing Span<UInt8>) throws(InputFault) {
        let major = half(block, 12)
        guard major == 1 else {
            throw fault(.unsupportedVersion, "pcapng version \(major).\(half(block, 14)) is not known here, only 1")
        }
        interfaces.removeAll(keepingCapacity: true)
        noteComments(block, from: 24)
    }

    private mutating func describeInterface(_ block: borrowing Span<UInt8>) throws(InputFault) {
        guard interfaces.count < Self.mostInterfaces else {
            throw fault(.damaged, "more than \(Self.mostInterfaces) interfaces in one section")
        }
        var resolution: UInt8 = 6
        var offset: Int64 = 0
        var at = 16
        while let (code, value) = try option(block, &at) {
            if code == 9, value.count == 1 { resolution = block[value.lowerBound] }
            if code == 14, value.count == 8 { offset = Int64(bitPattern: doubleWord(block, value.lowerBound)) }
        }
        noteComments(block, from: 16)
        interfaces.append(
            PcapngInterface(
                linkType: LinkType(inFile: half(block, 8)), snaplen: Int(word(block, 12)),
                clock: PcapngClock(resolution: resolution, offset: offset)))
    }

    /// The option at `at`, its code and the place of its value, and moves `at` to the next; nil where there is none, and
    /// after the one that says so (section 3.5).
    private func option(
        _ block: borrowing Span<UInt8>, _ at: inout Int
    ) throws(InputFault) -> (code: UInt16, value: Range<Int>)? {
        guard at + 4 <= block.count - 4 else { return nil }
        let (code, length) = (half(block, at), Int(half(block, at + 2)))
        if code == 0 { return nil }
        let value = at + 4..<at + 4 + length
        guard value.upperBound <= block.count - 4 else {
            throw fault(.damaged, "an option that runs beyond its block")
        }
        at = (value.upperBound + 3) & ~3
        return (code, value)
    }

    // MARK: Notes

    /// A note that cannot be read is no reason to go without the packet.
    private mutating func noteComments(_ block: borrowing Span<UInt8>, from start: Int, packet: UInt64? = nil) {
        var at = start
        while let (code, value) = try? option(block, &at) {
            if code == 1 {
                notes.add(CaptureNotes.Comment(packet: packet, text: Array(copying: block.extracting(value))))
            }
        }
    }

    private mutating func noteSecrets(_ block: borrowing Span<UInt8>) {
        let length = Int(word(block, 12))
        guard length <= block.count - 20 else { return }
        notes.add(
            CaptureNotes.Secrets(kind: word(block, 8), octets: Array(copying: block.extracting(16..<16 + length))))
    }

    // MARK: Packets

    /// The packet of an enhanced or obsolete packet block, which differ only in how they number the interface.
    @inline(__always)
    private mutating func timedPacket(
        _ block: UnsafeBufferPointer<UInt8>, interface number: Int, _ packet: inout LentPacket
    ) throws(InputFault) {
        let span = unsafe block.span
        let interface = try interface(number)
        let captured = Int(word(span, 20))
        guard captured <= span.count - 32 else { throw overrun(captured, span.count) }
        lastTime = interface.clock.time(UInt64(word(span, 12)) << 32 | UInt64(word(span, 16)))
        packet.record.time = lastTime
        packet.record.linkType = interface.linkType
        packet.record.originalLength = Int(word(span, 24))
        unsafe packet.bytes = UnsafeBufferPointer(rebasing: block[28..<28 + captured])
        packets &+= 1
        noteComments(span, from: (28 + captured + 3) & ~3, packet: packets)
    }

    private mutating func simplePacket(
        _ block: UnsafeBufferPointer<UInt8>, _ packet: inout LentPacket
    ) throws(InputFault) {
        let span = unsafe block.span
        let interface = try interface(0)
        let original = Int(word(span, 8))
        let captured = interface.snaplen == 0 ? original : min(original, interface.snaplen)
        guard captured <= span.count - 16 else { throw overrun(captured, span.count) }
        packet.record.time = lastTime
        packet.record.linkType = interface.linkType
        packet.record.originalLength = original
        unsafe packet.bytes = UnsafeBufferPointer(rebasing: block[12..<12 + captured])
        packets &+= 1
    }

    @inline(__always)
    private func interface(_ number: Int) throws(InputFault) -> PcapngInterface {
        guard number < interfaces.count else {
            throw fault(.damaged, "interface \(number) is not described, only \(interfaces.count) are")
        }
        return interfaces[number]
    }

    // MARK: Numbers in the section's byte order

    @inline(__always)
    private func half(_ bytes: borrowing Span<UInt8>, _ at: Int) -> UInt16 {
        isLittleEndian ? bytes.little16(at) : bytes.big16(at)
    }

    @inline(__always)
    private func word(_ bytes: borrowing Span<UInt8>, _ at: Int) -> UInt32 {
        isLittleEndian ? bytes.little32(at) : bytes.big32(at)
    }

    private func doubleWord(_ bytes: borrowing Span<UInt8>, _ at: Int) -> UInt64 {
        let (first, second) = (UInt64(word(bytes, at)), UInt64(word(bytes, at + 4)))
        return isLittleEndian ? second << 32 | first : first << 32 | second
    }

    // MARK: Faults

    private func fault(_ code: CaptureError.Code, _ reason: String) -> InputFault {
        InputFault(code, reason)
    }

    private func cut(_ length: Int, _ available: Int) -> InputFault {
        fault(.truncated, "a block of \(length) bytes, of which \(available) are there")
    }

    private func mismatch(_ length: Int, _ trailing: UInt32) -> InputFault {
        fault(.damaged, "a block that begins with the length \(length) and ends with \(trailing)")
    }

    private func overrun(_ captured: Int, _ length: Int) -> InputFault {
        fault(.damaged, "a packet of \(captured) bytes in a block of \(length)")
    }
}
