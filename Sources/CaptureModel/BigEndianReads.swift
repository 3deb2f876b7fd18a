/// Reads in network byte order. An index beyond the span traps, so a reader checks the length first; what it does not
/// check, a forged capture will find.
extension Span where Element == UInt8 {
    /// The 16-bit number at `at`.
    @inlinable @inline(__always)
    package func big16(_ at: Int) -> UInt16 { load(at, as: UInt16.self).bigEndian }

    /// The 32-bit number at `at`.
    @inlinable @inline(__always)
    package func big32(_ at: Int) -> UInt32 { load(at, as: UInt32.self).bigEndian }

    /// The 64-bit number at `at`.
    @inlinable @inline(__always)
    package func big64(_ at: Int) -> UInt64 { load(at, as: UInt64.self).bigEndian }

    /// The 16-bit number at `at`, least significant byte first.
    @inlinable @inline(__always)
    package func little16(_ at: Int) -> UInt16 { load(at, as: UInt16.self).littleEndian }

    /// The 32-bit number at `at`, least significant byte first.
    @inlinable @inline(__always)
    package func little32(_ at: Int) -> UInt32 { load(at, as: UInt32.self).littleEndian }

    /// A number at `at`, as this machine has it in memory: one look at the bounds, and one load.
    @inlinable @inline(__always)
    func load<Number: FixedWidthInteger & BitwiseCopyable>(_ at: Int, as: Number.Type) -> Number {
        precondition(at >= 0 && at <= count &- MemoryLayout<Number>.size)
        // The octets loaded are within the span, as was just seen, and any of them make a number.
        return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: Number.self)
    }
}
