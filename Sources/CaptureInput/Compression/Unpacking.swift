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
        /// Inside a member.
        case inside
        /// At the end of a member, with all its octets given out.
        case ended
        /// Unable to go on, after what was produced.
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
            let isAtEnd = try input.fill(1) == 0
            let step = unsafe decoder.decode(input.bytes, into: buffer)
            input.consume(step.consumed)
            switch step.state {
            case .ended: isInside = false
            case .inside where step.consumed == 0 && step.produced == 0:
                fault = isAtEnd ? compression.cut() : compression.damaged("no end is in sight")
            case .inside: break
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
            throw InputFault(.damaged, "behind the end of the \(compression.rawValue) data stand octets that are none")
        }
        try decoder.restart()
        isInside = true
        return true
    }
}
