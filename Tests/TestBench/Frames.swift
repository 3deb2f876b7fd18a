package import CaptureModel

/// Builds frames from the inside out, as plain octets: `ethernet(ipv4(tcp("GET /")))`.
package enum Frames {
    package static let client = IPAddress(ipv4: 0x0a09_0301)
    package static let server = IPAddress(ipv4: 0x0a09_0302)
    package static let client6 = IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 1)
    package static let server6 = IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 2)

    package static func big16(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
    package static func big32(_ number: Int) -> [UInt8] { big16(number >> 16) + big16(number) }
    package static func little16(_ number: Int) -> [UInt8] { big16(number).reversed() }
    package static func little32(_ number: Int) -> [UInt8] { big32(number).reversed() }
    package static func bytes(_ address: IPAddress) -> [UInt8] {
        let halves = address.isIPv6 ? [address.high, address.low] : [address.low << 32]
        let octets = halves.flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) } }
        return Array(octets.prefix(address.isIPv6 ? 16 : 4))
    }

    /// A TCP header from port 40472 to 8080, then `payload`.
    package static func tcp(
        _ payload: String = "GET / HTTP/1.1\r\n", sequence: Int = 0x0102_0304, flags: UInt8 = 0x18,
        options: [UInt8] = [], checksum: Int = 0
    ) -> [UInt8] {
        big16(40472) + big16(8080) + big32(sequence) + big32(0x0506_0708)
            + [UInt8((20 + options.count) * 4), flags] + big16(502) + big16(checksum) + big16(0)
            + options + Array(payload.utf8)
    }

    /// An IPv4 header with a right checksum, then `payload`.
    package static func ipv4(
        _ payload: [UInt8], protocol number: UInt8 = 6, length: Int? = nil, fragment: Int = 0,
        identification: Int = 7, options: [UInt8] = []
    ) -> [UInt8] {
        let size = 20 + options.count
        var header: [UInt8] = [0x40 | UInt8(size / 4), 0]
        header += big16(length ?? size + payload.count) + big16(identification) + big16(fragment) + [64, number, 0, 0]
        header += bytes(client) + bytes(server) + options
        let sum = onesComplement(header)
        header.replaceSubrange(10..<12, with: big16(Int(~sum)))
        return header + payload
    }

    /// An IPv6 header, then `payload`.
    package static func ipv6(_ payload: [UInt8], next: UInt8 = 6, length: Int? = nil) -> [UInt8] {
        [0x60, 0, 0, 0] + big16(length ?? payload.count) + [next, 64] + bytes(client6) + bytes(server6) + payload
    }

    package static func ethernet(_ payload: [UInt8], type: Int = 0x0800) -> [UInt8] {
        [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1] + big16(type) + payload
    }

    package static func udp(_ payload: [UInt8], to port: Int, from source: Int = 50000) -> [UInt8] {
        big16(source) + big16(port) + big16(8 + payload.count) + big16(0) + payload
    }

    package static func onesComplement(_ octets: [UInt8]) -> UInt16 {
        var sum = 0
        for (at, octet) in octets.enumerated() { sum += at % 2 == 0 ? Int(octet) << 8 : Int(octet) }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return UInt16(sum)
    }
}
