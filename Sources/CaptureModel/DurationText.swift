extension OctetBuffer {
    /// A duration for a person, in the unit that fits: `0.4 ms`, `87 ms`, `7.01 s`, `5 min 03 s`, `2 h 05 min`.
    mutating func duration(_ nanoseconds: Int64) {
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        let magnitude = nanoseconds.magnitude
        /// How many times `unit` nanoseconds, rounded. The sum stays below 2^64, for the magnitude is at most 2^63.
        func count(of unit: UInt64) -> UInt64 { (magnitude + unit / 2) / unit }
        switch magnitude {
        case ..<9_950_000: pair(count(of: 100_000), by: 10, ".", digits: 1, " ms")
        case ..<999_500_000:
            decimal(count(of: 1_000_000))
            literal(" ms")
        case ..<9_995_000_000: pair(count(of: 10_000_000), by: 100, ".", digits: 2, " s")
        case ..<59_950_000_000: pair(count(of: 100_000_000), by: 10, ".", digits: 1, " s")
        case ..<3_599_500_000_000: pair(count(of: 1_000_000_000), by: 60, " min ", digits: 2, " s")
        default: pair(count(of: 60_000_000_000), by: 60, " h ", digits: 2, " min")
        }
    }

    private mutating func pair(
        _ value: UInt64, by base: UInt64, _ middle: StaticString, digits length: Int, _ end: StaticString
    ) {
        decimal(value / base)
        literal(middle)
        digits(value % base, count: length)
        literal(end)
    }
}

/// The same as a string, for sentences.
func durationText(_ nanoseconds: Int64) -> String {
    var text = OctetBuffer()
    text.duration(nanoseconds)
    return text.string
}

/// `1 exchange`, `2 exchanges`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
