/// A stretch of octets inside a buffer that is kept with it. Heads are bounded (`HTTPLimits`), so 32 bits are plenty.
///
/// It is one word, for an exchange's messages have many, and a value of more than fifteen words is copied by Swift 6.3
/// wherever one looks into it.
@usableFromInline
package struct OctetRange: Hashable, Sendable, BitwiseCopyable {
    /// The start in the low half, the end in the high one.
    @usableFromInline var word: UInt64

    @inlinable
    package init(_ start: Int, _ end: Int) {
        word = UInt64(UInt32(truncatingIfNeeded: end)) << 32 | UInt64(UInt32(truncatingIfNeeded: start))
    }

    @inlinable package var start: UInt32 { UInt32(truncatingIfNeeded: word) }
    @inlinable package var end: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
    /// The stretch as indices.
    @inlinable package var range: Range<Int> { Int(start)..<Int(end) }
    @inlinable package var count: Int { Int(end) - Int(start) }
    @inlinable package var isEmpty: Bool { start == end }

    /// The same stretch in a buffer where it begins `offset` octets later; or earlier, but not before its beginning.
    @inlinable
    package func shifted(by offset: Int) -> OctetRange {
        // Both halves at once: neither overflows into the other, for both ends are within what 32 bits hold.
        var range = self
        range.word &+= UInt64(bitPattern: Int64(offset)) &* 0x1_0000_0001
        return range
    }
}

/// One field line of a head: where its name and its value are, without the white space around them (RFC 9112 section 5).
///
/// The value of a folded field (obs-fold, RFC 9112 section 5.2) reaches to the end of its last line, folds included.
@usableFromInline
package struct FieldLine: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package var name: OctetRange
    @usableFromInline package var value: OctetRange

    @inlinable
    package init(name: OctetRange, value: OctetRange) {
        self.name = name
        self.value = value
    }

    /// The same line in a buffer where it begins `offset` octets later.
    @inlinable
    package func shifted(by offset: Int) -> FieldLine {
        FieldLine(name: name.shifted(by: offset), value: value.shifted(by: offset))
    }
}

/// `HTTP/1.1`: both digits as they stood on the wire (RFC 9112 section 2.3).
@usableFromInline
package struct HTTPVersion: Hashable, Sendable, BitwiseCopyable {
    /// The first digit in the high half, the second in the low one.
    @usableFromInline var digits: UInt8

    /// Both numbers are one digit.
    @inlinable
    package init(major: UInt8, minor: UInt8) {
        digits = major << 4 | minor & 15
    }

    @inlinable package var major: UInt8 { digits >> 4 }
    @inlinable package var minor: UInt8 { digits & 15 }

    /// HTTP/1.1 or a later 1.x.
    @inlinable package var isAtLeast11: Bool { major > 1 || major == 1 && minor >= 1 }
}
