import CaptureForge
import CaptureModel
import TestBench
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A run of the real binary.
struct Run {
    var code: Int32
    /// The signal that ended it; 0 without.
    var signal: Int32
    var output: [UInt8]
    var errors: [UInt8]
    /// The most memory that it had at once, in KiB, as the system says.
    var peak: Int

    var text: String { String(decoding: output, as: UTF8.self) }
    var complaint: String { String(decoding: errors, as: UTF8.self) }
}

/// Where a run's standard output goes.
enum Output {
    case file
    /// A terminal of its own.
    case terminal
    /// A pipe whose reader takes so many octets and goes.
    case pipe(reading: Int)
}

struct NoRun: Error {
    var what: String
}

/// The binary beside this test.
let binary: String = {
    let here = CommandLine.arguments.first ?? ""
    let beside = here.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    for folder in [beside, Repository.root + "/.build/debug"] where unsafe access(folder + "/interlude", X_OK) == 0 {
        return folder + "/interlude"
    }
    return "interlude"
}()

/// Runs `interlude` with these arguments, whose scalars may stand for octets (`FileName`), in `folder`, with nothing in
/// its environment but what is said; with `killedAfter`, no longer than so many milliseconds.
func interlude(
    _ arguments: [String], in folder: ScratchFolder, input: String = "/dev/null", to output: Output = .file,
    environment: [String] = ["TERM=xterm-256color"], killedAfter milliseconds: Int? = nil
) throws -> Run {
    let killer = milliseconds.map { ["timeout", "-s", "KILL", "\(Double($0) / 1_000)"] } ?? []
    return try run(killer + [binary] + arguments, in: folder, input: input, to: output, environment: environment)
}

/// Runs a program as `interlude` does the command.
func run(
    _ command: [String], in folder: ScratchFolder, input: String = "/dev/null", to output: Output = .file,
    environment: [String]
) throws -> Run {
    let (written, complained) = (ScratchFile(".out"), ScratchFile(".err"))
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, complained.path, O_WRONLY | O_CREAT, 0o600)
    // What this side reads, where it does, and what the command writes to.
    let ends: (reading: Int32, writing: Int32)
    switch output {
    case .file:
        ends = (-1, unsafe open(written.path, O_WRONLY | O_CREAT, 0o600))
    case .terminal:
        ends = try openTerminal()
    case .pipe:
        var both: [Int32] = [0, 0]
        guard unsafe pipe(&both) == 0 else { throw NoRun(what: "no pipe") }
        ends = (both[0], both[1])
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.writing, 1)
    if ends.reading >= 0 { unsafe posix_spawn_file_actions_addclose(&actions, ends.reading) }
    unsafe posix_spawn_file_actions_addclose(&actions, ends.writing)

    var process: pid_t = 0
    // The shell goes to the folder, and then becomes the command.
    let shell = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.path]
    var words =
        unsafe (shell + command).map { word in unsafe FileName.withCString(word) { unsafe strdup($0) } } + [nil]
    var settings = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + settings).forEach { unsafe free($0) } }
    let failure = unsafe posix_spawn(&process, "/bin/sh", &actions, nil, &words, &settings)
    close(ends.writing)
    guard failure == 0 else { throw NoRun(what: "\(binary) cannot be run: error \(failure)") }

    var taken: [UInt8] = []
    if ends.reading >= 0 {
        let limit = if case .pipe(let octets) = output { octets } else { Int.max }
        taken = readOctets(ends.reading, limit: limit)
        close(ends.reading)
    }
    let (status, peak) = waitFor(process)
    if ends.reading < 0 { taken = try FileOctets.read(written.path) }
    let signal = status & 0x7f
    return Run(
        code: signal == 0 ? status >> 8 & 0xff : -1, signal: signal, output: taken,
        errors: try FileOctets.read(complained.path), peak: peak)
}

/// Waits for a child's end, and looks at its memory meanwhile. What `wait4` says of it is of no use here: it knows the
/// parent's as well.
private func waitFor(_ process: pid_t) -> (status: Int32, peak: Int) {
    var (status, peak): (Int32, Int) = (0, 0)
    while unsafe waitpid(process, &status, WNOHANG) == 0 {
        let words = (try? FileOctets.read("/proc/\(process)/status")) ?? []
        let lines = String(decoding: words, as: UTF8.self).split(separator: "\n")
        if let line = lines.first(where: { $0.hasPrefix("VmHWM:") }) {
            peak = max(peak, line.split(separator: " ").compactMap { Int($0) }.first ?? 0)
        }
        usleep(2_000)
    }
    return (status, peak)
}

private func openTerminal() throws -> (reading: Int32, writing: Int32) {
    var (main, other): (Int32, Int32) = (0, 0)
    guard unsafe openpty(&main, &other, nil, nil, nil) == 0 else { throw NoRun(what: "no terminal") }
    return (main, other)
}

/// Up to `limit` octets, or all until the other end closes.
private func readOctets(_ descriptor: Int32, limit: Int) -> [UInt8] {
    var octets: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while octets.count < limit {
        let wanted = min(block.count, limit - octets.count)
        let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, wanted) }
        guard count > 0 else { break }
        octets += block[..<count]
    }
    return octets
}

/// Gives a file of a folder two more names: a symbolic link and a hard one.
func link(_ name: String, as names: (symbolic: String, hard: String), in folder: ScratchFolder) {
    unsafe symlink(name, "\(folder.path)/\(names.symbolic)")
    unsafe link("\(folder.path)/\(name)", "\(folder.path)/\(names.hard)")
}
