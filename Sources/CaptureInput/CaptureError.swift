/// Why a capture could not be read, or not to its end: what, where, and what to do about it, in one sentence.
package struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of trouble.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The path names nothing.
        case noSuchFile
        /// The path names a directory.
        case isDirectory
        /// The file exists but cannot be opened: permissions, too many open files.
        case notReadable
        /// The file holds no byte at all.
        case empty
        /// The first bytes are those of something else.
        case notACapture
        /// A capture, but of a version that nobody here knows.
        case unsupportedVersion
        /// The file ends inside a packet, a block or the file header.
        case truncated
        /// The file contradicts itself.
        case damaged
        /// The system failed to deliver bytes of an open file.
        case readFailed
        /// libpcap does not accept the filter expression.
        case badFilter
        /// libpcap cannot apply the expression to the kind of frames in the file.
        case filterUnsupported
        /// There is no interface of that name.
        case noSuchDevice
        /// This user may not capture.
        case notPermitted
        /// The device cannot be opened or set up.
        case deviceFailed
        /// The device went away while it was captured on.
        case deviceGone
    }

    /// The kind of trouble.
    package var code: Code
    /// The path as given; empty for an error that no file has, such as a bad filter expression.
    package var file: String
    /// The number of the packet, from 1, at which reading stopped; nil where no packet was being read.
    package var packet: UInt64?
    /// Where in the file, unpacked, the record begins that could not be read.
    package var offset: UInt64?
    /// What is wrong, and what to do: the end of the sentence.
    package var reason: String

    package init(
        code: Code, file: String = "", packet: UInt64? = nil, offset: UInt64? = nil, reason: String
    ) {
        self.code = code
        self.file = file
        self.packet = packet
        self.offset = offset
        self.reason = reason
    }

    /// One sentence for a person, without a full stop: `a.pcap: cut in packet 17 at byte 2210: …`.
    package var sentence: String {
        let subject = file.isEmpty ? "" : "\(file): "
        var place = ""
        if let packet { place += " in packet \(packet)" }
        if let offset { place += " at byte \(offset)" }
        switch code {
        case .truncated: return "\(subject)cut\(place): \(reason)"
        case .damaged: return "\(subject)damaged\(place): \(reason)"
        case .readFailed: return "\(subject)reading failed\(place): \(reason)"
        default: return subject + reason
        }
    }

    package var description: String { sentence }
}

/// What a byte source or a packet reader throws: they know neither the file's name nor the number of the packet, and
/// `CaptureFile` adds both.
struct InputFault: Error {
    var code: CaptureError.Code
    var reason: String
    var offset: UInt64?
    /// Whether what was wrong was passed over, and so no packet has its number.
    private var isPassedOver = false

    init(_ code: CaptureError.Code, at offset: UInt64? = nil, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }

    /// The error of `file` while its packet number `packet` was being read.
    func error(file: String, packet: UInt64? = nil) -> CaptureError {
        CaptureError(
            code: code, file: file, packet: isPassedOver ? nil : packet, offset: offset, reason: reason)
    }

    /// What is told of a file that was read to its end, but for `count` blocks, of which this is the first.
    func passedOver(_ count: Int) -> InputFault {
        var fault = self
        fault.isPassedOver = true
        fault.reason += count == 1 ? "; this block was passed over" : "; this and \(count - 1) more were passed over"
        return fault
    }

    /// The same, after `count` blocks were passed over.
    func after(_ count: Int) -> InputFault {
        var fault = self
        fault.reason += "; before it, \(count) damaged \(count == 1 ? "block was" : "blocks were") passed over"
        return fault
    }
}
