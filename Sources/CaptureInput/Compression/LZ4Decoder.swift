import CLZ4

/// LZ4 frames, by liblz4.
@safe final class LZ4Decoder: Decoder {
    private let context: OpaquePointer

    init() throws(InputFault) {
        var context: OpaquePointer?
        let result = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard LZ4F_isError(result) == 0, let context = unsafe context else {
            throw InputFault(.readFailed, "out of memory")
        }
        unsafe self.context = context
    }

    deinit {
        _ = unsafe LZ4F_freeDecompressionContext(context)
    }

    /// liblz4 goes on to the next frame by itself.
    func restart() {}

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Decoded {
        var (consumed, produced) = (input.count, output.count)
        let result = unsafe LZ4F_decompress(
            context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
        guard LZ4F_isError(result) == 0 else {
            let reason = unsafe String(cString: LZ4F_getErrorName(result))
            // What the counts say after an error is not documented.
            return Decoded(consumed: 0, produced: 0, state: .damaged(reason))
        }
        return Decoded(consumed: consumed, produced: produced, state: result == 0 ? .ended : .inside(wants: result))
    }
}
