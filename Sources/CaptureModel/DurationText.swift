/// Durations for a person, in the unit that fits: `0.4 ms`, `87 ms`, `7.01 s`, `5 min 03 s`, `2 h 05 min`.
package func durationText(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    /// How many times `unit` nanoseconds, rounded. The sum stays below 2^64, for the magnitude is at most 2^63.
    func count(of unit: UInt64) -> UInt64 { (nanoseconds.magnitude + unit / 2) / unit }
    switch nanoseconds.magnitude {
    case ..<9_950_000:
        let tenths = count(of: 100_000)
        return "\(sign)\(tenths / 10).\(tenths % 10) ms"
    case ..<999_500_000:
        return "\(sign)\(count(of: 1_000_000)) ms"
    case ..<9_995_000_000:
        let hundredths = count(of: 10_000_000)
        return "\(sign)\(hundredths / 100).\(twoDigits(hundredths % 100)) s"
    case ..<59_950_000_000:
        let tenths = count(of: 100_000_000)
        return "\(sign)\(tenths / 10).\(tenths % 10) s"
    case ..<3_599_500_000_000:
        let seconds = count(of: 1_000_000_000)
        return "\(sign)\(seconds / 60) min \(twoDigits(seconds % 60)) s"
    default:
        let minutes = count(of: 60_000_000_000)
        return "\(sign)\(minutes / 60) h \(twoDigits(minutes % 60)) min"
    }
}

private func twoDigits(_ value: UInt64) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}

/// `1 exchange`, `2 exchanges`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
