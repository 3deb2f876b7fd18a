import ArgumentParser
import Audits
import Reports

/// Where the report goes, and in which format.
struct OutputOptions: ParsableArguments {
    @Option(help: "text, json, jsonl, csv, har, junit or html; by default that of the output's extension, else text.")
    var format: String?

    @Option(help: "The table that CSV shows: exchanges, interim, findings or captures.")
    var table: ReportTable?

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file.", valueName: "file"), completion: .file())
    var output: String?

    func validate() throws {
        if let format, !ReportFormat.names.contains(format) {
            throw ValidationError("--format takes \(ReportFormat.names.joined(separator: ", ")); not \"\(format)\".")
        }
        if format == nil, let output, fromExtension(output) == nil {
            throw ValidationError(
                "The extension of \"\(output)\" names no format; say --format, or call it .txt, .json, .jsonl, .csv, .har, "
                    + ".xml or .html.")
        }
        if table != nil, chosen != .csv(table ?? .exchanges) {
            throw ValidationError("--table goes with --format csv.")
        }
    }

    /// Refuses to write over what is to be read.
    func validate(against inputs: [String]) throws {
        if let output, inputs.contains(where: { Terminal.isSameFile($0, output) }) {
            throw ValidationError("The output \"\(output)\" is one of the captures; it would be overwritten.")
        }
    }

    /// The format that the options ask for.
    var chosen: ReportFormat {
        if let format, let known = ReportFormat(name: format, style: style, table: table ?? .exchanges) { return known }
        return output.flatMap(fromExtension) ?? .text(style)
    }

    private func fromExtension(_ file: String) -> ReportFormat? {
        ReportFormat(file: file, style: style, table: table ?? .exchanges)
    }

    private var style: TextStyle {
        guard output == nil else { return TextStyle() }
        return TextStyle(colour: Terminal.showsColour, width: Terminal.width ?? 132)
    }

    func sink() throws(AuditError) -> ByteSink {
        guard let output else { return .standardOutput() }
        do throws(ReportError) { return try .file(output) } catch { throw .report(error) }
    }
}

extension ReportTable: ExpressibleByArgument {}
