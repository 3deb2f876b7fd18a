import ArgumentParser
import Audits
import Reports

/// Runs the command line of this process and ends it with its exit code.
@MainActor
package func runInterlude() async {
    Terminal.fillStandardDescriptors()
    do {
        var command = try command(words())
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    } catch {
        let code = Interlude.exitCode(for: error)
        let message = Interlude.fullMessage(for: error)
        if code.isSuccess || message.isEmpty { Interlude.exit(withError: error) }
        // A complaint quotes the command line, which may hold anything: a shell puts file names there.
        Terminal.complain(usage: message)
        Interlude.exit(withError: code)
    }
}

/// The command that a line asks for. Where its first word names one, that one is asked alone: to go down the tree of all
/// commands takes a tenth of the program's start. Whatever it does not take, requests for help included, is answered
/// from the root, which knows the whole name of each command. (The commands with many options have the program's name
/// as `_superCommandName`, or the parser would look for requests of completion scripts in each line.)
private func command(_ line: [String]) throws -> any ParsableCommand {
    if let named = Interlude.configuration.subcommands.first(where: { $0.configuration.commandName == line.first }),
        let command = try? named.parseAsRoot(Array(line.dropFirst())), type(of: command) == named
    {
        return command
    }
    return try Interlude.parseAsRoot(line)
}

/// The words of the command line, with the options of the project's file.
private func words() throws -> [String] {
    let line = Terminal.arguments
    do throws(Configuration.Problem) {
        return try Configuration.completed(line, in: Terminal.workingFolder)
    } catch {
        throw ValidationError(error.sentence)
    }
}

struct Interlude: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Tool.name,
        abstract: "What happened between the request and its final response?",
        discussion: """
            Interlude reads packet captures, or watches an interface, reassembles TCP, parses HTTP/1.x and shows every exchange with all of its \
            interim (1xx) responses and their times.
            """,
        version: "\(Tool.version) (\(captureLibraryVersion))",
        subcommands: [
            Inspect.self, Watch.self, AuditCommand.self, Merge.self, SchemaCommand.self, Explain.self, List.self,
        ],
        defaultSubcommand: nil)
}

/// How a run ends, by exit code.
enum Ending {
    /// A finding was at or above `--fail-on`.
    static let found = ExitCode(1)
    /// Something could not be read or written.
    static let failed = ExitCode(2)
}
