import CaptureModel

/// Classic pcap files as they have been written since 1999 (draft-ietf-opsawg-pcap, version 2.4): microseconds and
/// nanoseconds, both byte orders. What is older or "modified" is left to libpcap (`OldSavefileReader`).
///
/// libpcap copies each packet out of a C stream. Here it is lent from the window in which it was read: measured for a
/// capture in the page cache, the count of its packets takes 45 ms of user and system time so, 67 with libpcap and a
/// buffer as large, 99 with libpcap's own.
struct SavefileReader: ~Copyable {
    private static let recordHeaderLength = 16

    private var buffer: BlockBuffer
    private let header: SavefileHeader
    private let longest: Int
    /// Nanoseconds of one unit of a record's fraction of a second.
    private let tick: Int64
    /// Octets of the record that was lent last, still at the window's front.
    private var lent = 0

    /// Reads what `source` has behind the file header, which is `header`, in blocks of `bufferSize` octets.
    init(_ source: Lookahead, header: SavefileHeader, bufferSize: Int) throws(InputFault) {
        buffer = BlockBuffer(source, capacity: bufferSize)
        self.header = header
        longest = header.linkType.longestPacket
        tick = header.kind == .nanoseconds ? 1 : 1_000
        _ = try buffer.fill(SavefileHeader.length)
        lent = SavefileHeader.length
    }

    /// Goes to the next packet; false at an end between two records. After a fault there is nothing more to be had.
    @inline(__always)
    mutating func next(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        buffer.consume(lent)
        lent = 0
        let available = try fill(Self.recordHeaderLength)
        guard available >= Self.recordHeaderLength else {
            if available == 0 { return false }
            throw cut("the header of a record, \(Self.recordHeaderLength) bytes", available)
        }
        let captured = unsafe Int(word(buffer.bytes.span, 8))
        guard captured <= longest else { throw tooLong(captured) }
        let length = Self.recordHeaderLength + captured
        if available < length {
            let available = try fill(length)
            guard available >= length else {
                throw cut("a packet of \(captured) bytes", available - Self.recordHeaderLength)
            }
        }
        let record = unsafe UnsafeBufferPointer(rebasing: buffer.bytes[..<length])
        let span = unsafe record.span
        // The seconds are unsigned, and reach to 2106. The fraction is no more than a second where nothing is damaged;
        // where it is, libpcap takes it as signed, and so does tshark.
        let fraction = Int64(Int32(bitPattern: word(span, 4)))
        packet.record.time = Timestamp(nanoseconds: Int64(word(span, 0)) &* 1_000_000_000 &+ fraction &* tick)
        packet.record.linkType = header.linkType
        packet.record.originalLength = Int(word(span, 12))
        unsafe packet.bytes = UnsafeBufferPointer(rebasing: record[Self.recordHeaderLength...])
        lent = length
        return true
    }

    /// Makes the window hold so many octets of the record at its front, and returns how many it holds.
    @inline(__always)
    private mutating func fill(_ count: Int) throws(InputFault) -> Int {
        do throws(InputFault) {
            return try buffer.fill(count)
        } catch {
            throw InputFault(error.code, at: buffer.offset, error.reason)
        }
    }

    /// A number in the file's byte order.
    @inline(__always)
    private func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
        header.isLittleEndian ? bytes.little32(at) : bytes.big32(at)
    }

    private func cut(_ what: String, _ available: Int) -> InputFault {
        InputFault(.truncated, at: buffer.offset, "\(what), of which \(available) are there")
    }

    private func tooLong(_ captured: Int) -> InputFault {
        InputFault(
            .damaged, at: buffer.offset, "a packet of \(captured) bytes, more than the \(longest) that one may have")
    }
}
