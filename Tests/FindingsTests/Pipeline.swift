import CaptureForge
import CaptureModel
import Exchanges
import Findings
import StreamAssembly
import WireFormat

/// The exchanges of a forged capture, in the order in which they were told.
func exchanges(of capture: ForgedCapture) -> [Exchange] {
    var dissector = Dissector()
    var assembler = StreamAssembler(consumer: ExchangePairing(consumer: Collected()), seed: 1)
    for (index, frame) in capture.frames.enumerated() {
        let record = PacketRecord(
            time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
            originalLength: frame.originalLength)
        _ = dissector.dissect(record, frame.octets.span, into: &assembler)
    }
    assembler.finish()
    return assembler.consumer.consumer.exchanges
}

private struct Collected: ExchangeConsumer, ~Copyable {
    var exchanges: [Exchange] = []

    mutating func finished(_ exchange: consuming Exchange) { exchanges.append(exchange) }
    mutating func ended(connection id: Int, _ end: ConnectionEnd) {}
}
