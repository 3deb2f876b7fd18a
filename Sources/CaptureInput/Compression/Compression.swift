import CaptureModel

/// The containers that captures are kept in, known by their first bytes, whatever the file's name.
enum Compression: String, CaseIterable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd
    /// The LZ4 frame format, 1.6.
    case lz4
    /// The .xz file format, 1.1.
    case xz

    /// The most memory that unpacking one file may take. It is what the strongest settings in use ask for
    /// (`xz -9`: 65 MiB, `zstd --ultra -22` or `--long`: 128 MiB).
    static let memoryLimit = 128 << 20

    /// How each member (in other words: frame, stream) of such a file begins.
    var magic: [UInt8] {
        switch self {
        case .gzip: [0x1f, 0x8b]
        case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
        case .lz4: [0x04, 0x22, 0x4d, 0x18]
        case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
        }
    }

    /// The container at the beginning of `source`; nil where there is none.
    init?(_ source: Lookahead) throws(InputFault) {
        var start = 0
        // Skippable frames, with which parallel writers begin, tell neither zstd nor lz4; the frame behind them does.
        while start < 4_096 {
            let first = Array(try source.peek(start + 8).dropFirst(start))
            if let known = Self.allCases.first(where: { first.starts(with: $0.magic) }) {
                self = known
                return
            }
            guard first.count == 8, Self.isSkippable(first) else { return nil }
            start += 8 + Int(first.span.little32(4))
        }
        return nil
    }

    /// Whether another member may begin with `octets`, of which there may be too few to be sure.
    func mayBegin(_ octets: Span<UInt8>) -> Bool {
        let first = octets.indices.prefix(magic.count).map { octets[$0] }
        return magic.starts(with: first) || (self == .zstd || self == .lz4) && Self.isSkippable(first)
    }

    /// What unpacks it.
    func decoder() throws(InputFault) -> any Decoder {
        switch self {
        case .gzip: try GzipDecoder()
        case .zstd: try ZstdDecoder()
        case .lz4: try LZ4Decoder()
        case .xz: try XZDecoder()
        }
    }

    /// The fault of an input that ends at `place`, inside a member.
    func cut(at place: UInt64) -> InputFault {
        InputFault(
            .truncated,
            "the \(rawValue) data end too early, at byte \(place) of the file, which was not copied or written to its end"
        )
    }

    /// The fault of octets about `place` that cannot be.
    func damaged(at place: UInt64, _ reason: String) -> InputFault {
        InputFault(.damaged, "the \(rawValue) data are damaged near byte \(place) of the file: \(reason)")
    }

    func tooLarge() -> InputFault {
        refusal("unpacking takes more than \(Self.memoryLimit >> 20) MiB of memory")
    }

    /// The fault of data that are right, but not for here.
    func refusal(_ reason: String) -> InputFault {
        InputFault(.notReadable, "\(reason); unpack it first (\(rawValue) -d)")
    }

    /// Frames with octets that are no data: the magic numbers 0x184d2a50 to 0x184d2a5f.
    private static func isSkippable(_ octets: [UInt8]) -> Bool {
        octets.count >= 4 && octets[0] & 0xf0 == 0x50 && octets[1...3].elementsEqual([0x2a, 0x4d, 0x18])
    }
}
