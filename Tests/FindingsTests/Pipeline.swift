import CaptureForge
import CaptureModel
import Exchanges
import StreamAssembly
import WireFormat

/// The exchanges of a forged capture, in the order in which they were told.
func exchanges(of capture: ForgedCapture) -> [Exchange] {
    var dissector = Dissector()
    var pipeline = Pipeline()
    var last = StreamPlace(time: Timestamp(nanoseconds: .min), frame: 0, capture: 0)
    for (index, frame) in capture.frames.enumerated() {
        let record = PacketRecord(
            time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
            originalLength: frame.originalLength)
        _ = dissector.dissect(record, frame.octets.span, into: &pipeline)
        if record.time >= last.time { last = record.place }
    }
    return pipeline.finish(at: last)
}

/// Segments in, exchanges out.
private struct Pipeline: SegmentConsumer, ~Copyable {
    private var assembler = StreamAssembler(seed: 1)
    private var pairing = ExchangePairing()

    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        assembler.take(segment, in: octets, at: place, into: &pairing)
    }

    mutating func finish(at place: StreamPlace) -> [Exchange] {
        assembler.finish(at: place, into: &pairing)
        var exchanges: ContiguousArray<Exchange> = []
        pairing.takeFinished(&exchanges)
        return Array(exchanges)
    }
}
