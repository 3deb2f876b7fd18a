#if canImport(Glibc)
    public import Glibc
#elseif canImport(Musl)
    public import Musl
#else
    public import Darwin
#endif

extension Span where Element == UInt8 {
    /// The first place at or after `start` that holds `octet`; `nil` where there is none. `start` is within `0...count`.
    @inlinable @inline(__always)
    package func firstIndex(of octet: UInt8, from start: Int) -> Int? {
        firstIndex(of: octet, from: start, to: count)
    }

    /// The first place from `start` on and before `end` that holds `octet`; `nil` where there is none. Both bounds are
    /// within `0...count` and in order.
    @inlinable @inline(__always)
    package func firstIndex(of octet: UInt8, from start: Int, to end: Int) -> Int? {
        precondition(start >= 0 && start <= end && end <= count)
        // memchr reads inside the span's own bounds only, and is 2 to 7 times as fast as a loop over it.
        return unsafe withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            guard let hit = unsafe memchr(base + start, Int32(octet), end - start) else { return nil }
            return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        }
    }

    /// The same for an octet that is near, as the colon behind a field's name: eight octets at a time, without a call.
    @inlinable @inline(__always)
    package func nearIndex(of octet: UInt8, from start: Int, to end: Int) -> Int? {
        precondition(start >= 0 && start <= end && end <= count)
        var at = start
        let pattern = UInt64(octet) &* 0x0101_0101_0101_0101
        while at &+ 8 <= end {
            // The load ends before `end`. The lowest set bit is exact; only above it may a borrow have set others.
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self).littleEndian
            let difference = word ^ pattern
            let hits = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            if self[at] == octet { return at }
            at &+= 1
        }
        return nil
    }

    /// How many octets from `start` on are the same as those of `other` from `otherStart` on: eight at a time, without a
    /// call. Both starts are within their spans, or at the end.
    @inlinable @inline(__always)
    package func commonLength(from start: Int, with other: Span<UInt8>, from otherStart: Int) -> Int {
        precondition(start >= 0 && start <= count && otherStart >= 0 && otherStart <= other.count)
        let most = Swift.min(count &- start, other.count &- otherStart)
        /// How many of the eight octets at `at` are the same; all loads end within `most` octets of the starts.
        func alike(_ at: Int) -> Int {
            let own = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ at, as: UInt64.self)
            let theirs = unsafe other.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: otherStart &+ at, as: UInt64.self)
            return (own ^ theirs).littleEndian.trailingZeroBitCount >> 3
        }
        var at = 0
        while at &+ 8 <= most {
            let found = alike(at)
            if found < 8 { return at &+ found }
            at &+= 8
        }
        if at == most { return most }
        if most >= 8 { return most &- 8 &+ alike(most &- 8) }
        while at < most, self[start &+ at] == other[otherStart &+ at] { at &+= 1 }
        return at
    }

    /// Whether there is an empty line, CR LF, at `start`, which is within `0...count`.
    @inlinable @inline(__always)
    package func has(emptyLine start: Int) -> Bool {
        start &+ 1 < count && self[start] == 0x0d && self[start &+ 1] == 0x0a
    }

    /// Whether the octets from `start` on begin with those of `text`.
    @inlinable @inline(__always)
    package func hasPrefix(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, start <= count, count - start >= length else { return false }
        // Both hold `length` octets, which is known where this is compiled: it becomes one or two comparisons of words.
        return unsafe withUnsafeBufferPointer { octets in
            guard let base = octets.baseAddress else { return length == 0 }
            return unsafe memcmp(base + start, text.utf8Start, length) == 0
        }
    }

    /// Whether the octets of `stretch` are `text`, letter case apart (ASCII). `text` is lower case, and of the octets that
    /// have the bit 0x40 it holds none but letters.
    @inlinable
    package func isEqual(_ stretch: Range<Int>, to text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard stretch.count == length else { return false }
        precondition(stretch.lowerBound >= 0 && stretch.upperBound <= count)
        // A literal's octets are constant data of the program, and their number was compared above, as was the stretch with
        // the span: no load reaches beyond either.
        let lower = unsafe UnsafeRawPointer(text.utf8Start)
        func differs<Number: FixedWidthInteger & BitwiseCopyable>(_ at: Int, _: Number.Type) -> Bool {
            let wanted = unsafe lower.loadUnaligned(fromByteOffset: at, as: Number.self)
            let found = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: stretch.lowerBound &+ at, as: Number.self)
            // A letter, which has the bit 0x40, may lack the bit 0x20.
            let letters = wanted & Number(truncatingIfNeeded: 0x4040_4040_4040_4040 as UInt64)
            return (found ^ wanted) & ~(letters >> 1) != 0
        }
        var at = 0
        while at &+ 8 <= length {
            if differs(at, UInt64.self) { return false }
            at &+= 8
        }
        if at == length { return true }
        if length >= 8 { return !differs(length &- 8, UInt64.self) }
        while at < length {
            if differs(at, UInt8.self) { return false }
            at &+= 1
        }
        return true
    }
}

extension Array where Element == UInt8 {
    /// The octets of a span, in an array that has no more room than they need.
    @inlinable
    package init(copying octets: Span<UInt8>) {
        self = []
        append(octets)
    }

    /// Appends the octets of a span.
    @inlinable
    package mutating func append(_ octets: Span<UInt8>) {
        // The buffer lives during this call only, and the array copies from it.
        unsafe octets.withUnsafeBufferPointer { buffer in unsafe append(contentsOf: buffer) }
    }
}
