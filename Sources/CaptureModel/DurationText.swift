/// Durations for a person: three figures or so, in the unit that fits: `0.4 ms`, `87 ms`, `7.01 s`, `5 min 03 s`,
/// `2 h 05 min`.
package func durationText(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    let microseconds = (nanoseconds.magnitude + 500) / 1000
    switch microseconds {
    case ..<9_950:
        let tenths = (microseconds + 50) / 100
        return "\(sign)\(tenths / 10).\(tenths % 10) ms"
    case ..<999_500:
        return "\(sign)\((microseconds + 500) / 1000) ms"
    case ..<9_995_000:
        let hundredths = (microseconds + 5000) / 10_000
        return "\(sign)\(hundredths / 100).\(twoDigits(hundredths % 100)) s"
    case ..<59_950_000:
        let tenths = (microseconds + 50_000) / 100_000
        return "\(sign)\(tenths / 10).\(tenths % 10) s"
    default:
        let seconds = (microseconds + 500_000) / 1_000_000
        if seconds < 3600 { return "\(sign)\(seconds / 60) min \(twoDigits(seconds % 60)) s" }
        let minutes = (seconds + 30) / 60
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
