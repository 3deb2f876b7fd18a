import CaptureModel

extension Cursor {
    /// Checks the TCP header at the cursor (RFC 9293 section 3.1). Fourteen octets tell all that a segment is, so that
    /// much of a cut packet is enough: 68 captured octets of an IPv6 packet hold no more.
    @inline(__always)
    func tcp(_ octets: Span<UInt8>) -> Layer {
        guard wireEnd - at >= 20 else { return .skip(.malformedTCP) }
        guard has(14) else { return .skip(.truncatedTCP) }
        let headerLength = Int(octets[at + 12] >> 4) * 4
        guard headerLength >= 20, headerLength <= wireEnd - at else { return .skip(.malformedTCP) }
        return .segment
    }

    /// The segment whose header `tcp` has checked.
    @inline(__always)
    func segment(_ octets: Span<UInt8>) -> TCPSegment {
        let payload = at + Int(octets[at + 12] >> 4) * 4
        return TCPSegment(
            source: Endpoint(address: source, port: octets.big16(at)),
            destination: Endpoint(address: destination, port: octets.big16(at + 2)),
            realm: realm, sequence: octets.big32(at + 4), acknowledgement: octets.big32(at + 8),
            flags: TCPFlags(rawValue: octets[at + 13]), payloadLength: wireEnd - payload,
            payload: min(payload, end)..<end)
    }

    /// True when the whole segment was captured and its checksum (RFC 9293 section 3.1) is wrong.
    func hasBadChecksum(_ octets: Span<UInt8>) -> Bool {
        guard end == wireEnd else { return false }
        var sum = InternetChecksum()
        sum.add(source)
        sum.add(destination)
        sum.add(UInt64(end - at))
        sum.add(6)
        sum.add(octets, at..<end)
        return sum.folded != 0xffff
    }
}
