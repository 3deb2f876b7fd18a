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
        let state: Decoded.State =
            if ZSTD_isError(result) == 0 {
                result == 0 ? .ended : .inside
            } else if ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge {
                .failed(Compression.zstd.tooLarge())
            } else {
                .failed(Compression.zstd.damaged(unsafe String(cString: ZSTD_getErrorName(result))))
            }
        return unsafe Decoded(consumed: packed.pos, produced: plain.pos, state: state)
    }
}
