/// What one library does: packed octets in, plain octets out, as far as both reach.
protocol Decoder: AnyObject {
    /// Unpacks from `input` into `output`. `input` may be empty where plain octets wait to be fetched.
    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Decoded

    /// Makes ready for another member.
    func restart() throws(InputFault)
}

/// What one step of a decoder did.
struct Decoded {
    /// Octets of the input that are done with.
    var consumed: Int
    /// Octets stored in the output.
    var produced: Int
    var state: State

    enum State {
        /// Inside a member. No more than `wants` octets should be offered next: a library that meets a wrong one takes
        /// back all that it made of those offered with it.
        case inside(wants: Int)
        /// At the end of a member, with all its octets given out.
        case ended
        /// Unable to go on, after what was produced, for the octets are wrong: the library's words.
        case damaged(String)
        /// Unable to go on, after what was produced, though nothing is known to be wrong.
        case failed(InputFault)
    }
}

/// The plain octets of packed ones, member by member, unpacked as they are asked for.
///
/// Memory does not depend on what the octets claim: it is a block of input and what the decoder needs, which
/// `Compression.memoryLimit` bounds. All that was unpacked before a cut or a damaged place is given out before the
/// fault is.
final class Unpacking: ByteSource {
    private let compression: Compression
    private var input: BlockBuffer
    private let decoder: any Decoder
    private var isInside = true
    /// The most octets to offer the decoder next. The first octet of a member makes it tell.
    private var wanted = 1
    /// Whether the output was filled, so that the decoder may hold more of it.
    private var isOutputDue = false
    private var fault: InputFault?

    init(_ source: Lookahead, _ compression: Compression) throws(InputFault) {
        self.compression = compression
        input = BlockBuffer(source, capacity: 64 << 10)
        decoder = try compression.decoder()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
        if let fault { throw fault }
        while true {
            if !isInside {
                guard try begin() else { return 0 }
            }
            // What the decoder holds comes first, for the sender of more input may take its time.
            let offered = isOutputDue ? 0 : try min(wanted, input.fill(1))
            let isStarved = !isOutputDue && offered == 0
            let step = unsafe decoder.decode(UnsafeBufferPointer(rebasing: input.bytes[..<offered]), into: buffer)
            input.consume(step.consumed)
            isOutputDue = step.produced == buffer.count
            switch step.state {
            case .ended: isInside = false
            case .inside where isStarved && step.produced == 0: fault = compression.cut(at: input.offset)
            case .inside where offered > 0 && step.consumed == 0 && step.produced == 0:
                fault = compression.damaged(at: input.offset, "no end is in sight")
            case .inside(let wants): wanted = wants
            case .damaged(let reason): fault = compression.damaged(at: input.offset, reason)
            case .failed(let reason): fault = reason
            }
            if step.produced > 0 { return step.produced }
            if let fault { throw fault }
        }
    }

    /// Whether another member follows, behind zeros that some writers pad with.
    private func begin() throws(InputFault) -> Bool {
        while true {
            if try input.fill(1) == 0 { return false }
            let bytes = unsafe input.bytes
            let zeros = unsafe bytes.firstIndex { $0 != 0 } ?? bytes.count
            input.consume(zeros)
            if zeros < bytes.count { break }
        }
        _ = try input.fill(compression.magic.count)
        let next = unsafe input.bytes
        guard unsafe compression.mayBegin(next.span) else {
            let place = "behind the end of the \(compression.rawValue) data, at byte \(input.offset) of the file,"
            throw InputFault(.damaged, "\(place) stand octets that are none")
        }
        try decoder.restart()
        isInside = true
        wanted = 1
        return true
    }
}
