#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the octets of a report go: a file descriptor behind a buffer, or memory.
///
/// Formats append whole records to `pending` and then call `flushIfFull()`; so the buffer holds 64 KiB and one record.
/// This file and its descriptor calls are the only unsafe code of the room.
package struct ByteSink: ~Copyable {
    /// What has been appended and not been written yet; of a memory sink, everything.
    package var pending: [UInt8] = []
    /// `nil` for a sink in memory.
    private let descriptor: Int32?
    private let ownsDescriptor: Bool
    /// How errors name the output.
    private let name: String

    /// How much is gathered before it is written.
    static let bufferSize = 65536

    private init(descriptor: Int32?, owned: Bool, name: String) {
        self.descriptor = descriptor
        self.ownsDescriptor = owned
        self.name = name
        if descriptor != nil { pending.reserveCapacity(ByteSink.bufferSize * 2) }
    }

    /// A sink that keeps everything in `pending`.
    package static func memory() -> ByteSink {
        ByteSink(descriptor: nil, owned: false, name: "memory")
    }

    /// Standard output. From here on the process ignores SIGPIPE, so that a closed pipe is an error to be told apart
    /// and not a sudden death.
    package static func standardOutput() -> ByteSink {
        signal(SIGPIPE, SIG_IGN)
        return ByteSink(descriptor: 1, owned: false, name: "standard output")
    }

    /// The file at `path`, made or emptied; closed with the sink.
    package static func file(_ path: String) throws(ReportError) -> ByteSink {
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard opened >= 0 else { throw .cannotOpen(name: path, reason: systemReason(errno)) }
        return ByteSink(descriptor: opened, owned: true, name: path)
    }

    /// An open descriptor that stays the caller's.
    static func descriptor(_ descriptor: Int32, name: String) -> ByteSink {
        ByteSink(descriptor: descriptor, owned: false, name: name)
    }

    deinit {
        if let descriptor, ownsDescriptor { close(descriptor) }
    }

    /// Writes the buffer once it is full. Called after each record.
    package mutating func flushIfFull() throws(ReportError) {
        if pending.count >= ByteSink.bufferSize { try flush() }
    }

    /// Writes what is pending; a sink in memory keeps it.
    package mutating func flush() throws(ReportError) {
        guard let descriptor else { return }
        var done = 0
        while done < pending.count {
            let rest = done..<pending.count
            let written = unsafe pending.span.extracting(rest).withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress, $0.count)
            }
            let code = errno
            if written >= 0 {
                done += written
            } else if code == EAGAIN {
                // A non-blocking descriptor that somebody else set up: wait until it takes more.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&request, 1, -1)
            } else if code != EINTR {
                pending.removeAll()  // nothing of it is written twice
                throw code == EPIPE ? .closedPipe : .cannotWrite(name: name, reason: systemReason(code))
            }
        }
        pending.removeAll(keepingCapacity: true)
    }
}

/// A temporary file without a name: it is gone with its descriptor, whatever happens to the process.
final class TemporaryFile {
    private let descriptor: Int32
    private static let name = "a temporary file"

    /// Makes the file in `TMPDIR`, or in `/tmp`.
    init() throws(ReportError) {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/interlude.XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let path = buffer.baseAddress else { return Int32(-1) }
            let made = unsafe mkstemp(path)
            if made >= 0 { unsafe unlink(path) }
            return made
        }
        guard made >= 0 else { throw .cannotOpen(name: TemporaryFile.name, reason: systemReason(errno)) }
        descriptor = made
    }

    deinit { close(descriptor) }

    /// Appends `octets` and empties them.
    func append(_ octets: inout [UInt8]) throws(ReportError) {
        var sink = ByteSink.descriptor(descriptor, name: TemporaryFile.name)
        swap(&sink.pending, &octets)
        try sink.flush()
        swap(&sink.pending, &octets)
    }

    /// Copies the whole file to `sink`.
    func copy(to sink: inout ByteSink) throws(ReportError) {
        lseek(descriptor, 0, SEEK_SET)
        while true {
            var (count, code) = (0, Int32(0))
            sink.pending.append(addingCapacity: ByteSink.bufferSize) { free in
                unsafe free.withUnsafeMutableBufferPointer { buffer, initialized in
                    repeat {
                        count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                        code = errno
                    } while count < 0 && code == EINTR
                    initialized = max(0, count)
                }
            }
            guard count >= 0 else { throw .cannotWrite(name: TemporaryFile.name, reason: systemReason(code)) }
            if count == 0 { return }
            try sink.flushIfFull()
        }
    }
}

private func systemReason(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}

extension [UInt8] {
    /// Appends `span` in one copy.
    mutating func octets(_ span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// Appends a text of the program.
    mutating func literal(_ text: StaticString) {
        // The octets of a StaticString are constant data of the program.
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
