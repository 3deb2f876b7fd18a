/// A moment of packet time: nanoseconds since the Unix epoch, UTC.
///
/// Capture files carry seconds and a fraction; nanoseconds in 64 bits reach from 1677 to 2262, and a reader clamps what
/// a forged file claims beyond that. Arithmetic wraps nowhere: differences saturate.
@usableFromInline
package struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before.
    @usableFromInline package var nanoseconds: Int64

    @inlinable
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Seconds and a fraction of a second in nanoseconds, clamped to what 64 bits hold.
    package init(seconds: Int64, nanoseconds fraction: Int64) {
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let limit: Int64 = seconds < 0 ? .min : .max
        let (sum, overflowToo) = whole.addingReportingOverflow(fraction)
        nanoseconds = overflow || overflowToo ? limit : sum
    }

    @inlinable
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Nanoseconds from `earlier` to this moment; negative when `earlier` is later. Saturates.
    @inlinable
    package func since(_ earlier: Timestamp) -> Int64 {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return overflow ? (nanoseconds < earlier.nanoseconds ? .min : .max) : difference
    }
}
