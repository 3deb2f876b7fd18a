import ArgumentParser
import Audits
import Findings
import Reports

/// `interlude inspect`: captures in, every exchange out.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        _superCommandName: Tool.name,
        abstract: "Show every exchange of one or more captures, with all interim responses and findings.",
        discussion: """
            Several files are one continuous capture in time order: a rotated series, or two interfaces of the same \
            minutes. "-" is standard input.

            Exit codes: 0 it ran; 1 a finding at or above --fail-on; 2 something could not be read or written, and the \
            rest is reported; 64 usage.
            """)

    @Argument(help: "Capture files: pcap or pcapng.", completion: .file())
    var files: [String]

    @OptionGroup var output: OutputOptions
    @OptionGroup var audit: AuditOptions

    @Flag(help: "Judge each file by itself, not all as one continuous capture.")
    var separate = false

    @Option(help: "Exit with 1 for a finding of this severity or a worse one: note, warning, violation.")
    var failOn: Severity?

    func validate() throws {
        try output.validate(against: files)
    }

    func run() throws {
        var settings = try audit.settings()
        settings.isSeparate = separate
        let result: AuditResult
        do throws(AuditError) {
            let format = output.chosen.holding(settings.judge.timeouts)
            result = try Audits.audit(files, settings, as: format, to: output.sink())
        } catch {
            if case .report(.closedPipe) = error { return }
            Terminal.complain(error.description)
            throw Ending.failed
        }
        for trouble in result.troubles { Terminal.complain(trouble) }
        if !result.troubles.isEmpty { throw Ending.failed }
        if let failOn, let worst = result.worst, worst >= failOn { throw Ending.found }
    }
}

extension Severity: ExpressibleByArgument {}
