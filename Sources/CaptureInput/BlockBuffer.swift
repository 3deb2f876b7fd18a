/// A sliding window over a byte source: the bytes at its front stand together in memory and are lent from there.
@safe struct BlockBuffer: ~Copyable {
    private let source: Lookahead
    private var storage: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    /// Where in the input the window begins.
    private(set) var offset: UInt64 = 0

    init(_ source: Lookahead, capacity: Int) {
        self.source = source
        unsafe storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// The bytes that the window holds now. They move when `fill` is called.
    @inline(__always)
    var bytes: UnsafeBufferPointer<UInt8> {
        let window = unsafe UnsafeRawBufferPointer(rebasing: storage[start..<end])
        return unsafe window.bindMemory(to: UInt8.self)
    }

    /// Makes the window hold at least `count` bytes, and returns how many it holds: fewer only at the end of the input.
    @inline(__always)
    mutating func fill(_ count: Int) throws(InputFault) -> Int {
        if end - start < count { try refill(count) }
        return end - start
    }

    /// Leaves the first `count` bytes behind; they are in the window.
    @inline(__always)
    mutating func consume(_ count: Int) {
        start += count
        offset &+= UInt64(count)
    }

    /// Leaves `count` bytes behind, in the window or not, and returns how many there were.
    mutating func skip(_ count: Int) throws(InputFault) -> Int {
        var left = count
        while left > 0 {
            let here = min(left, try fill(1))
            if here == 0 { break }
            consume(here)
            left -= here
        }
        return count - left
    }

    private mutating func refill(_ count: Int) throws(InputFault) {
        let kept = end - start
        if unsafe count > storage.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
            unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[start..<end]))
            unsafe storage.deallocate()
            unsafe storage = larger
        } else if kept > 0, start > 0 {
            unsafe storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[start..<end]))
        }
        start = 0
        end = kept
        while end < count {
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[end...])
            let got = try unsafe source.read(into: free)
            if got == 0 { return }
            end += got
        }
    }
}
