import Findings

/// One row of a file of timers, before it is one: columns by name, each checked when it is asked for.
struct TimeoutRow {
    /// From 1.
    var number: Int
    var columns: [String: JSONScalar]

    typealias Field = TimeoutFile.Field
    typealias Problem = TimeoutFile.Problem

    /// Refuses columns that nobody knows: a misspelt one would be passed over in silence.
    func checkNames() throws(Problem) {
        for name in columns.keys.sorted() where Field(rawValue: name) == nil {
            let all = Field.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem("row \(number), \(name): there is no such column; there are \(all)")
        }
    }

    /// The row as a timer; what it leaves out is taken from the one that it replaces.
    func profile(over known: TimeoutProfile?) throws(Problem) -> TimeoutProfile {
        let (product, setting) = (try name(.product), try name(.setting))
        var profile = TimeoutProfile(
            known?.product ?? product, try text(.version) ?? known?.version ?? "",
            try choice(.role, or: known?.role), known?.setting ?? setting, try seconds(),
            try choice(.timer, or: known?.kind), try choice(.runs, or: known?.guards ?? .answer),
            reset: try choice(.resetByInterim, or: known?.resetByInterim ?? .unknown), "")
        profile.interims = try interims() ?? known?.interims ?? .unknown
        profile.isApproximate = try boolean(.approximate) ?? false
        profile.evidence = try text(.evidence) ?? "user"
        profile.source = try text(.source) ?? ""
        return profile
    }

    /// A text that must be there and not be empty.
    func name(_ field: Field) throws(Problem) -> String {
        guard let text = try text(field), !text.isEmpty else { throw problem(field, "is missing") }
        return text
    }

    /// A text; `nil` where the row has none.
    func text(_ field: Field) throws(Problem) -> String? {
        guard let value = columns[field.rawValue] else { return nil }
        guard case .text(let text) = value else { throw problem(field, "must be a text") }
        guard text.utf8.count <= 200, !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f })
        else {
            throw problem(field, "must have no control characters and at most 200 octets")
        }
        return text
    }

    private func boolean(_ field: Field) throws(Problem) -> Bool? {
        guard let value = columns[field.rawValue] else { return nil }
        guard case .boolean(let boolean) = value else { throw problem(field, "must be true or false") }
        return boolean
    }

    /// The limit; `null`: off; `"unknown"`: it has a default that nobody knows.
    private func seconds() throws(Problem) -> TimeoutProfile.Default {
        switch columns[Field.seconds.rawValue] {
        case .number(let seconds) where seconds >= 0.001 && seconds <= 1e9: return .seconds(seconds)
        case .null: return .off
        case .text("unknown"): return .unknown
        case nil: throw problem(.seconds, "is missing")
        default:
            throw problem(.seconds, "must be a number from 0.001 to 1000000000, null for off, or \"unknown\"")
        }
    }

    private func interims() throws(Problem) -> InterimLimit? {
        let read: InterimLimit?
        switch columns[Field.maxInterims.rawValue] {
        case nil: return nil
        case .number(let count) where count >= 0 && count <= 1e9 && count == count.rounded(): read = .count(Int(count))
        case .text(let text): read = InterimLimit(text)
        default: read = nil
        }
        guard let read else {
            throw problem(
                .maxInterims,
                "must be a number, or \"≥150\", \"none\", \"octets\", \"time\", \"n/a\", \"-\" or \"unknown\"")
        }
        return read
    }

    /// One of the words of `Choice`; `standard` where the row has none.
    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: Field, or standard: Choice?
    ) throws(Problem) -> Choice {
        guard let text = try text(field) else {
            guard let standard else { throw problem(field, "is missing, and no known timer of that name has one") }
            return standard
        }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw problem(field, "must be one of \(words); not \"\(text)\"")
        }
        return choice
    }

    private func problem(_ field: Field, _ what: String) -> Problem { Problem(row: number, field, what) }
}
