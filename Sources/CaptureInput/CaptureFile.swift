package import CaptureModel

/// One capture file, or standard input, read packet by packet from the front to the end.
package final class CaptureFile {
    private let path: String
    private let capture: UInt32
    private let filter: CaptureFilter?
    private let reader: any PacketReader
    private var packet: CapturedPacket?
    /// Whether the same packets can be had by opening the path again.
    let canReopen: Bool
    /// What was read so far.
    package private(set) var facts: CaptureFacts

    /// Octets read at once. libpcap's own 4 KiB spend more time in the system than in libpcap.
    private static let bufferSize = 256 << 10

    /// Opens the capture at `path`, `-` being standard input; its packets are those of input `capture`, from 0.
    package init(path: String, capture: UInt32, filter: CaptureFilter?) throws(CaptureError) {
        self.path = path
        self.capture = capture
        self.filter = filter
        do throws(InputFault) {
            let descriptor = try DescriptorSource(path: path)
            canReopen = descriptor.canReopen
            let source = Lookahead(descriptor)
            switch try Recognised(source) {
            case .pcap(let header):
                facts = CaptureFacts(format: .pcap)
                facts.linkTypes = [header.linkType]
                reader = try SavefileReader(source, header: header, bufferSize: Self.bufferSize)
            case .pcapng:
                facts = CaptureFacts(format: .pcapng)
                reader = PcapngReader(source, bufferSize: Self.bufferSize)
            }
        } catch {
            throw error.error(file: path)
        }
    }

    /// Goes on to the next packet that the filter lets through; false at the end of the file. Throws where the file is
    /// cut or damaged, after all before it was given out; then there is nothing more.
    package func advance() throws(CaptureError) -> Bool {
        do throws(InputFault) {
            while true {
                guard let next = try reader.next() else {
                    packet = nil
                    return false
                }
                facts.count(next)
                if let filter, try !filter.accepts(next) {
                    facts.filteredOut += 1
                    continue
                }
                packet = next
                return true
            }
        } catch {
            packet = nil
            throw error.error(file: path, packet: UInt64(facts.packets) + 1)
        }
    }

    /// Lends the current packet: what the file says of it, and its bytes.
    func withPacket(_ body: (PacketRecord, Span<UInt8>) -> Void) {
        guard let packet else { return }
        let record = PacketRecord(
            time: packet.time, frame: UInt64(facts.packets), capture: capture, linkType: packet.linkType,
            originalLength: packet.originalLength)
        // The reader keeps the bytes in place until it is asked for the next packet.
        body(record, unsafe packet.bytes.span)
    }

    /// The current packet's time; nil when there is none.
    var time: Timestamp? { packet?.time }
}

/// What a capture file turned out to hold.
package struct CaptureFacts: Sendable {
    package var format: CaptureFormat
    /// The kinds of its frames, in the order of their first packet; a classic capture's one kind from the beginning.
    package var linkTypes: [LinkType] = []
    /// Packets in it, those that the filter left out among them.
    package var packets = 0
    /// Octets of these packets on the wire.
    package var bytes = 0
    /// The earliest and the latest packet; `nil` without one.
    package var first: Timestamp?
    package var last: Timestamp?
    /// Packets that the filter left out.
    package var filteredOut = 0

    init(format: CaptureFormat) {
        self.format = format
    }

    mutating func count(_ packet: CapturedPacket) {
        packets += 1
        bytes &+= packet.originalLength
        if linkTypes.last != packet.linkType, !linkTypes.contains(packet.linkType) { linkTypes.append(packet.linkType) }
        guard let first, let last else {
            (self.first, self.last) = (packet.time, packet.time)
            return
        }
        if packet.time < first { self.first = packet.time }
        if packet.time > last { self.last = packet.time }
    }
}
