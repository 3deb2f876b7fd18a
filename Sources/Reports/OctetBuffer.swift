/// Octets of a report in the making: what `[UInt8]` is, without its check of uniqueness at each octet, and with ways to
/// copy text of the wire that look at eight octets at a time. A report is mostly made of such copies.
///
/// Here, in `ByteSink.swift` and in `TemporaryFile.swift` is all unsafe code of the room. Nothing leaves this type
/// unchecked: every write is behind a `reserve`, every read inside a span.
@safe
package struct OctetBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many octets it holds.
    package private(set) var count = 0

    /// An empty buffer with room for `capacity` octets; it grows as need be.
    package init(capacity: Int = 256) {
        self.capacity = max(capacity, 32)
        unsafe base = .allocate(capacity: self.capacity)
    }

    deinit { unsafe base.deallocate() }

    /// Makes room for `more` octets.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = moved
        capacity = larger
    }

    /// Appends one octet.
    @inline(__always)
    mutating func append(_ octet: UInt8) {
        reserve(1)
        unsafe base[count] = octet
        count += 1
    }

    /// Appends so many blanks.
    mutating func blanks(_ count: Int) {
        reserve(count)
        unsafe (base + self.count).update(repeating: 0x20, count: count)
        self.count += count
    }

    /// Appends a text of the program.
    @inline(__always)
    mutating func literal(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        reserve(length)
        // The octets of a StaticString are constant data of the program.
        unsafe (base + count).update(from: text.utf8Start, count: length)
        count += length
    }

    /// Appends all of `octets`.
    package mutating func append(copying octets: Span<UInt8>) {
        let length = octets.count
        reserve(length)
        unsafe octets.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe (base + count).update(from: start, count: length)
        }
        count += length
    }

    /// Appends the last `length` digits of `value`, zeros included.
    @inline(__always)
    mutating func digits(_ value: UInt64, count length: Int) {
        reserve(length)
        var rest = value
        for place in (count..<count + length).reversed() {
            unsafe base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    /// Appends `octets` where all of them are printable ASCII but `"`, `\` and `stop`, and says so; else it appends
    /// nothing. With `lowerCase`, letters are written in lower case.
    mutating func appendPlain(_ octets: Span<UInt8>, but stop: UInt8, lowerCase: Bool = false) -> Bool {
        let length = octets.count
        reserve(length)
        let stops = UInt64(stop) &* Word.each
        var found: UInt64 = 0
        unsafe octets.withUnsafeBytes { source in
            let target = unsafe UnsafeMutableRawPointer(base + count)
            /// Copies eight octets.
            func copy(_ at: Int) {
                let word = unsafe source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                found |= Word.special(word, stops)
                let shown = lowerCase ? Word.lowerCased(word) : word
                unsafe target.storeBytes(of: shown, toByteOffset: at, as: UInt64.self)
            }
            if length >= 8 {
                for at in stride(from: 0, to: length &- 7, by: 8) { copy(at) }
                copy(length &- 8)  // what is left, with some of what was copied before
            } else if length >= 4 {
                let first = unsafe source.loadUnaligned(as: UInt32.self)
                let last = unsafe source.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self)
                let word = UInt64(first) | UInt64(last) << 32
                found = Word.special(word, stops)
                let shown = lowerCase ? Word.lowerCased(word) : word
                unsafe target.storeBytes(of: UInt32(truncatingIfNeeded: shown), as: UInt32.self)
                unsafe target.storeBytes(
                    of: UInt32(truncatingIfNeeded: shown >> 32), toByteOffset: length &- 4, as: UInt32.self)
            } else {
                for at in 0..<length {
                    let word = unsafe UInt64(source[at]) | Word.blanks
                    found |= Word.special(word, stops)
                    let shown = lowerCase ? Word.lowerCased(word) : word
                    unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: shown), toByteOffset: at, as: UInt8.self)
                }
            }
        }
        guard found == 0 else { return false }
        count += length
        return true
    }

    /// Lends what it holds.
    package borrowing func withSpan<R, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> R
    ) throws(Failure) -> R {
        try unsafe body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// What it holds, as text; it has to be UTF-8.
    var string: String {
        unsafe String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
    }

    /// Forgets everything and keeps the room.
    mutating func removeAll() { count = 0 }

    /// Lets `fill` write up to `room` octets at the end; it returns how many it has written, or less than zero for none.
    mutating func append(room: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        reserve(room)
        let filled = unsafe fill(UnsafeMutableRawBufferPointer(start: base + count, count: room))
        count += min(max(0, filled), room)
        return filled
    }
}

/// Eight octets at a time (after Lamport's "Multiple byte processing with full-word instructions").
private enum Word {
    /// This times a value has that value in each octet.
    static let each: UInt64 = 0x0101_0101_0101_0101
    /// Seven blanks above the lowest octet.
    static let blanks: UInt64 = 0x2020_2020_2020_2000
    private static let high: UInt64 = 0x8080_8080_8080_8080

    /// Not zero where one of eight octets is no printable ASCII, or is `"`, `\`, or that of `stops`.
    @inline(__always)
    static func special(_ word: UInt64, _ stops: UInt64) -> UInt64 {
        let control = (word &- each &* 0x20) & ~word
        let found =
            control | zero(word ^ each &* 0x7f) | zero(word ^ each &* 0x22) | zero(word ^ each &* 0x5c)
            | zero(word ^ stops) | word
        return found & high
    }

    /// The high bit is set in the lowest octet of `word` that is zero, and perhaps in some above.
    @inline(__always)
    private static func zero(_ word: UInt64) -> UInt64 { (word &- each) & ~word }

    /// ASCII letters in lower case; the octets are below 0x80.
    @inline(__always)
    static func lowerCased(_ word: UInt64) -> UInt64 {
        let fromA = word &+ each &* (0x80 - 0x41)
        let beyondZ = word &+ each &* (0x80 - 0x5b)
        return word | (fromA & ~beyondZ & high) >> 2
    }
}
