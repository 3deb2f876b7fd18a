import CaptureForge
import CaptureModel
import TestBench

/// Segments of a few connections in few octets, so that a mutation changes what happens and not whether the packet can
/// be read. Each is a head of one octet, then what its bits announce, the control bits, the length and the payload.
struct Conversation {
    /// The bits of a segment's first octet; two more name one of four connections, two the time since the last segment.
    struct Head: OptionSet {
        let rawValue: Int
        static let fromServer = Head(rawValue: 1)
        /// The sequence number is not the next one; a signed octet says by how much.
        static let isOff = Head(rawValue: 2)
        /// The acknowledgement is not the latest one; a signed octet says by how much.
        static let acknowledgesOther = Head(rawValue: 4)
        /// An octet says how much of the end was not captured.
        static let isCut = Head(rawValue: 8)
    }

    /// Seconds since the last segment.
    static let pauses: [Double] = [0, 0.001, 1.5, 31]

    /// The capture file that an input stands for.
    static func capture(_ octets: [UInt8]) -> [UInt8] {
        var input = Input(octets)
        var conversation = Conversation()
        var frames: [Frame] = []
        while !input.isAtEnd { frames.append(conversation.frame(&input)) }
        return PcapWriter().octets(frames)
    }

    private var now: Int64 = 1_700_000_000_000_000_000
    /// The next sequence numbers, by connection and side.
    private(set) var next = [UInt32](repeating: 1_000, count: 8)

    /// The client's end of a connection, or the server's.
    static func endpoint(connection: Int, isServer: Bool) -> Endpoint {
        Endpoint(
            address: IPAddress(ipv4: isServer ? 0x0a00_0002 : 0x0a00_0001),
            port: isServer ? 80 : 40_000 + UInt16(connection))
    }

    private mutating func frame(_ input: inout Input) -> Frame {
        let first = input.octet()
        let head = Head(rawValue: first & 15)
        let (connection, isServer) = (first >> 4 & 3, head.contains(.fromServer))
        let side = connection * 2 + (isServer ? 1 : 0)
        now += Int64(Self.pauses[first >> 6] * 1e9)
        var sequence = next[side]
        if head.contains(.isOff) { sequence &+= signed(input.octet()) }
        var acknowledgement = next[side ^ 1]
        if head.contains(.acknowledgesOther) { acknowledgement &+= signed(input.octet()) }
        let missing = head.contains(.isCut) ? input.octet() : 0
        let flags = ForgedSegment.Flags(rawValue: UInt8(input.octet()))
        let segment = ForgedSegment(
            time: Timestamp(nanoseconds: now), source: Self.endpoint(connection: connection, isServer: isServer),
            destination: Self.endpoint(connection: connection, isServer: !isServer), sequence: sequence,
            acknowledgement: acknowledgement, flags: flags, payload: input.octets(input.word()))
        take(segment, side)
        let frame = Frame(segment)
        return missing > 0 ? frame.cut(to: frame.octets.count - missing) : frame
    }

    private mutating func take(_ segment: ForgedSegment, _ side: Int) {
        let end = segment.sequence &+ segment.sequenceLength
        if segment.flags.contains(.syn) || Int32(truncatingIfNeeded: end &- next[side]) > 0 { next[side] = end }
    }

    private func signed(_ octet: Int) -> UInt32 { UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: octet))) }
}
