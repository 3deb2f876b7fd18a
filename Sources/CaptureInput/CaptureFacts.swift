package import CaptureModel

/// What was seen of a capture so far.
package struct CaptureFacts: Sendable, Equatable {
    /// The most kinds of frames that are listed; a forged file could name thousands.
    package static let mostLinkTypes = 64

    /// The format of the file.
    package var format: CaptureFormat
    /// The kinds of frames in order of appearance, each once, `mostLinkTypes` at most.
    package private(set) var linkTypes: [LinkType]
    /// Packets of the file, those that the filter left out among them.
    package private(set) var packets: UInt64 = 0
    /// Octets of those packets on the wire.
    package private(set) var bytes: UInt64 = 0
    /// Packets that the filter left out.
    package var filteredOut: UInt64 = 0
    /// What it holds beside packets.
    package internal(set) var notes = CaptureNotes()
    private var earliest = Int64.max
    private var latest = Int64.min

    /// The time of the earliest packet, which need not be the first; nil before any.
    package var first: Timestamp? { packets == 0 ? nil : Timestamp(nanoseconds: earliest) }
    /// The time of the latest packet, which need not be the last; nil before any.
    package var last: Timestamp? { packets == 0 ? nil : Timestamp(nanoseconds: latest) }

    package init(format: CaptureFormat, linkTypes: [LinkType] = []) {
        self.format = format
        self.linkTypes = linkTypes
    }

    /// Counts one more packet.
    @inline(__always)
    package mutating func count(_ packet: PacketRecord) {
        packets &+= 1
        bytes &+= UInt64(packet.originalLength)
        earliest = min(earliest, packet.time.nanoseconds)
        latest = max(latest, packet.time.nanoseconds)
    }

    /// Lists a kind of frames, once.
    mutating func list(_ linkType: LinkType) {
        if linkTypes.count < Self.mostLinkTypes, !linkTypes.contains(linkType) { linkTypes.append(linkType) }
    }
}

/// What came of one capture: its facts, and whether all of it could be read.
package struct CaptureOutcome: Sendable, Equatable {
    /// Whether all of a capture was read.
    package enum Status: String, Sendable {
        /// To its end.
        case complete
        /// Up to a cut, a damaged place or a failure of the system.
        case truncated
        /// Nothing of it.
        case unreadable
    }

    /// The path as given.
    package var path: String
    /// What was seen; nil where the format was not recognised.
    package var facts: CaptureFacts?
    /// Why not all of it was read; nil when it was.
    package var error: CaptureError?

    package init(path: String, facts: CaptureFacts? = nil, error: CaptureError? = nil) {
        self.path = path
        self.facts = facts
        self.error = error
    }

    /// Whether all of it was read.
    package var status: Status {
        switch error?.code {
        case nil: .complete
        case .truncated: .truncated
        case .damaged, .readFailed, .unsupportedVersion, .deviceGone: facts?.packets ?? 0 > 0 ? .truncated : .unreadable
        default: .unreadable
        }
    }
}
