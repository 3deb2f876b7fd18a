import ArgumentParser
import Reports

/// `interlude merge`: reports in JSON Lines in, one report and its summary out.
struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Join reports in JSON Lines into one report and one summary.",
        discussion: """
            Audit parts of the captures, on one machine or many, with --jsonl, and merge what comes of it: the result is \
            that of auditing all of them at once. Counts are exact, and percentiles as well up to 4,096 waits in all; beyond \
            they are within 1/256 of the value, as in any report, however the captures were divided. No two reports may have a capture \
            of the same name.

            Exit codes: 0 it ran; 2 something could not be read or written, and then nothing is; 64 usage.
            """)

    @Argument(help: "Reports in JSON Lines.", completion: .file())
    var reports: [String]

    @Option(help: ArgumentHelp("Write the report as one JSON document.", valueName: "file"), completion: .file())
    var json: String?

    @Option(help: ArgumentHelp("Write the report as JSON Lines.", valueName: "file"), completion: .file())
    var jsonl: String?

    /// A record has at most so many octets.
    private static let mostOctets = 64 << 20

    func validate() throws {
        for output in [json, jsonl].compactMap(\.self)
        where reports.contains(where: { Terminal.isSameFile($0, output) }) {
            throw ValidationError("The output \"\(output)\" is one of the reports; it would be overwritten.")
        }
    }

    func run() throws {
        var complaint: String?
        do throws(ReportError) {
            var merge = try ReportMerge(lines: try Self.sink(jsonl), document: try Self.sink(json))
            for report in reports where complaint == nil {
                complaint = try take(report, into: &merge).map { "\(report): \($0)" }
            }
            if complaint == nil {
                Terminal.say(
                    try merge.finish(TextStyle(colour: Terminal.showsColour, width: Terminal.width ?? 132)))
            }
        } catch {
            complaint = error.description
        }
        if let complaint {
            Terminal.complain(complaint)
            throw Ending.failed
        }
    }

    private static func sink(_ path: String?) throws(ReportError) -> ByteSink? {
        guard let path else { return nil }
        return try .replacing(path)
    }

    /// Merges one report; the result is what is wrong with it.
    private func take(_ report: String, into merge: inout ReportMerge) throws(ReportError) -> String? {
        guard var reader = LineReader(report, most: Self.mostOctets) else { return "cannot be read" }
        var number = 0
        while true {
            switch reader.next() {
            case .end: return nil
            case .failed: return "reading failed behind line \(number)"
            case .tooLong: return "line \(number + 1): it is longer than \(Self.mostOctets) octets"
            case .line(let line):
                number += 1
                do throws(MergeError) {
                    try merge.take(line)
                } catch {
                    switch error {
                    case .line(let what): return "line \(number): \(what)"
                    case .report(let error): throw error
                    }
                }
            }
        }
    }
}
