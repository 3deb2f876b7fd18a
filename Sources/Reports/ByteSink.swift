import CaptureModel

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
package struct ByteSink: ~Copyable {
    /// What has been appended and not been written yet; of a memory sink, everything.
    package var pending: OctetBuffer
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
        pending = OctetBuffer(capacity: descriptor == nil ? 0 : ByteSink.bufferSize * 2)
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
        let opened = unsafe FileName.withCString(path) {
            unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        }
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
        defer { pending.removeAll() }  // after an error too: nothing is written twice
        try write(pending, to: descriptor, name: name)
    }
}

/// Writes all of `octets`, in as many calls as that takes.
func write(_ octets: borrowing OctetBuffer, to descriptor: Int32, name: String) throws(ReportError) {
    try octets.withSpan { (span) throws(ReportError) in
        var done = 0
        while done < span.count {
            let (written, code) = unsafe span.extracting(done...).withUnsafeBytes { rest in
                let written = unsafe write(descriptor, rest.baseAddress, rest.count)
                return (written, errno)
            }
            if written >= 0 {
                done += written
            } else if code == EAGAIN {
                // A non-blocking descriptor that somebody else set up: wait until it takes more.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&request, 1, -1)
            } else if code != EINTR {
                throw code == EPIPE ? .closedPipe : .cannotWrite(name: name, reason: systemReason(code))
            }
        }
    }
}

/// What the system says of an error number.
func systemReason(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
