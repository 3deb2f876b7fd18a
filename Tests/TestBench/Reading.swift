package import CaptureForge
package import CaptureModel
package import Exchanges
package import StreamAssembly
package import WireFormat

/// What became of a capture: its exchanges in the order in which they were told, and how the connections ended that
/// carried any.
package struct Reading: Sendable {
    package var exchanges: [Exchange]
    package var ends: [EndedConnection]
    package var counters: AssemblyCounters
}

/// The exchanges of a forged capture, in the order in which they were told: from its frames, all the way.
package func exchanges(of capture: ForgedCapture) -> [Exchange] {
    var dissector = Dissector()
    var reader = SegmentReader()
    for (index, frame) in capture.frames.enumerated() {
        let record = PacketRecord(
            time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
            originalLength: frame.originalLength)
        _ = dissector.dissect(record, frame.octets.span, into: &reader)
        reader.pass(record.place)
    }
    return reader.finish().exchanges
}

/// What becomes of a list of segments, without frames around them; of each payload at most `captured` octets were
/// captured.
package func read(_ segments: [ForgedSegment], captured: Int? = nil) -> Reading {
    var reader = SegmentReader()
    for segment in segments { reader.take(segment, captured: captured) }
    return reader.finish()
}

/// Segments in, exchanges out.
package struct SegmentReader: SegmentConsumer, ~Copyable {
    private var assembler: StreamAssembler
    private var pairing: ExchangePairing
    private var told: ContiguousArray<Exchange> = []
    private var exchanges: [Exchange] = []
    private var ends: [EndedConnection] = []
    private var last = StreamPlace(time: Timestamp(nanoseconds: .min), frame: 0, capture: 0)
    private var frames: UInt64 = 0

    package init(assembly: AssemblyLimits = AssemblyLimits(), limits: ExchangeLimits = ExchangeLimits()) {
        assembler = StreamAssembler(limits: assembly, seed: 1)
        pairing = ExchangePairing(limits: limits)
    }

    package mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        assembler.take(segment, in: octets, at: place, into: &pairing)
        if pairing.hasTold { takeTold() }
    }

    /// Takes the next packet; the capture holds `captured` octets of its payload at most.
    package mutating func take(_ segment: ForgedSegment, captured: Int? = nil) {
        frames += 1
        let place = StreamPlace(time: segment.time, frame: frames, capture: 0)
        consume(TCPSegment(segment, captured: captured), in: segment.payload.span, at: place)
        pass(place)
    }

    /// Notes that the capture went on until this packet.
    package mutating func pass(_ place: StreamPlace) {
        if place.time >= last.time { last = place }
    }

    /// What the assembler holds out of order now, in octets.
    package var heldOctets: Int { assembler.heldOctets }
    package var counters: AssemblyCounters { assembler.counters }

    /// The capture ends.
    package consuming func finish() -> Reading {
        while assembler.finishSome(at: last, into: &pairing) {}
        takeTold()
        return Reading(exchanges: exchanges, ends: ends, counters: assembler.counters)
    }

    private mutating func takeTold() {
        pairing.takeFinished(&told)
        exchanges += told
        var over: ContiguousArray<EndedConnection> = []
        pairing.takeEnded(&over)
        ends += over
    }
}

extension TCPSegment {
    /// What a dissector makes of a forged segment; of its payload at most `captured` octets were captured.
    package init(_ forged: ForgedSegment, captured: Int? = nil) {
        let length = forged.payload.count
        self.init(
            source: forged.source, destination: forged.destination, realm: 0, sequence: forged.sequence,
            acknowledgement: forged.acknowledgement, flags: TCPFlags(rawValue: forged.flags.rawValue),
            payloadLength: length, payload: 0..<min(length, captured ?? length))
    }
}
