import CaptureModel

/// One open capture: goes from packet to packet, numbers and counts them, and passes over those that the filter does
/// not ask for.
struct CaptureFile: ~Copyable {
    /// The most octets that are read from the system at a time. Measured for a capture in the page cache, the count of
    /// its packets in user and system time: 57 ms with 16 KiB, 46 with 128, 44 with 256 and with 1,024.
    static let defaultBufferSize = 256 << 10

    private let path: String
    private let capture: UInt32
    /// What was seen so far; all of it once `advance` has returned false or thrown.
    var facts: CaptureFacts {
        var facts = counted
        facts.notes = reader.notes
        return facts
    }
    /// The facts without the notes.
    private var counted: CaptureFacts
    /// The file's first packet, which has been read ahead, whether or not the filter asks for it; nil when there is
    /// none that can be read.
    let firstPacketTime: Timestamp?
    /// Whether the same packets can be had by opening the path again: not those of a pipe.
    var canReopen: Bool { reader.canReopen }
    /// Whether it takes no more than a buffer while it is open: it is not unpacked.
    var isCheap: Bool { reader.container == nil }

    private var reader: FormatReader
    private var packetAhead = LentPacket()
    private var ahead: Result<Bool, InputFault>?
    private var isAtEnd = false

    private let filter: CaptureFilter?
    /// The filter for the kind of frames that came last.
    private var program: FilterProgram?
    private var lastLinkType: LinkType?
    /// Whether the filter could be applied to some packet of the file.
    private var filterFits = false

    /// Opens the capture at `path`, `-` for standard input, and reads as far as its first packet. `capture` goes into
    /// every record.
    init(
        path: String, capture: UInt32, filter: CaptureFilter?, bufferSize: Int = defaultBufferSize
    ) throws(CaptureError) {
        var reader = try Self.openReader(path: path, filter: filter, bufferSize: bufferSize)
        let ahead: Result<Bool, InputFault>
        do throws(InputFault) {
            ahead = .success(try reader.next(&packetAhead))
        } catch {
            ahead = .failure(error)
        }
        firstPacketTime = try? ahead.get() ? packetAhead.record.time : nil
        counted = CaptureFacts(format: reader.format, linkTypes: reader.linkType.map { [$0] } ?? [])
        self.path = path
        self.capture = capture
        self.filter = filter
        self.ahead = ahead
        self.reader = reader
    }

    /// Makes `packet` the next one that the filter asks for; false at the end of the file. Throws once where the file is
    /// cut or damaged, when all packets before that place have been given, and returns false from then on. A packet that
    /// is left out keeps its number and counts in the facts.
    mutating func advance(to packet: inout LentPacket) throws(CaptureError) -> Bool {
        do throws(InputFault) {
            while try read(&packet) {
                counted.count(packet.record)
                if packet.record.linkType.rawValue != lastLinkType?.rawValue { meet(packet.record.linkType) }
                if let program, !program.matches(packet) {
                    counted.filteredOut &+= 1
                    continue
                }
                packet.record.frame = counted.packets
                packet.record.capture = capture
                return true
            }
        } catch {
            isAtEnd = true
            throw error.error(file: path, packet: counted.packets + 1)
        }
        isAtEnd = true
        if !filterFits, let lastLinkType, let problem = program?.problem {
            filterFits = true  // said once
            throw Self.misfit(lastLinkType, problem).error(file: path)
        }
        return false
    }

    @inline(__always)
    private mutating func read(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        guard let ahead else { return isAtEnd ? false : try reader.next(&packet) }
        self.ahead = nil
        packet = packetAhead
        return try ahead.get()
    }

    /// Makes ready for packets of another kind.
    private mutating func meet(_ linkType: LinkType) {
        lastLinkType = linkType
        counted.list(linkType)
        program = filter?.program(for: linkType)
        if program?.problem == nil { filterFits = true }
    }

    private static func openReader(
        path: String, filter: CaptureFilter?, bufferSize: Int
    ) throws(CaptureError) -> FormatReader {
        do throws(InputFault) {
            let reader = try FormatReader(path: path, bufferSize: bufferSize)
            if let linkType = reader.linkType, let problem = filter?.program(for: linkType).problem {
                throw misfit(linkType, problem)
            }
            return reader
        } catch {
            throw error.error(file: path)
        }
    }

    private static func misfit(_ linkType: LinkType, _ problem: String) -> InputFault {
        InputFault(.filterUnsupported, "the filter cannot be applied to \(linkType.name) frames: \(problem)")
    }
}
