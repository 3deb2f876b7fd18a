import CaptureModel
import Glibc

/// The bytes of one opened input, from the front to the end, once: nothing below a packet reader ever seeks, so that a
/// pipe serves as well as a file.
protocol ByteSource: AnyObject {
    /// Stores up to `buffer.count` bytes and returns their number, which is 0 only at the end of the input.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int
}

/// An open file, pipe or terminal.
final class DescriptorSource: ByteSource {
    private let descriptor: Int32
    private let isOwn: Bool
    /// Whether the same bytes can be had again by opening the path again, which is true of regular files only.
    let canReopen: Bool

    /// Opens the file at `path`; `-` is standard input.
    init(path: String) throws(InputFault) {
        isOwn = path != "-"
        descriptor = isOwn ? unsafe FileName.withCString(path) { unsafe open($0, O_RDONLY | O_CLOEXEC) } : STDIN_FILENO
        var status = stat()
        let reason = errno
        guard descriptor >= 0 else {
            throw reason == ENOENT && CaptureSearch.hasUnreadableName(path)
                ? InputFault(.noSuchFile, CaptureSearch.unreadableName) : Self.refusal(reason)
        }
        guard unsafe fstat(descriptor, &status) == 0 else {
            canReopen = false
            throw Self.refusal(errno)
        }
        canReopen = isOwn && status.st_mode & S_IFMT == S_IFREG
        if status.st_mode & S_IFMT == S_IFDIR {
            throw InputFault(.isDirectory, "is a directory; name the capture files in it")
        }
    }

    deinit {
        if isOwn, descriptor >= 0 { close(descriptor) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw InputFault(.readFailed, systemReason(errno)) }
        }
    }

    private static func refusal(_ reason: Int32) -> InputFault {
        switch reason {
        case ENOENT, ENOTDIR: InputFault(.noSuchFile, "no such file; check the name")
        case EMFILE, ENFILE:
            InputFault(.notReadable, "too many files are open at once; raise the limit (ulimit -n) or give fewer files")
        default: InputFault(.notReadable, "cannot be opened: \(systemReason(reason))")
        }
    }
}

/// The system's words for an error number.
private func systemReason(_ number: Int32) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
}

/// A source whose first bytes can be looked at before they are read.
final class Lookahead: ByteSource {
    private let source: any ByteSource
    /// Bytes looked at and not yet read.
    private(set) var held: [UInt8] = []

    init(_ source: any ByteSource) {
        self.source = source
    }

    /// The next `count` bytes, fewer only where the input ends before; they will be read all the same.
    func peek(_ count: Int) throws(InputFault) -> [UInt8] {
        while held.count < count {
            var block = [UInt8](repeating: 0, count: count - held.count)
            let got = try Self.read(source, into: &block)
            if got == 0 { break }
            held += block.prefix(got)
        }
        return Array(held.prefix(count))
    }

    /// Overwrites bytes that `peek` has seen, from `at` on.
    func overwrite(at: Int, with bytes: [UInt8]) {
        held.replaceSubrange(at..<at + bytes.count, with: bytes)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
        if held.isEmpty { return try unsafe source.read(into: buffer) }
        let count = min(held.count, buffer.count)
        unsafe buffer.copyBytes(from: held.prefix(count))
        held.removeFirst(count)
        return count
    }

    /// `withUnsafeMutableBytes` passes only untyped errors on, so the fault travels as a result.
    private static func read(_ source: any ByteSource, into block: inout [UInt8]) throws(InputFault) -> Int {
        let result: Result<Int, InputFault> = unsafe block.withUnsafeMutableBytes { bytes in
            do throws(InputFault) {
                return .success(try unsafe source.read(into: bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
