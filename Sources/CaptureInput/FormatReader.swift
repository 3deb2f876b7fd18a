import CaptureModel

/// The reader that fits an input's first bytes: one of the three.
struct FormatReader: ~Copyable {
    let format: CaptureFormat
    /// The kind of all frames, where the file header says it.
    let linkType: LinkType?
    /// Whether the same packets can be had by opening the path again: not those of a pipe.
    let canReopen: Bool
    private var savefile: SavefileReader?
    private var oldSavefile: OldSavefileReader?
    private var pcapng: PcapngReader?

    /// The container that the capture is unpacked from, where it is; the decoder takes memory while the reader is open.
    let container: Compression?

    /// Opens the input at `path` and recognises its format.
    init(path: String, bufferSize: Int) throws(InputFault) {
        let descriptor = try DescriptorSource(path: path)
        let packed = Lookahead(descriptor)
        let container = try Compression(packed)
        let source = if let container { Lookahead(try Unpacking(packed, container)) } else { packed }
        var linkType: LinkType?
        var savefile: SavefileReader?
        var oldSavefile: OldSavefileReader?
        var pcapng: PcapngReader?
        switch try Recognised(source, inside: container) {
        case .pcap(let header):
            linkType = header.linkType
            if header.isCurrent {
                savefile = try SavefileReader(source, header: header, bufferSize: bufferSize)
            } else {
                oldSavefile = try OldSavefileReader(source, header: header, bufferSize: bufferSize)
            }
        case .pcapng: pcapng = PcapngReader(source, bufferSize: bufferSize)
        }
        self.container = container
        self.linkType = linkType
        canReopen = descriptor.canReopen
        format = linkType == nil ? .pcapng : .pcap
        self.savefile = consume savefile
        self.oldSavefile = consume oldSavefile
        self.pcapng = consume pcapng
    }

    /// What was met so far beside packets; nothing in a classic capture, which has no place for it.
    var notes: CaptureNotes {
        switch pcapng {
        case .some(let reader): reader.notes
        case nil: CaptureNotes()
        }
    }

    /// Goes to the next packet; false at an end that is no cut. After a fault there is nothing more to be had.
    @inline(__always)
    mutating func next(_ packet: inout LentPacket) throws(InputFault) -> Bool {
        if let isThere = try savefile?.next(&packet) { return isThere }
        if let isThere = try pcapng?.next(&packet) { return isThere }
        return try oldSavefile?.next(&packet) ?? false
    }
}
