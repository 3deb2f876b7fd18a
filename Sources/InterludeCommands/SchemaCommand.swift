import ArgumentParser
import Reports

/// `interlude schema`: what a report in JSON may be, for a machine.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of reports.",
        discussion: """
            Draft 2020-12, of the JSON document; with --lines, of each line of JSON Lines. The columns of CSV tables, which \
            are those of the SQLite database as well, are told by "interlude list columns".
            """)

    @Flag(help: "The schema of a line of JSON Lines.")
    var lines = false

    func run() {
        Terminal.say(ReportSchema.text(lines: lines))
    }
}
