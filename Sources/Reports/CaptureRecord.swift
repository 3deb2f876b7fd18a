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

/// What the system counted while packets were taken from a device.
package struct DeviceCounts: Sendable, Equatable {
    /// Packets that the filter let through, the dropped ones included.
    package var received: Int
    /// Dropped because the buffer between the kernel and this program was full.
    package var droppedByKernel: Int
    /// Dropped by the interface or its driver.
    package var droppedByInterface: Int

    package init(received: Int, droppedByKernel: Int, droppedByInterface: Int) {
        self.received = received
        self.droppedByKernel = droppedByKernel
        self.droppedByInterface = droppedByInterface
    }

    /// `received by the kernel 12, dropped by it 0, by the interface 0`.
    package var sentence: String {
        "received by the kernel \(received), dropped by it \(droppedByKernel), by the interface \(droppedByInterface)"
    }
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
    /// What the system counted, where packets came from a device.
    package var device: DeviceCounts?

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
