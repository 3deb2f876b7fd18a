import CaptureModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the process knows of the terminal and the file system around it.
enum Terminal {
    /// Whether standard output is a terminal that shows colours and nobody asked for none (no-color.org).
    static var showsColour: Bool {
        isatty(1) == 1 && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// The columns of the terminal that standard output is; `nil` when it is none.
    static var width: Int? { size?.columns }

    /// The columns and rows of the terminal that standard output is; `nil` when it is none.
    static var size: (columns: Int, rows: Int)? {
        var size = winsize()
        guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), max(1, Int(size.ws_row)))
    }

    /// Whether standard output is a terminal that more than lines can be drawn on.
    static var showsScreens: Bool {
        let name = environment("TERM") ?? ""
        return isatty(1) == 1 && !name.isEmpty && name != "dumb"
    }

    /// Opens what the caller left closed of the three standard descriptors, so that no file of ours takes its number and
    /// what is meant for people: reading it gives nothing, writing it fails.
    static func fillStandardDescriptors() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
            // A path of ours; the lowest free number is this one.
            _ = unsafe open("/dev/null", O_RDONLY)
        }
    }

    /// Says one sentence on standard error. What a file name brings along of control characters is shown as text.
    static func complain(_ sentence: String) {
        write(2, Array("interlude: \(printable(sentence))\n".utf8))
    }

    /// Says on standard error how the command is used, in lines.
    static func complain(usage message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
        write(2, Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// The columns of the terminal that standard error is; `nil` when it is none, or one that cannot go back in a line.
    static var errorWidth: Int? {
        var size = winsize()
        guard isatty(2) == 1, environment("TERM") != "dumb", unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0,
            size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }

    /// Writes to standard error as it is: for the progress bar, which no foreign text goes into.
    static func show(_ text: String) {
        write(2, Array(text.utf8))
    }

    /// How many processors the process may use.
    static var processors: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Makes a folder, unless there is one; the system's reason where that fails.
    static func makeFolder(_ path: String) -> String? {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return nil }
        guard unsafe mkdir(path, 0o777) != 0 else { return nil }
        return unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }

    /// Writes to standard output, whole.
    static func say(_ text: String) {
        write(1, Array(text.utf8))
    }

    /// Writes octets to standard output, whole.
    static func say(_ octets: [UInt8]) {
        write(1, octets)
    }

    /// A file that is read from its beginning, block by block.
    final class ReadableFile {
        private let descriptor: Int32
        private var block = [UInt8](repeating: 0, count: 256 << 10)

        /// Opens it; `nil` where that cannot be.
        init?(_ path: String) {
            descriptor = unsafe FileName.withCString(path) { unsafe open($0, O_RDONLY | O_CLOEXEC) }
            if descriptor < 0 { return nil }
        }

        deinit { if descriptor >= 0 { close(descriptor) } }

        /// The next octets, none at the end; `nil` where they cannot be read.
        func next() -> ArraySlice<UInt8>? {
            while true {
                let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 { return block[..<count] }
                if errno != EINTR { return nil }
            }
        }
    }

    /// The first octets of a file, `most` of them if it has so many; `nil` where it cannot be read.
    static func octets(of path: String, atMost most: Int) -> [UInt8]? {
        guard let file = ReadableFile(path) else { return nil }
        var octets: [UInt8] = []
        while octets.count < most {
            guard let more = file.next() else { return nil }
            if more.isEmpty { break }
            octets += more.prefix(most - octets.count)
        }
        return octets
    }

    /// Whether a path names an existing regular file.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The working directory, absolute; `nil` where it has gone.
    static var workingFolder: String? {
        guard let folder = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(folder) }
        return unsafe String(cString: folder)
    }

    /// Whether two paths name the same existing file.
    static func isSameFile(_ left: String, _ right: String) -> Bool {
        var (first, second) = (stat(), stat())
        let isThere =
            unsafe FileName.withCString(left) { unsafe stat($0, &first) } == 0
            && FileName.withCString(right) { unsafe stat($0, &second) } == 0
        guard isThere else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    private static func write(_ descriptor: Int32, _ octets: [UInt8]) {
        var rest = octets[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, written))
        }
    }

    /// A text without anything that moves a cursor or hides other text: such characters are shown by their numbers.
    static func printable(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            if let octet = FileName.octet(scalar) {
                shown += "\\x" + String(octet, radix: 16)
                continue
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// The arguments of the command line behind the command's name, as `FileName` makes text of them.
    static var arguments: [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            guard let argument = unsafe CommandLine.unsafeArgv[index] else { return nil }
            return FileName.text(unsafe Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument))))
        }
    }

    private static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}

/// The corresponding C function is `write`, which a method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ octets: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, octets, count)
}
