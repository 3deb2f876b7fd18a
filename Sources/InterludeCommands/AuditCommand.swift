import ArgumentParser
import Audits
import Findings
import Reports

/// `interlude audit`: many captures in, one verdict and all reports out.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        _superCommandName: Tool.name,
        abstract: "Audit many captures at once: a summary, and reports of all of them side by side.",
        discussion: """
            A path is a capture, or a folder with captures at any depth; "@list" is a file with paths, one a line, and \
            "-" takes them from standard input. Each file is audited by itself, but files of a rotating capture, known \
            by name and time, are one.

            Reports are written to the side and put in their places when all is done. Exit codes: 0 it ran; 1 a finding \
            at or above --fail-on; 2 something could not be read or written, and the rest is reported; 64 usage.
            """)

    @Argument(help: "Captures, folders, @lists, or - for names on standard input.", completion: .file())
    var paths: [String]

    @OptionGroup var outputs: BatchOptions
    @OptionGroup var audit: AuditOptions

    @Flag(
        inversion: .prefixedNo,
        help: "All files are one continuous capture; or each is one, whatever it is called.")
    var series: Bool?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Read so many files at the same time; by default one a core.", valueName: "number"))
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var baseline: BaselineOptions

    @Option(help: "Exit with 1 for a finding of this severity or a worse one: note, warning, violation.")
    var failOn: Severity?

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 1_024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
    }

    func run() async throws {
        let settings = try audit.settings()
        var complaints = 0
        let files = try PathList.files(paths) {
            Terminal.complain($0); complaints += 1
        }
        try outputs.validate(against: files.map(\.path))
        let grouping: BatchGrouping = series.map { $0 ? .one : .each } ?? .recognised
        let parts = grouping.parts(of: files)
        let known = try baseline.known()
        let bar = ProgressBar(files: files, isQuiet: quiet)
        let result: BatchResult
        do throws(AuditError) {
            let (outputs, memory) = try outputs.opened(settings)
            let batch = try BatchAudit(
                settings, jobs: jobs ?? Terminal.processors, outputs: outputs, memory: memory, baseline: known,
                gathers: baseline.writeBaseline != nil)
            result = try await batch.run(parts, progress: bar.show) { sentence in
                bar.clear()
                Terminal.complain(sentence)
            }
        } catch {
            bar.clear()
            if case .report(.closedPipe) = error { return }
            Terminal.complain(error.description)
            throw Ending.failed
        }
        bar.clear()
        if result.unchanged > 0 {
            Terminal.say("unchanged    \(result.unchanged) of \(files.count) files, whose rows stay as they are\n")
        }
        try baseline.conclude(result)
        if complaints + result.troubled > 0 { throw Ending.failed }
        if let failOn, let worst = result.worst, worst >= failOn { throw Ending.found }
    }
}
