#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A temporary file without a name: it is gone with its descriptor, whatever happens to the process.
///
/// One task writes it; then any number may read extents of it at the same time, for those have no position in common.
package final class TemporaryFile: @unchecked Sendable {
    private let descriptor: Int32
    private static let name = "a temporary file"
    /// How many octets `append` has put into it.
    package private(set) var length = 0

    /// Makes the file in `TMPDIR`, or in `/tmp`.
    package init() throws(ReportError) {
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

    /// Appends `octets`.
    package func append(_ octets: [UInt8]) throws(ReportError) {
        var done = 0
        while done < octets.count {
            let written = unsafe octets.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress.map { unsafe $0 + done }, octets.count - done, off_t(length))
            }
            guard written >= 0 || errno == EINTR else {
                throw .cannotWrite(name: TemporaryFile.name, reason: systemReason(errno))
            }
            done += max(0, written)
            length += max(0, written)
        }
    }

    /// The octets at `extent`, which were appended before.
    package func octets(_ extent: Range<Int>) throws(ReportError) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: extent.count)
        var done = 0
        while done < octets.count {
            let count = unsafe octets.withUnsafeMutableBytes {
                unsafe pread(
                    descriptor, $0.baseAddress.map { unsafe $0 + done }, extent.count - done,
                    off_t(extent.lowerBound + done))
            }
            guard count > 0 || count < 0 && errno == EINTR else {
                throw .cannotWrite(name: TemporaryFile.name, reason: count == 0 ? "it was cut" : systemReason(errno))
            }
            done += max(0, count)
        }
        return octets
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
