import CLZMA

/// .xz streams, by liblzma.
@safe final class XZDecoder: Decoder {
    private let stream: UnsafeMutablePointer<lzma_stream>

    init() throws(InputFault) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: lzma_stream())
        do throws(InputFault) {
            try restart()
        } catch {
            unsafe stream.deallocate()
            throw error
        }
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func restart() throws(InputFault) {
        guard unsafe lzma_stream_decoder(stream, UInt64(Compression.memoryLimit), 0) == LZMA_OK else {
            throw InputFault(.readFailed, "out of memory")
        }
    }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Decoded {
        unsafe stream.pointee.next_in = input.baseAddress
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let result = unsafe lzma_code(stream, LZMA_RUN)
        let state: Decoded.State =
            switch result {
            case LZMA_OK, LZMA_BUF_ERROR: .inside(wants: .max)  // the latter: nothing to do
            case LZMA_STREAM_END: .ended
            case LZMA_MEMLIMIT_ERROR: .failed(Compression.xz.tooLarge())
            case LZMA_MEM_ERROR: .failed(InputFault(.readFailed, "out of memory"))
            case LZMA_OPTIONS_ERROR:
                .failed(Compression.xz.refusal("the xz data ask for what this liblzma does not know"))
            case LZMA_FORMAT_ERROR: .damaged("a stream does not begin as one")
            default: .damaged("their octets and check values contradict one another")
            }
        return unsafe Decoded(
            consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
            state: state)
    }
}
