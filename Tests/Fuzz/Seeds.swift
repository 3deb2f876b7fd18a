import CaptureForge
import CaptureInput
import CaptureModel
import TestBench
import WireFormat

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The inputs to begin with: of captures what each target takes, and a frame of each kind. A folder for each target.
struct Seeds {
    let folder: String

    /// Writes them. Of a long capture only the beginning is taken.
    func write(from captures: [String]) {
        for target in FuzzTarget.allCases { unsafe mkdir("\(folder)/\(target.rawValue)", 0o755) }
        for (number, sample) in Samples.all.enumerated() {
            put(.frame, "sample-\(number)", Self.frames(sample.type, [sample.frame]))
        }
        for (number, path) in captures.enumerated() { write(path, "\(number)") }
    }

    private func write(_ path: String, _ name: String) {
        var series = CaptureSeries(paths: [path])
        var (frames, types): ([Frame], [LinkType]) = ([], [])
        var dissector = Dissector()
        var talk = TalkRecorder()
        series.forEachPacket { record, bytes in
            let octets = bytes.indices.map { bytes[$0] }
            frames.append(Frame(time: record.time, octets: octets, originalLength: record.originalLength))
            types.append(record.linkType)
            _ = dissector.dissect(record, bytes, into: &talk)
            return frames.count < 120
        }
        let type = types.first ?? .ethernet
        let octets = PcapWriter(linkType: type).octets(frames)
        if octets.count < 16_000 { put(.capture, name, octets) }
        put(.capture, "\(name)-short", PcapWriter(linkType: type).octets(Array(frames.prefix(12))))
        put(.pcapng, name, PcapngWriter.octets(Array(frames.prefix(5))))
        if path.hasSuffix("pcapng"), let whole = try? FileOctets.read(path) {
            put(.pcapng, "\(name)-own", Array(whole.prefix(4_096)))
        }
        put(.frame, name, Self.frames(type, frames.prefix(8).map(\.octets)))
        put(.conversation, name, talk.octets)
        for (number, payload) in talk.payloads.enumerated() {
            let target: FuzzTarget = payload.starts(with: Array("HTTP/".utf8)) ? .response : .request
            put(target, "\(name)-\(number)", [UInt8(truncatingIfNeeded: number)] + payload)
            if target == .response {
                put(.body, "\(name)-\(number)", [UInt8(truncatingIfNeeded: number), 0] + content(payload))
            }
        }
    }

    private func put(_ target: FuzzTarget, _ name: String, _ octets: [UInt8]) {
        try? FileOctets.write(octets, to: "\(folder)/\(target.rawValue)/\(name)")
    }

    /// What stands behind the head.
    private func content(_ message: [UInt8]) -> [UInt8] {
        let end = message.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? 0
        return Array(message[end...])
    }

    /// The input of `runFrames`.
    private static func frames(_ type: LinkType, _ frames: [[UInt8]]) -> [UInt8] {
        big16(Int(type.rawValue)) + frames.flatMap { [0, 0] + big16($0.count) + $0 }
    }

    fileprivate static func big16(_ number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}

/// Writes the segments of a capture down as a `Conversation`.
private struct TalkRecorder: SegmentConsumer {
    private(set) var octets: [UInt8] = []
    /// Payloads that may begin with a head.
    private(set) var payloads: [[UInt8]] = []
    private var connections: [[Endpoint]] = []
    private var next: [UInt32?] = []

    mutating func consume(_ segment: borrowing TCPSegment, in bytes: Span<UInt8>, at place: StreamPlace) {
        let payload = segment.payload.map { bytes[$0] }
        if payloads.count < 30, payload.count > 14, payload.count < 2_000 { payloads.append(payload) }
        let ends = [segment.source, segment.destination]
        var connection = connections.firstIndex { $0 == ends || $0 == ends.reversed() }
        if connection == nil {
            connection = connections.count
            connections.append(ends)
            next += [nil, nil]
        }
        guard let connection, connection < 4, octets.count + payload.count < 4_000 else { return }
        let isServer = connections[connection] != ends
        let side = connection * 2 + (isServer ? 1 : 0)
        var head: Conversation.Head = isServer ? [.fromServer] : []
        let sequence = segment.sequence
        let expected = next[side] ?? sequence
        let off = Int32(truncatingIfNeeded: sequence &- expected)
        if off != 0 { head.insert(.isOff) }
        octets.append(UInt8(head.rawValue | connection << 4 | 1 << 6))
        if off != 0 { octets.append(UInt8(bitPattern: Int8(clamping: off))) }
        octets.append(segment.flags.rawValue)
        octets += Seeds.big16(payload.count) + payload
        let ending: TCPFlags = [.syn, .fin]
        let length = segment.payloadLength + (segment.flags.isDisjoint(with: ending) ? 0 : 1)
        if off >= 0 { next[side] = segment.sequence &+ UInt32(truncatingIfNeeded: length) }
    }
}
