import CZlib

/// gzip members, by zlib.
@safe final class GzipDecoder: Decoder {
    /// zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(InputFault) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // A window of 2^15 octets, and 16 for gzip's header and check.
        let result = unsafe inflateInit2_(stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw InputFault(.readFailed, "out of memory")
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    func restart() {
        unsafe inflateReset(stream)
    }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Decoded {
        let (inputCount, outputCount) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = inputCount
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = outputCount
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        let state: Decoded.State =
            switch result {
            case Z_OK, Z_BUF_ERROR: .inside(wants: .max)  // the latter: nothing to do
            case Z_STREAM_END: .ended
            case Z_MEM_ERROR: .failed(InputFault(.readFailed, "out of memory"))
            default: .damaged(message ?? "zlib's error \(result)")
            }
        return unsafe Decoded(
            consumed: Int(inputCount - stream.pointee.avail_in), produced: Int(outputCount - stream.pointee.avail_out),
            state: state)
    }

    private var message: String? {
        unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
    }
}
