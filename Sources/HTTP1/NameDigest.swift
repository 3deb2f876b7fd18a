/// Which field names a head may hold: a bit for each combination of a name's length, first and last letter, many of
/// which share one. What is not in the digest is not in the head; what is in it may be there. So one look at 64 bits, gathered
/// while the head is read, saves most heads the search for fields that hardly any head has.
@usableFromInline
package struct NameDigest: OptionSet, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package let rawValue: UInt64
    @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The digest of these names.
    package init(_ names: [StaticString]) {
        var bits: UInt64 = 0
        for name in names where name.utf8CodeUnitCount > 0 {
            // A literal's octets are constant data of the program.
            let (first, last) = unsafe (name.utf8Start[0], name.utf8Start[name.utf8CodeUnitCount - 1])
            bits |= Self.bit(length: name.utf8CodeUnitCount, first: first, last: last)
        }
        rawValue = bits
    }

    /// The digest of the name at `name` in `octets`, which is within them or empty.
    @inline(__always)
    init(_ name: Range<Int>, in octets: Span<UInt8>) {
        let first = octets[name.lowerBound]
        let last = octets[Swift.max(name.upperBound - 1, name.lowerBound)]
        rawValue = Self.bit(length: name.count, first: first, last: last)
    }

    /// The bit of a name by its length, its first and its last octet, whose letter case does not matter. The factors are
    /// chosen so that the names in most messages (Host, Date, ETag …) share none with those that rules look for.
    @inline(__always)
    package static func bit(length: Int, first: UInt8, last: UInt8) -> UInt64 {
        1 &<< (UInt64(truncatingIfNeeded: length) &* 2 &+ UInt64(first & 0x1f) &* 9 &+ UInt64(last & 0x1f) &* 25)
    }
}
