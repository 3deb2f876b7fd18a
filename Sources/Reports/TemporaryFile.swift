#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

    /// Appends `octets`.
    func append(_ octets: borrowing OctetBuffer) throws(ReportError) {
        try write(octets, to: descriptor, name: TemporaryFile.name)
    }

    /// Copies the whole file to `sink`.
    func copy(to sink: inout ByteSink) throws(ReportError) {
        lseek(descriptor, 0, SEEK_SET)
        while true {
            var code: Int32 = 0
            let count = unsafe sink.pending.append(room: ByteSink.bufferSize) { room in
                let count = unsafe read(descriptor, room.baseAddress, room.count)
                code = errno
                return count
            }
            if count == 0 { return }
            guard count > 0 || code == EINTR else {
                throw .cannotWrite(name: TemporaryFile.name, reason: systemReason(code))
            }
            try sink.flushIfFull()
        }
    }
}
