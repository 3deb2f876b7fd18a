extension [TimeoutProfile] {
    /// A table, one line a timer: the name that `--path` takes, version, setting, limit, kind, when it runs, what an
    /// interim response does to it, how many of them pass, and how all this is known.
    package var listing: String {
        let head = ["name", "version", "setting", "limit", "timer", "runs", "reset", "interims", "evidence"]
        let rows =
            [head]
            + map { profile in
                [
                    profile.name, profile.version, profile.setting, profile.limitText, profile.kind.rawValue,
                    profile.guards == .answer ? "waiting" : "else", profile.resetByInterim.rawValue,
                    profile.interims.description,
                    profile.source.isEmpty ? profile.evidence : "\(profile.evidence): \(profile.source)",
                ]
            }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                // The last column needs no padding.
                column == head.count - 1
                    ? row[column] : row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            return cells.joined(separator: "  ") + "\n"
        }
        .joined()
    }
}
