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
    static var width: Int? {
        var size = winsize()
        guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Says one sentence on standard error. What a file name brings along of control characters is shown as text.
    static func complain(_ sentence: String) {
        write(2, "interlude: \(printable(sentence))\n")
    }

    /// Says on standard error how the command is used, in lines.
    static func complain(usage message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
        write(2, lines.joined(separator: "\n") + "\n")
    }

    /// Writes to standard output, whole.
    static func say(_ text: String) {
        write(1, text)
    }

    /// The first octets of a file, `most` of them if it has so many; `nil` where it cannot be read.
    static func octets(of path: String, atMost most: Int) -> [UInt8]? {
        let descriptor = unsafe FileName.withCString(path) { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while octets.count < most {
            let wanted = min(block.count, most - octets.count)
            let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, wanted) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            octets += block[..<count]
        }
        return octets
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

    private static func write(_ descriptor: Int32, _ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, written))
        }
    }

    private static func printable(_ text: String) -> String {
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
