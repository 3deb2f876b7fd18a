package import CaptureModel

/// How far a capture file could be read.
package enum CaptureStatus: String, Sendable, CaseIterable {
    /// To its end.
    case complete
    /// Up to a cut or to damage; what came before it is reported.
    case truncated
    /// Not at all.
    case unreadable
}

/// What a report says of one capture file.
package struct CaptureRecord: Sendable {
    /// The file as it was given; reports show it as `CaptureNames` says.
    package var file: String
    /// `pcap`, `pcapng`, …; `nil` where it is none that is known.
    package var format: String?
    /// Names of its link types, in the order of their first packet.
    package var linkTypes: [String]
    /// Packets read.
    package var packets: Int
    /// Octets of these packets on the wire.
    package var bytes: Int
    /// The earliest packet; `nil` without one.
    package var firstPacket: Timestamp?
    /// The latest packet; `nil` without one.
    package var lastPacket: Timestamp?
    package var status: CaptureStatus
    /// Why the status is not `complete`, in a sentence.
    package var error: String?
    /// Packets that carried no TCP segment, by reason, and reasons of damage. Reports sort them by name.
    package var skipped: [(reason: String, count: Int)]
    /// The numbers of this capture alone.
    package var summary: Summary

    package init(
        file: String, format: String?, linkTypes: [String], packets: Int, bytes: Int, firstPacket: Timestamp?,
        lastPacket: Timestamp?, status: CaptureStatus, error: String?, skipped: [(reason: String, count: Int)],
        summary: Summary
    ) {
        self.file = file
        self.format = format
        self.linkTypes = linkTypes
        self.packets = packets
        self.bytes = bytes
        self.firstPacket = firstPacket
        self.lastPacket = lastPacket
        self.status = status
        self.error = error
        self.skipped = skipped
        self.summary = summary
    }

    /// `skipped` in the order of its names.
    var skippedByName: [(reason: String, count: Int)] {
        skipped.sorted { $0.reason.utf8.lexicographicallyPrecedes($1.reason.utf8) }
    }
}
