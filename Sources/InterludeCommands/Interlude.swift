import ArgumentParser
import Reports

/// Runs the command line of this process and ends it with its exit code.
package func runInterlude() {
    do {
        var command = try Interlude.parseAsRoot(Terminal.arguments)
        try command.run()
    } catch {
        let code = Interlude.exitCode(for: error)
        let message = Interlude.fullMessage(for: error)
        if code.isSuccess || message.isEmpty { Interlude.exit(withError: error) }
        // A complaint quotes the command line, which may hold anything: a shell puts file names there.
        Terminal.complain(usage: message)
        Interlude.exit(withError: code)
    }
}

struct Interlude: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Tool.name,
        abstract: "What happened between the request and its final response?",
        discussion: """
            Interlude reads packet captures, reassembles TCP, parses HTTP/1.x and shows every exchange with all of its \
            interim (1xx) responses and their times.
            """,
        version: Tool.version,
        subcommands: [Inspect.self, Explain.self, List.self],
        defaultSubcommand: nil)
}

/// How a run ends, by exit code.
enum Ending {
    /// A finding was at or above `--fail-on`.
    static let found = ExitCode(1)
    /// Something could not be read or written.
    static let failed = ExitCode(2)
}
