import CaptureModel
import WireFormat

/// Frames of one link type: its number, then for each frame how many octets of it were not captured, how many seconds
/// after the last one it came, its captured length, and its octets.
///
/// Numbers that no link type has stand for one that can be read, so that no input is for nothing.
func runFrames(_ octets: [UInt8]) {
    var input = Input(octets)
    let number = UInt16(truncatingIfNeeded: input.word())
    let type =
        LinkLayers.canRead(LinkType(rawValue: number)) ? number : readable[Int(number) % readable.count].rawValue
    var dissector = Dissector(verifyChecksums: number & 0x8000 != 0)
    var checker = SegmentChecker()
    var (frame, seconds): (UInt64, Int64) = (0, 0)
    while !input.isAtEnd {
        let missing = input.octet()
        seconds += Int64(input.octet())
        let captured = input.octets(input.word())
        frame += 1
        let record = PacketRecord(
            time: Timestamp(seconds: seconds, nanoseconds: 0), frame: frame, capture: 0,
            linkType: LinkType(rawValue: type), originalLength: captured.count + missing)
        _ = dissector.dissect(record, captured.span, into: &checker)
    }
}

/// The link types that can be read.
private let readable = (0...UInt16(300)).map { LinkType(rawValue: $0) }.filter { LinkLayers.canRead($0) }

/// Holds that a segment's payload lies within the octets that are lent with it.
private struct SegmentChecker: SegmentConsumer {
    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        let (payload, length) = (segment.payload, segment.payloadLength)
        precondition(payload.lowerBound >= 0 && payload.upperBound <= octets.count && payload.count <= length)
    }
}
