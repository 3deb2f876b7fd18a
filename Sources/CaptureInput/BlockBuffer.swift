import CaptureModel

/// The part of an input that is being looked at: octets read in large blocks, lent in place, kept only as long as the
/// record that they belong to.
struct BlockBuffer {
    private let source: any ByteSource
    private var octets: [UInt8]
    private var start = 0
    private var end = 0
    /// Where in the input `start` is.
    private(set) var offset: UInt64 = 0

    init(_ source: any ByteSource, size: Int) {
        self.source = source
        octets = [UInt8](repeating: 0, count: size)
    }

    /// Octets that are at hand.
    var available: Int { end - start }

    /// Tries to have `count` octets at hand; fewer only where the input ends before.
    mutating func need(_ count: Int) throws(InputFault) {
        guard available < count else { return }
        if start > 0 {
            octets.replaceSubrange(0..<available, with: octets[start..<end])
            end -= start
            start = 0
        }
        if octets.count < count {
            octets.append(contentsOf: repeatElement(0, count: count - octets.count))
        }
        while available < count {
            let got = try readMore()
            if got == 0 { return }
            end += got
        }
    }

    /// Leaves `count` octets behind, at hand or not; returns false where the input ends before.
    mutating func skip(_ count: Int) throws(InputFault) -> Bool {
        var left = count
        while left > available {
            left -= available
            offset += UInt64(available)
            start = 0
            end = 0
            let got = try readMore()
            if got == 0 { return false }
            end = got
        }
        start += left
        offset += UInt64(left)
        return true
    }

    /// Lends the octets at hand.
    func withOctets<R>(_ body: (Span<UInt8>) -> R) -> R {
        body(octets.span.extracting(start..<end))
    }

    /// The address of an octet at hand, valid until the buffer changes.
    func address(_ at: Int, count: Int) -> UnsafeBufferPointer<UInt8> {
        // The array is this value's alone and is not touched while a packet is lent.
        unsafe octets.withUnsafeBufferPointer {
            unsafe UnsafeBufferPointer(rebasing: $0[start + at..<start + at + count])
        }
    }

    private mutating func readMore() throws(InputFault) -> Int {
        let source = source
        let from = end
        let result: Result<Int, InputFault> = unsafe octets.withUnsafeMutableBytes { bytes in
            do throws(InputFault) {
                return .success(try unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[from...])))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
