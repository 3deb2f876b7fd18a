import Findings

/// Timers as JSON: an array of rows with the columns of `interlude list timeouts`. What `--timeouts` reads, and what
/// `list timeouts --format json` writes.
///
/// A row whose product and setting are known replaces the known rows of that name, those of its version only where it
/// has one; columns that it leaves out are theirs. Any other row is added, and then needs a role and a timer.
enum TimeoutFile {
    /// Why a file cannot be used: the row (from 1) and the field are named.
    struct Problem: Error {
        var sentence: String

        init(_ sentence: String) { self.sentence = sentence }

        init(row: Int, _ field: Field, _ what: String) {
            sentence = "row \(row), \(field.rawValue): \(what)"
        }
    }

    /// The columns, in the order in which they are written.
    enum Field: String, CaseIterable {
        case product
        case version
        case role
        case setting
        case seconds
        case timer
        case runs
        case resetByInterim = "reset_by_interim"
        case maxInterims = "max_interims"
        case approximate
        case evidence
        case source
    }

    /// A file of timers has at most so many octets: thousands of rows.
    private static let mostOctets = 1 << 20

    /// Reads a file, and puts its rows over the known ones.
    static func read(_ path: String, over known: [TimeoutProfile]) throws(Problem) -> [TimeoutProfile] {
        guard let octets = Terminal.octets(of: path, atMost: mostOctets + 1) else { throw Problem("cannot be read") }
        guard octets.count <= mostOctets else { throw Problem("is larger than \(mostOctets) octets") }
        return try merge(octets, over: known)
    }

    /// Puts the rows of a file's octets over the known ones.
    private static func merge(
        _ octets: [UInt8], over known: [TimeoutProfile]
    ) throws(Problem) -> [TimeoutProfile] {
        var profiles = known
        var reader = JSONRowReader(octets)
        for (index, columns) in try reader.rows().enumerated() {
            let row = TimeoutRow(number: index + 1, columns: columns)
            try row.checkNames()
            let (product, setting) = (try row.name(.product), try row.name(.setting))
            let version = try row.text(.version)
            let replaced = profiles.indices.filter { index in
                let profile = profiles[index]
                return (profile.product == product || profile.isCalled(product))
                    && (profile.setting == setting || profile.shortSetting == setting)
                    && (version == nil || profile.version == version)
            }
            for index in replaced { profiles[index] = try row.profile(over: profiles[index]) }
            if replaced.isEmpty { profiles.append(try row.profile(over: nil)) }
        }
        return profiles
    }

    /// All rows, one a line, as they are read.
    static func text(of profiles: [TimeoutProfile]) -> String {
        let lines = profiles.map { profile in
            let columns = Field.allCases.map { "\(quoted($0.rawValue)): \(value($0, of: profile))" }
            return "  {\(columns.joined(separator: ", "))}"
        }
        return "[\n\(lines.joined(separator: ",\n"))\n]\n"
    }

    private static func value(_ field: Field, of profile: TimeoutProfile) -> String {
        switch field {
        case .product: quoted(profile.product)
        case .version: quoted(profile.version)
        case .role: quoted(profile.role.rawValue)
        case .setting: quoted(profile.setting)
        case .seconds:
            switch profile.standard {
            case .seconds(let seconds): numberText(seconds)
            case .off: "null"
            case .unknown: quoted("unknown")
            }
        case .timer: quoted(profile.kind.rawValue)
        case .runs: quoted(profile.guards.rawValue)
        case .resetByInterim: quoted(profile.resetByInterim.rawValue)
        case .maxInterims: quoted(profile.interims.description)
        case .approximate: "\(profile.isApproximate)"
        case .evidence: quoted(profile.evidence)
        case .source: quoted(profile.source)
        }
    }

    /// A text as a JSON string; rows hold no control characters.
    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
