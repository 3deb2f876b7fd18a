import CZstd

/// zstd frames, by libzstd.
@safe final class ZstdDecoder: Decoder {
    private let stream: OpaquePointer

    init() throws(InputFault) {
        guard let stream = unsafe ZSTD_createDStream() else { throw InputFault(.readFailed, "out of memory") }
        unsafe self.stream = stream
        let limit = Int32(Compression.memoryLimit.trailingZeroBitCount)
        _ = unsafe ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, limit)
    }

    deinit {
        _ = unsafe ZSTD_freeDStream(stream)
    }

    /// libzstd goes on to the next frame by itself.
    func restart() {}

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Decoded {
        var packed = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var plain = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = unsafe ZSTD_decompressStream(stream, &plain, &packed)
        return unsafe Decoded(consumed: packed.pos, produced: plain.pos, state: state(result))
    }

    private func state(_ result: Int) -> Decoded.State {
        guard ZSTD_isError(result) != 0 else { return result == 0 ? .ended : .inside(wants: result) }
        return switch ZSTD_getErrorCode(result) {
        case ZSTD_error_frameParameter_windowTooLarge: .failed(Compression.zstd.tooLarge())
        case ZSTD_error_dictionary_wrong: .failed(Compression.zstd.refusal("the zstd data need a dictionary"))
        case ZSTD_error_memory_allocation: .failed(InputFault(.readFailed, "out of memory"))
        default: .damaged(unsafe String(cString: ZSTD_getErrorName(result)))
        }
    }
}
