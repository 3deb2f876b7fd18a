import CaptureModel

extension CaptureRecord {
    /// What a capture under way comes to so far, in lines for a person.
    package var soFar: String {
        let finals = (2...5).map { "\($0)xx \(summary.final[$0])" }.joined(separator: ", ")
        var interims = (100...104).map { "\($0) \(summary.interim[$0])" }
        interims.append("others \(summary.interim.other)")
        let waits = summary.waits.percentiles([50, 90, 99, 100]).compactMap { $0.map(durationText) }
        let lines = [
            "so far: \(counted(packets, "packet")), \(counted(bytes, "byte"))"
                + (device.map { "; \($0.sentence)" } ?? ""),
            "exchanges: \(summary.exchanges) on \(counted(summary.connections, "connection")): \(finals), "
                + "without a final response \(summary.withoutFinal)",
            "interim: \(interims.joined(separator: ", "))",
            waits.count == 4
                ? "wait: median \(waits[0]), 90 % within \(waits[1]), 99 % within \(waits[2]), longest \(waits[3])"
                : nil,
            "findings: \(counted(summary.violations, "violation")), \(counted(summary.warnings, "warning")), "
                + counted(summary.notes, "note"),
        ]
        return lines.compactMap { $0 }.joined(separator: "\n")
    }
}
