import CaptureModel

/// The one's complement sum of the Internet protocols (RFC 1071).
struct InternetChecksum {
    /// The sum so far. 64 bits hold the 16-bit words of any packet without overflow.
    private var total: UInt64 = 0

    /// The sum in 16 bits; 0xffff over octets that hold their right checksum.
    var folded: UInt16 {
        var sum = total
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return UInt16(sum)
    }

    /// Adds a number as 16-bit words.
    mutating func add(_ number: UInt64) {
        total &+= (number & 0xffff) + (number >> 16 & 0xffff) + (number >> 32 & 0xffff) + number >> 48
    }

    /// Adds an address, as a pseudo-header holds it.
    mutating func add(_ address: IPAddress) {
        add(address.high)
        add(address.low)
    }

    /// Adds octets; an odd last one counts as a word with a zero after it.
    mutating func add(_ octets: Span<UInt8>, _ range: Range<Int>) {
        var at = range.lowerBound
        while at + 1 < range.upperBound {
            total &+= UInt64(octets.big16(at))
            at += 2
        }
        if at < range.upperBound { total &+= UInt64(octets[at]) << 8 }
    }
}
