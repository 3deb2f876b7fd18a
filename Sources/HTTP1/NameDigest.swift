/// Which field names a head may hold: a bit for each pair of a name's length and its first letter, some of which share
/// one. What is not in the digest is not in the head; what is in it may be there. So one look at 64 bits, gathered
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
            let first = unsafe name.utf8Start.pointee
            bits |= Self.bit(length: name.utf8CodeUnitCount, first: first)
        }
        rawValue = bits
    }

    /// The bit of a name by its length and its first octet, whose letter case does not matter. The factors are chosen so
    /// that the names in most messages (Host, Date, ETag …) share none with those that rules look for.
    @inline(__always)
    static func bit(length: Int, first: UInt8) -> UInt64 {
        1 &<< (UInt64(truncatingIfNeeded: length &* 9) &>> 1 ^ UInt64(first & 0x1f) &* 27)
    }
}
