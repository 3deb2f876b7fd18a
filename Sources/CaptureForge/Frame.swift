package import CaptureModel

/// One packet as a capture file holds it.
package struct Frame: Hashable, Sendable {
    package var time: Timestamp
    /// The captured octets.
    package var octets: [UInt8]
    /// Octets on the wire; more than `octets` where the capture cut the packet.
    package var originalLength: Int

    package init(time: Timestamp, octets: [UInt8], originalLength: Int? = nil) {
        self.time = time
        self.octets = octets
        self.originalLength = originalLength ?? octets.count
    }

    /// An Ethernet frame with an IPv4 or IPv6 packet (by the source's address) that carries the segment, checksums
    /// right. Frames shorter than `minimumLength` are padded behind the IP packet (IEEE 802.3 pads to 60 octets; a
    /// capture on the sending host shows no padding).
    package init(_ segment: ForgedSegment, minimumLength: Int = 0) {
        let (source, destination) = (segment.source.address, segment.destination.address)
        var tcp: [UInt8] = []
        tcp.big(segment.source.port)
        tcp.big(segment.destination.port)
        tcp.big(segment.sequence)
        tcp.big(segment.acknowledgement)
        tcp += [5 << 4, segment.flags.rawValue]
        tcp.big(UInt16(64_240))  // window
        tcp += [0, 0, 0, 0]  // checksum, urgent pointer
        tcp += segment.payload
        let length = UInt32(truncatingIfNeeded: tcp.count)
        let sum = internetChecksum(pseudoHeader(source, destination, length: length) + tcp)
        tcp[16] = UInt8(sum >> 8)
        tcp[17] = UInt8(sum & 255)

        var octets: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
        octets.big(source.isIPv6 ? UInt16(0x86dd) : 0x0800)
        octets += ipHeader(source, destination, payloadLength: tcp.count) + tcp
        octets += [UInt8](repeating: 0, count: max(0, minimumLength - octets.count))
        self.init(time: segment.time, octets: octets)
    }

    /// The frame as a capture with this snap length holds it.
    package func cut(to snaplen: Int) -> Frame {
        Frame(time: time, octets: Array(octets.prefix(max(0, snaplen))), originalLength: originalLength)
    }
}

private let protocolOfTCP: UInt8 = 6

/// An IPv4 header without options (RFC 791 section 3.1), or an IPv6 header (RFC 8200 section 3).
private func ipHeader(_ source: IPAddress, _ destination: IPAddress, payloadLength: Int) -> [UInt8] {
    var header: [UInt8] = []
    if source.isIPv6 {
        header += [0x60, 0, 0, 0]
        header.big(UInt16(truncatingIfNeeded: payloadLength))
        header += [protocolOfTCP, 64] + source.octets + destination.octets
        return header
    }
    header += [0x45, 0]
    header.big(UInt16(truncatingIfNeeded: 20 + payloadLength))
    header += [0, 1, 0x40, 0, 64, protocolOfTCP, 0, 0]  // identification, don't fragment, time to live, checksum
    header += source.octets + destination.octets
    let sum = internetChecksum(header)
    header[10] = UInt8(sum >> 8)
    header[11] = UInt8(sum & 255)
    return header
}

/// What the checksum of TCP covers beside the segment (RFC 9293 section 3.1, RFC 8200 section 8.1).
private func pseudoHeader(_ source: IPAddress, _ destination: IPAddress, length: UInt32) -> [UInt8] {
    var header = source.octets + destination.octets
    header.big(length)
    header.big(UInt32(protocolOfTCP))
    return header
}

/// The Internet checksum (RFC 1071).
private func internetChecksum(_ octets: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for at in stride(from: 0, to: octets.count, by: 2) {
        sum += UInt32(octets[at]) << 8 | (at + 1 < octets.count ? UInt32(octets[at + 1]) : 0)
        sum = (sum & 0xffff) + (sum >> 16)
    }
    return ~UInt16(truncatingIfNeeded: sum)
}

extension IPAddress {
    /// The 4 or 16 octets, most significant first.
    fileprivate var octets: [UInt8] {
        var octets: [UInt8] = []
        if isIPv6 {
            octets.big(high)
            octets.big(low)
        } else {
            octets.big(UInt32(truncatingIfNeeded: low))
        }
        return octets
    }
}

extension [UInt8] {
    /// Appends a number, most significant octet first.
    mutating func big(_ number: some FixedWidthInteger) {
        append(number, bigEndian: true)
    }

    /// Appends a number in the byte order asked for.
    mutating func append<Number: FixedWidthInteger>(_ number: Number, bigEndian: Bool) {
        let width = Number.bitWidth / 8
        for at in 0..<width {
            append(UInt8(truncatingIfNeeded: number >> Number(8 * (bigEndian ? width - 1 - at : at))))
        }
    }
}
