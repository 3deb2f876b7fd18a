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
    /// The file to the side that becomes the report when it is published; `nil` once it is, or where there is none.
    private var aside: String?
    /// What the file to the side becomes.
    private var target = ""

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

    /// Makes a folder, where there is none of that name. Throws where files cannot be made in it.
    package static func makeFolder(_ path: String) throws(ReportError) {
        if unsafe mkdir(path, 0o777) == 0 { return }
        // The dot tells a folder from a file of that name.
        if errno == EEXIST, unsafe access(path + "/.", W_OK | X_OK) == 0 { return }
        throw .cannotOpen(name: path, reason: systemReason(errno))
    }

    /// Removes a file, if it is there.
    package static func removeFile(_ path: String) {
        _ = unsafe unlink(path)
    }

    /// The file at `path`, which stays as it is until the report is published: it is written to the side, under a hidden
    /// name in the same folder, and then renamed. Without `publish` the sink leaves nothing behind.
    ///
    /// A symbolic link stays one: what it points to is replaced. What is no regular file, as a pipe or a device, cannot
    /// be replaced and is written at once.
    package static func replacing(_ path: String) throws(ReportError) -> ByteSink {
        var status = stat()
        let exists = unsafe stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG { return try .file(path) }
        let target = exists ? resolved(path) : path
        let (folder, last) = target.splitAtLastSlash
        // What may be written at all is decided by the file that there is.
        if exists, unsafe access(target, W_OK) != 0 { throw .cannotOpen(name: path, reason: systemReason(errno)) }
        var template = Array("\(folder).\(last.prefix(200)).XXXXXX".utf8CString)
        let opened = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(-1) }
            return unsafe mkstemp(start)
        }
        guard opened >= 0 else { throw .cannotOpen(name: path, reason: systemReason(errno)) }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        var sink = ByteSink(descriptor: opened, owned: true, name: path)
        sink.aside = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        sink.target = target
        // A temporary file is for its owner only; a report is for whom the file before it was, or any new file.
        fchmod(opened, exists ? status.st_mode & 0o7777 : 0o666 & ~currentMask)
        return sink
    }

    /// Puts a report that is written to the side in its place; nothing to do for any other sink. After `flush`.
    package mutating func publish() throws(ReportError) {
        guard let aside, let descriptor else { return }
        // Its octets reach the disk before its name does: after a loss of power there is the old file or the new one.
        guard fsync(descriptor) == 0, unsafe rename(aside, target) == 0 else {
            throw .cannotWrite(name: name, reason: systemReason(errno))
        }
        self.aside = nil
    }

    /// An open descriptor that stays the caller's.
    static func descriptor(_ descriptor: Int32, name: String) -> ByteSink {
        ByteSink(descriptor: descriptor, owned: false, name: name)
    }

    deinit {
        if let aside { _ = unsafe unlink(aside) }
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

/// The path behind all symbolic links; the path itself where the system cannot say.
private func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
}

/// The permissions that new files of this process do not get. Asking for it means setting it, so it is asked for once.
private let currentMask: mode_t = {
    let mask = umask(0o022)
    umask(mask)
    return mask
}()

extension String {
    /// The folder with its slash, empty for none, and the last component.
    fileprivate var splitAtLastSlash: (folder: Substring, last: Substring) {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", self[...]) }
        return (self[...slash], self[index(after: slash)...])
    }
}
