package import CaptureModel

/// One TCP segment that shall stand in a capture (RFC 9293 section 3.1).
///
/// The forge knows nothing of the rooms that read captures, on purpose: it is the other opinion in their tests.
package struct ForgedSegment: Hashable, Sendable {
    package var time: Timestamp
    package var source: Endpoint
    package var destination: Endpoint
    package var sequence: UInt32
    package var acknowledgement: UInt32
    package var flags: Flags
    package var payload: [UInt8]

    package init(
        time: Timestamp, source: Endpoint, destination: Endpoint, sequence: UInt32, acknowledgement: UInt32,
        flags: Flags, payload: [UInt8] = []
    ) {
        self.time = time
        self.source = source
        self.destination = destination
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.payload = payload
    }

    /// The control bits, as they stand in the header.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let fin = Flags(rawValue: 0x01)
        package static let syn = Flags(rawValue: 0x02)
        package static let rst = Flags(rawValue: 0x04)
        package static let psh = Flags(rawValue: 0x08)
        package static let ack = Flags(rawValue: 0x10)
    }

    /// What the segment takes of the sequence space: its payload, and one each for SYN and FIN.
    package var sequenceLength: UInt32 {
        UInt32(truncatingIfNeeded: payload.count) &+ (flags.contains(.syn) ? 1 : 0) &+ (flags.contains(.fin) ? 1 : 0)
    }

    /// A bare ACK on a connection of its own: traffic that is none of ours.
    package static func bystander(at time: Timestamp) -> ForgedSegment {
        ForgedSegment(
            time: time, source: Endpoint(address: IPAddress(ipv4: 0x0a00_0063), port: 50_000),
            destination: Endpoint(address: IPAddress(ipv4: 0x0a00_0064), port: 9_999), sequence: 1,
            acknowledgement: 1, flags: [.ack])
    }

    /// Whether it travels in the direction that `other` travels in, on the same connection.
    package func isSameWay(as other: ForgedSegment) -> Bool {
        source == other.source && destination == other.destination
    }
}
