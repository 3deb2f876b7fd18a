import CaptureModel
import Testing

@testable import WireFormat

/// Keeps the segments that a dissector hands over, with their payload.
struct Collector: SegmentConsumer {
    var segments: [TCPSegment] = []
    var payloads: [String] = []
    var places: [StreamPlace] = []

    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        segments.append(copy segment)
        payloads.append(String(decoding: segment.payload.map { octets[$0] }, as: UTF8.self))
        places.append(place)
    }
}

/// A dissector with a collector behind it.
struct Bench: ~Copyable {
    var dissector: Dissector
    var collector = Collector()
    var frames: UInt64 = 0

    init(limits: DissectionLimits = .init(), verifyChecksums: Bool = false) {
        dissector = Dissector(limits: limits, verifyChecksums: verifyChecksums)
    }

    /// Dissects one frame, `seconds` into the capture.
    @discardableResult
    mutating func dissect(
        _ frame: [UInt8], _ type: LinkType = .ethernet, onWire: Int? = nil, seconds: Int64 = 0
    ) -> SkipReason? {
        frames += 1
        let record = PacketRecord(
            time: Timestamp(seconds: seconds, nanoseconds: 0), frame: frames, capture: 0, linkType: type,
            originalLength: onWire ?? frame.count)
        return dissector.dissect(record, frame.span, into: &collector)
    }
}

/// What becomes of one frame alone.
func dissect(
    _ frame: [UInt8], _ type: LinkType = .ethernet, onWire: Int? = nil, verifyChecksums: Bool = false
) -> (skipped: SkipReason?, segments: [TCPSegment], payloads: [String]) {
    var bench = Bench(verifyChecksums: verifyChecksums)
    let reason = bench.dissect(frame, type, onWire: onWire)
    return (reason, bench.collector.segments, bench.collector.payloads)
}

/// Numbers that a printed seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
