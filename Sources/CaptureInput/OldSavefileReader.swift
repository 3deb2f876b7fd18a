import CLibpcap
import CaptureModel
import Glibc

/// Classic pcap files of before 1999, read by libpcap: the "modified" format and the oddities of old writers are its
/// business, and so are versions that nobody knows.
///
/// libpcap reads through a C stream, which by itself has a buffer of 4 KiB and makes libpcap spend more time in the
/// system than in its own code; this stream has a large one and takes its bytes from a `ByteSource`.
@safe struct OldSavefileReader: ~Copyable {
    private let handle: OpaquePointer
    private let stream: UnsafeMutablePointer<FILE>
    private let buffer: UnsafeMutablePointer<CChar>
    private let feed: Feed
    private let header: SavefileHeader
    /// Where the next record begins.
    private var offset = UInt64(SavefileHeader.length)

    /// Opens what `source` has, whose file header is `header`, with a buffer of `bufferSize` octets.
    init(_ source: Lookahead, header: SavefileHeader, bufferSize: Int) throws(InputFault) {
        // libpcap cuts packets to the header's snaplen; where a header lies, the packet is right. 0 is "no limit", and
        // libpcap's own bound (256 KiB, for a few link types more) stays.
        source.overwrite(at: SavefileHeader.snaplen.lowerBound, with: [0, 0, 0, 0])
        feed = Feed(source)
        self.header = header
        let cookie = unsafe Unmanaged.passUnretained(feed).toOpaque()
        let opened = unsafe interlude_stream(cookie) { cookie, bytes, count in
            guard let cookie = unsafe cookie else { return -1 }
            let feed = unsafe Unmanaged<Feed>.fromOpaque(cookie).takeUnretainedValue()
            return unsafe feed.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: count))
        }
        guard let stream = unsafe opened else { throw InputFault(.readFailed, "out of memory") }
        let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: bufferSize)
        unsafe setvbuf(stream, buffer, _IOFBF, bufferSize)
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let handle = unsafe pcap_fopen_offline_with_tstamp_precision(
            stream, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
        guard let handle = unsafe handle else {
            unsafe fclose(stream)
            unsafe buffer.deallocate()
            let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw feed.fault ?? InputFault(.unsupportedVersion, reason)
        }
        unsafe self.stream = stream
        unsafe self.buffer = buffer
        unsafe self.handle = handle
    }

    deinit {
        unsafe pcap_close(handle)  // closes the stream, which uses the buffer until then
        unsafe buffer.deallocate()
    }

    /// Goes to the next packet; false at an end between two records. After a fault there is nothing more to be had.
    mutating func next(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var data: UnsafePointer<UInt8>?
        let status = unsafe pcap_next_ex(handle, &header, &data)
        guard status == 1, let header = unsafe header?.pointee else {
            if status == PCAP_ERROR_BREAK { return false }
            throw fault()
        }
        offset &+= UInt64(self.header.recordHeaderLength) &+ UInt64(header.caplen)
        // libpcap takes the seconds as signed; the format's are unsigned and reach to 2106, which 63 bits hold.
        let seconds = Int64(UInt32(truncatingIfNeeded: header.ts.tv_sec))
        packet.record.time = Timestamp(nanoseconds: seconds &* 1_000_000_000 &+ Int64(header.ts.tv_usec))
        packet.record.linkType = self.header.linkType
        packet.record.originalLength = Int(header.len)
        unsafe packet.bytes = UnsafeBufferPointer(start: data, count: Int(header.caplen))
        return true
    }

    /// Why the record at `offset` could not be read.
    private func fault() -> InputFault {
        if var fault = feed.fault {
            fault.offset = offset
            return fault
        }
        // A record is refused for what its header says before its bytes are asked for, so the end of the input was met
        // only where the record is cut.
        let code: CaptureError.Code = unsafe feof(stream) != 0 ? .truncated : .damaged
        return InputFault(code, at: offset, unsafe String(cString: pcap_geterr(handle)))
    }

    /// What the stream reads from. It keeps the source's fault, which C cannot carry.
    private final class Feed {
        private let source: Lookahead
        private(set) var fault: InputFault?

        init(_ source: Lookahead) {
            self.source = source
        }

        func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            do throws(InputFault) {
                return try unsafe source.read(into: buffer)
            } catch {
                fault = error
                return -1
            }
        }
    }
}
