package import Findings

/// The formats of a report. A new one is a case here and a file beside `JSONReport.swift`.
package enum ReportFormat: Sendable, Equatable {
    /// For a person: a line an exchange, and the summary.
    case text(TextStyle)
    /// For a person: the summary alone.
    case summary(TextStyle)
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
    package static let names = ["text", "summary", "json", "jsonl", "csv", "har", "junit", "html"]

    /// The format called `name`; `nil` for an unknown name.
    package init?(name: String, style: TextStyle, table: ReportTable) {
        switch name {
        case "text": self = .text(style)
        case "summary": self = .summary(style)
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
        case .summary(var style):
            style.timers = timers
            return .summary(style)
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
    /// Whether events tell what happens, as it does: then an exchange has no line of its own.
    package var isLive = false
    /// What the summary holds waits and silences against.
    package var timers: [TimeoutProfile] = []

    package init(colour: Bool = false, width: Int = 132) {
        self.colour = colour
        self.width = max(72, width)
    }
}

/// What a report needs to know, so that nobody gathers for it what it does not show.
package struct RecordNeeds: Sendable, Equatable {
    /// Exchanges, interim responses or findings at all.
    package var exchanges: Bool
    /// How each exchange's connection ended, which is known only when it has.
    package var connectionEnds: Bool

    /// The messages of findings; else they are empty.
    package var messages: Bool

    package init(exchanges: Bool, connectionEnds: Bool, messages: Bool) {
        self.exchanges = exchanges
        self.connectionEnds = connectionEnds
        self.messages = messages
    }

    /// What several reports of the same records need.
    package func union(_ other: RecordNeeds) -> RecordNeeds {
        RecordNeeds(
            exchanges: exchanges || other.exchanges, connectionEnds: connectionEnds || other.connectionEnds,
            messages: messages || other.messages)
    }
}

extension ReportFormat {
    /// What it needs to know.
    package var needs: RecordNeeds {
        switch self {
        case .text, .json, .jsonLines: RecordNeeds(exchanges: true, connectionEnds: true, messages: true)
        case .csv(.exchanges): RecordNeeds(exchanges: true, connectionEnds: true, messages: false)
        case .csv(.findings), .har, .junit, .html: RecordNeeds(exchanges: true, connectionEnds: false, messages: true)
        case .summary, .csv(.interim): RecordNeeds(exchanges: true, connectionEnds: false, messages: false)
        case .csv(.captures): RecordNeeds(exchanges: false, connectionEnds: false, messages: false)
        }
    }
}
