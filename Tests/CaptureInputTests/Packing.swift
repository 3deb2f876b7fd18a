import CLZ4
import CLZMA
import CZlib
import CZstd

/// The containers, and how the libraries themselves pack them.
enum Packing: String, CaseIterable, Codable {
    case gzip
    case zstd
    case lz4
    case xz

    /// One member with these octets, and the check value that the command-line tool writes.
    func pack(_ octets: [UInt8]) -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: octets.count + octets.count / 8 + 1_024)
        var count = 0
        switch self {
        case .gzip:
            var input = octets
            var stream = unsafe z_stream()
            // A z_stream may not move between calls.
            unsafe withUnsafeMutablePointer(to: &stream) { stream in
                let size = unsafe Int32(MemoryLayout<z_stream>.size)
                unsafe deflateInit2_(stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(), size)
                unsafe input.withUnsafeMutableBufferPointer { input in
                    unsafe packed.withUnsafeMutableBufferPointer { packed in
                        unsafe stream.pointee.next_in = input.baseAddress
                        unsafe stream.pointee.avail_in = UInt32(input.count)
                        unsafe stream.pointee.next_out = packed.baseAddress
                        unsafe stream.pointee.avail_out = UInt32(packed.count)
                        unsafe deflate(stream, Z_FINISH)
                    }
                }
                count = unsafe Int(stream.pointee.total_out)
                unsafe deflateEnd(stream)
            }
        case .zstd:
            let context = unsafe ZSTD_createCCtx()
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
            count = unsafe ZSTD_compress2(context, &packed, packed.count, octets, octets.count)
            unsafe ZSTD_freeCCtx(context)
        case .lz4:
            var preferences = LZ4F_preferences_t()
            preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
            count = unsafe LZ4F_compressFrame(&packed, packed.count, octets, octets.count, &preferences)
        case .xz:
            let check = LZMA_CHECK_CRC64
            unsafe lzma_easy_buffer_encode(1, check, nil, octets, octets.count, &packed, &count, packed.count)
        }
        return Array(packed.prefix(count))
    }
}
