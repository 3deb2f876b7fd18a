/// Durations for a person, in the unit that fits: `0.4 ms`, `87 ms`, `7.01 s`, `5 min 03 s`, `2 h 05 min`.
package func durationText(_ nanoseconds: Int64) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    spellDuration(nanoseconds) { text.append($0) }
    return String(decoding: text, as: UTF8.self)
}

/// Hands the text of `durationText`, which is ASCII, to `put`, octet by octet.
package func spellDuration(_ nanoseconds: Int64, _ put: (UInt8) -> Void) {
    if nanoseconds < 0 { put(UInt8(ascii: "-")) }
    /// How many times `unit` nanoseconds, rounded. The sum stays below 2^64, for the magnitude is at most 2^63.
    func count(of unit: UInt64) -> UInt64 { (nanoseconds.magnitude + unit / 2) / unit }
    switch nanoseconds.magnitude {
    case ..<9_950_000:
        let tenths = count(of: 100_000)
        spell(tenths / 10, ".", tenths % 10, digits: 1, " ms", put)
    case ..<999_500_000: spell(count(of: 1_000_000), " ms", put)
    case ..<9_995_000_000:
        let hundredths = count(of: 10_000_000)
        spell(hundredths / 100, ".", hundredths % 100, digits: 2, " s", put)
    case ..<59_950_000_000:
        let tenths = count(of: 100_000_000)
        spell(tenths / 10, ".", tenths % 10, digits: 1, " s", put)
    case ..<3_599_500_000_000:
        let seconds = count(of: 1_000_000_000)
        spell(seconds / 60, " min ", seconds % 60, digits: 2, " s", put)
    default:
        let minutes = count(of: 60_000_000_000)
        spell(minutes / 60, " h ", minutes % 60, digits: 2, " min", put)
    }
}

/// A number of units, and a smaller one of one or two `digits`.
private func spell(
    _ whole: UInt64, _ between: String, _ part: UInt64, digits: Int, _ unit: String, _ put: (UInt8) -> Void
) {
    spell(whole, between, put)
    if digits > 1 { put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part / 10)) }
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part % 10))
    spell(unit, put)
}

private func spell(_ whole: UInt64, _ unit: String, _ put: (UInt8) -> Void) {
    var highest: UInt64 = 1
    while whole / highest >= 10 { highest *= 10 }
    while highest > 0 {
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole / highest % 10))
        highest /= 10
    }
    spell(unit, put)
}

private func spell(_ text: String, _ put: (UInt8) -> Void) {
    for octet in text.utf8 { put(octet) }
}

/// `1 exchange`, `2 exchanges`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
