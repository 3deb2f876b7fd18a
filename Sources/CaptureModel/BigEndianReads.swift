/// Reads in network byte order. An index beyond the span traps, so a reader checks the length first; what it does not
/// check, a forged capture will find.
extension Span where Element == UInt8 {
    /// The 16-bit number at `at`.
    @inlinable @inline(__always)
    package func big16(_ at: Int) -> UInt16 {
        UInt16(self[at]) << 8 | UInt16(self[at + 1])
    }

    /// The 32-bit number at `at`.
    @inlinable @inline(__always)
    package func big32(_ at: Int) -> UInt32 {
        UInt32(big16(at)) << 16 | UInt32(big16(at + 2))
    }

    /// The 64-bit number at `at`.
    @inlinable @inline(__always)
    package func big64(_ at: Int) -> UInt64 {
        UInt64(big32(at)) << 32 | UInt64(big32(at + 4))
    }

    /// The 16-bit number at `at`, least significant byte first.
    @inlinable @inline(__always)
    package func little16(_ at: Int) -> UInt16 {
        UInt16(self[at + 1]) << 8 | UInt16(self[at])
    }

    /// The 32-bit number at `at`, least significant byte first.
    @inlinable @inline(__always)
    package func little32(_ at: Int) -> UInt32 {
        UInt32(little16(at + 2)) << 16 | UInt32(little16(at))
    }
}
