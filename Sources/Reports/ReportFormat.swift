package import Findings

/// The formats of a report. A new one is a case here and a file beside `JSONReport.swift`.
package enum ReportFormat: Sendable, Equatable {
    /// For a person.
    case text(TextStyle)
    /// One JSON document.
    case json
    /// JSON Lines: one record a line.
    case jsonLines
    /// One table as CSV.
    case csv(ReportTable)
    /// An HTTP Archive (HAR 1.2).
    case har
    /// JUnit's XML, for continuous integration.
    case junit
    /// One page of HTML; its ladder has these timers.
    case html(timers: [TimeoutProfile])

    /// The names of the formats, as `--format` takes them.
    package static let names = ["text", "json", "jsonl", "csv", "har", "junit", "html"]

    /// The format called `name`; `nil` for an unknown name.
    package init?(name: String, style: TextStyle, table: ReportTable) {
        switch name {
        case "text": self = .text(style)
        case "json": self = .json
        case "jsonl": self = .jsonLines
        case "csv": self = .csv(table)
        case "har": self = .har
        case "junit": self = .junit
        case "html": self = .html(timers: TimeoutProfile.known)
        default: return nil
        }
    }

    /// The format that a file's extension asks for: `.txt`, `.json`, `.jsonl` or `.ndjson`, `.csv`, `.har`,
    /// `.xml` (JUnit), `.html` or `.htm`; `nil` for others.
    package init?(file: String, style: TextStyle, table: ReportTable) {
        let name = file.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[dot...].lowercased() {
        case ".txt": self = .text(style)
        case ".json": self = .json
        case ".jsonl", ".ndjson": self = .jsonLines
        case ".csv": self = .csv(table)
        case ".har": self = .har
        case ".xml": self = .junit
        case ".html", ".htm": self = .html(timers: TimeoutProfile.known)
        default: return nil
        }
    }
}

extension ReportFormat {
    /// This format with these timers, where it shows any.
    package func holding(_ timers: [TimeoutProfile]) -> ReportFormat {
        switch self {
        case .html: return .html(timers: timers)
        case .text(var style):
            style.timers = timers
            return .text(style)
        default: return self
        }
    }
}

/// How text is laid out.
package struct TextStyle: Sendable, Equatable {
    /// Whether to colour it with the escape sequences of a terminal (ECMA-48 SGR).
    package var colour: Bool
    /// Columns of a line, 72 at least; what does not fit is cut or left out where that can be.
    package var width: Int
    /// What the summary holds waits and silences against.
    package var timers: [TimeoutProfile] = []

    package init(colour: Bool = false, width: Int = 132) {
        self.colour = colour
        self.width = max(72, width)
    }
}

/// What a format needs to know, so that nobody gathers for it what it does not show.
extension ReportFormat {
    /// Whether it shows exchanges, interim responses or findings at all.
    package var showsExchanges: Bool { self != .csv(.captures) }

    /// Whether it shows how each exchange's connection ended, which is known only when it has.
    package var showsConnectionEnds: Bool {
        switch self {
        case .text, .json, .jsonLines, .csv(.exchanges): true
        case .csv(.interim), .csv(.findings), .csv(.captures), .har, .junit, .html: false
        }
    }
}
