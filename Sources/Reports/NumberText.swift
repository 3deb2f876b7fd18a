import CaptureModel

/// Numbers, times and addresses as text, written by hand: no string is made of them on the way.
extension OctetBuffer {
    /// A decimal integer.
    mutating func decimal(_ value: UInt64) {
        var (length, bound) = (1, UInt64(10))
        while length < 20, value >= bound {
            length += 1
            bound &*= 10  // wraps with the twentieth, when it is needed no more
        }
        digits(value, count: length)
    }

    /// A decimal integer with its sign.
    mutating func decimal(_ value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        decimal(UInt64(value.magnitude))
    }

    /// Nanoseconds as milliseconds, with one to six decimals and no zero after the first: `2009.1`, `0.0`, `-3.25`.
    mutating func milliseconds(_ nanoseconds: Int64) {
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        decimal(nanoseconds.magnitude / 1_000_000)
        append(UInt8(ascii: "."))
        var (fraction, count) = (nanoseconds.magnitude % 1_000_000, 6)
        while count > 1, fraction % 10 == 0 {
            fraction /= 10
            count -= 1
        }
        digits(fraction, count: count)
    }

    /// A moment as RFC 3339 writes it, in UTC with nine decimals. 64 bits of nanoseconds stay within the years
    /// 1677 to 2262, so four digits are always enough.
    mutating func time(_ moment: Timestamp) {
        date(moment)
        append(UInt8(ascii: "T"))
        clock(moment, decimals: 9)
        append(UInt8(ascii: "Z"))
    }

    /// The date of a moment in UTC: `2026-11-23`.
    mutating func date(_ moment: Timestamp) {
        // Days to a civil date, in eras of 400 years that begin on a 1 March (Hinnant, "chrono-compatible low-level
        // date algorithms"). The offset makes every day of the range positive.
        let day = moment.day + 719_468
        let era = day / 146_097
        let dayOfEra = day % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        digits(UInt64(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), count: 4)
        append(UInt8(ascii: "-"))
        digits(UInt64(month), count: 2)
        append(UInt8(ascii: "-"))
        digits(UInt64(dayOfYear - (153 * shifted + 2) / 5 + 1), count: 2)
    }

    /// The time of the day of a moment in UTC, cut (not rounded) after 1 to 9 decimals: `11:30:09.567`.
    mutating func clock(_ moment: Timestamp, decimals: Int) {
        // Wrapping: the product may lie below Int64.min on its first day, the difference is in range again.
        let inDay = UInt64(moment.nanoseconds &- moment.day &* nanosecondsOfDay)
        digits(inDay / 3_600_000_000_000, count: 2)
        append(UInt8(ascii: ":"))
        digits(inDay / 60_000_000_000 % 60, count: 2)
        append(UInt8(ascii: ":"))
        digits(inDay / 1_000_000_000 % 60, count: 2)
        append(UInt8(ascii: "."))
        var fraction = inDay % 1_000_000_000
        for _ in decimals..<9 { fraction /= 10 }
        digits(fraction, count: decimals)
    }

    /// An address, without a port.
    mutating func address(_ address: IPAddress) {
        guard !address.isIPv6 else { return address.spell { append($0) } }
        // Nearly all addresses of a report, and octet by octet they would cost much of it.
        for place in 0..<4 {
            if place > 0 { append(UInt8(ascii: ".")) }
            decimal(address.low >> UInt64(24 - 8 * place) & 255)
        }
    }

    /// An address and its port: `10.9.3.1:40472`, `[fd09:3::1]:40472`.
    mutating func endpoint(_ endpoint: Endpoint) {
        if endpoint.address.isIPv6 { append(UInt8(ascii: "[")) }
        address(endpoint.address)
        if endpoint.address.isIPv6 { append(UInt8(ascii: "]")) }
        append(UInt8(ascii: ":"))
        decimal(UInt64(endpoint.port))
    }
}

private let nanosecondsOfDay: Int64 = 86_400_000_000_000

extension Timestamp {
    /// Days since 1970-01-01, UTC; negative before.
    var day: Int64 {
        nanoseconds / nanosecondsOfDay - (nanoseconds % nanosecondsOfDay < 0 ? 1 : 0)
    }
}
