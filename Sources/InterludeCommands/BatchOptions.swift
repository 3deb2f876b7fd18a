import ArgumentParser
import Audits
import Findings
import Reports

/// Which reports a batch writes, side by side.
struct BatchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write all tables as CSV to this folder.", valueName: "folder"), completion: .directory)
    var csv: String?

    @Option(help: ArgumentHelp("Write the report as one JSON document.", valueName: "file"), completion: .file())
    var json: String?

    @Option(help: ArgumentHelp("Write the report as JSON Lines.", valueName: "file"), completion: .file())
    var jsonl: String?

    @Option(help: ArgumentHelp("Write the report as one page of HTML.", valueName: "file"), completion: .file())
    var html: String?

    @Option(
        help: ArgumentHelp("Write the exchanges as an HTTP Archive (HAR 1.2).", valueName: "file"), completion: .file())
    var har: String?

    @Option(
        help: ArgumentHelp(
            "Write the findings as JUnit's XML: a suite a capture, a test case a rule.", valueName: "file"),
        completion: .file())
    var junit: String?

    @Option(
        help: ArgumentHelp(
            "Put all tables into this SQLite database; the rows of a file replace those of an earlier run.",
            valueName: "file"),
        completion: .file())
    var sqlite: String?

    @Flag(help: "Pass over files that have not changed since they went into the database, by size, time and hash.")
    var sinceLast = false

    func validate() throws {
        guard sinceLast else { return }
        guard sqlite != nil else { throw ValidationError("--since-last goes with --sqlite.") }
        guard reports.isEmpty else {
            throw ValidationError("--since-last goes with --sqlite alone: other reports would not have all files.")
        }
    }

    /// Each report that is asked for, with its file.
    private var reports: [(format: ReportFormat, file: String)] {
        var reports: [(format: ReportFormat, file: String)] = []
        if let csv { reports += ReportTable.allCases.map { (.csv($0), "\(csv)/\($0.rawValue).csv") } }
        if let json { reports.append((.json, json)) }
        if let jsonl { reports.append((.jsonLines, jsonl)) }
        if let html { reports.append((.html(timers: []), html)) }
        if let har { reports.append((.har, har)) }
        if let junit { reports.append((.junit, junit)) }
        return reports
    }

    /// Refuses to write over what is to be read, and to write two reports to one file.
    func validate(against inputs: [String]) throws {
        if let sqlite, inputs.contains(where: { Terminal.isSameFile($0, sqlite) }) {
            throw ValidationError("The database \"\(sqlite)\" is one of the captures.")
        }
        for (index, report) in reports.enumerated() {
            if inputs.contains(where: { Terminal.isSameFile($0, report.file) }) {
                throw ValidationError("The output \"\(report.file)\" is one of the captures; it would be overwritten.")
            }
            if reports[..<index].contains(where: { $0.file == report.file }) {
                throw ValidationError("Two reports would be written to \"\(report.file)\".")
            }
        }
    }

    /// The outputs: the summary on standard output, and each report that is asked for; and which of them knows what has
    /// not changed.
    func opened(_ settings: AuditSettings) throws(AuditError) -> (outputs: [any BatchOutput], memory: DatabaseOutput?) {
        if let csv, let reason = Terminal.makeFolder(csv) {
            throw .report(.cannotOpen(name: csv, reason: reason))
        }
        let style = TextStyle(colour: Terminal.showsColour, width: Terminal.width ?? 132)
        do throws(ReportError) {
            let summary = ReportFormat.summary(style).holding(settings.judge.timeouts)
            var outputs: [any BatchOutput] = [try ReportOutput(summary, to: nil)]
            for report in reports {
                let format = report.format.holding(settings.judge.timeouts)
                outputs.append(try ReportOutput(format, to: report.file))
            }
            guard let sqlite else { return (outputs, nil) }
            let database = try DatabaseOutput(sqlite, remembering: sinceLast ? settings : nil)
            return (outputs + [database], sinceLast ? database : nil)
        } catch {
            throw .report(error)
        }
    }
}
