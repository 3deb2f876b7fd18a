import CaptureModel

/// The two formats of capture files, and a device, which has none.
package enum CaptureFormat: String, Hashable, Sendable {
    /// Classic pcap (draft-ietf-opsawg-pcap).
    case pcap
    /// pcapng (draft-ietf-opsawg-pcapng).
    case pcapng
    /// Packets of a device as they come.
    case live
}

/// What the header of a classic capture says.
struct SavefileHeader {
    /// Octets of the file header.
    static let length = 24
    /// The field of that header that limits the length of packets.
    static let snaplen = 16..<20

    /// The kind of frames in the file.
    var linkType: LinkType
    var isLittleEndian: Bool
    /// Which of the formats it is, by its magic number.
    var kind: Kind
    var version: (major: UInt16, minor: UInt16)

    /// The classic formats.
    enum Kind: CaseIterable {
        case microseconds
        case nanoseconds
        /// That of some old Linux libpcap, which has more in a record's header.
        case modified

        /// The magic number, as in a big-endian file.
        var magic: [UInt8] {
            switch self {
            case .microseconds: [0xa1, 0xb2, 0xc3, 0xd4]
            case .nanoseconds: [0xa1, 0xb2, 0x3c, 0x4d]
            case .modified: [0xa1, 0xb2, 0xcd, 0x34]
            }
        }
    }

    /// The header that `octets` are, all `length` of them; nil where their first four are no magic number.
    init?(_ octets: [UInt8]) {
        let magic = octets.prefix(4)
        for kind in Kind.allCases where magic.elementsEqual(kind.magic) || magic.elementsEqual(kind.magic.reversed()) {
            self.init(octets.span, kind, isLittleEndian: !magic.elementsEqual(kind.magic))
            return
        }
        return nil
    }

    private init(_ octets: Span<UInt8>, _ kind: Kind, isLittleEndian: Bool) {
        self.kind = kind
        self.isLittleEndian = isLittleEndian
        version = isLittleEndian ? (octets.little16(4), octets.little16(6)) : (octets.big16(4), octets.big16(6))
        let field = isLittleEndian ? octets.little32(20) : octets.big32(20)
        // The upper half of the field holds the length of a frame check sequence, or nothing.
        linkType = LinkType(inFile: UInt16(truncatingIfNeeded: field))
    }

    /// Whether it is the format that has been written since 1999.
    var isCurrent: Bool { kind != .modified && version == (2, 4) }

    /// Octets before each packet's bytes.
    var recordHeaderLength: Int { kind == .modified ? 24 : 16 }
}

/// The format of a file by its first bytes, whatever its name.
enum Recognised {
    case pcap(SavefileHeader)
    case pcapng

    /// The magic number of pcapng: the type of a section header block, the same in either byte order.
    static let sectionHeader: [UInt8] = [0x0a, 0x0d, 0x0d, 0x0a]

    /// Looks at the first bytes of `source`, which were unpacked from `container`; throws when they are no capture's, or
    /// too few to tell.
    init(_ source: Lookahead, inside container: Compression?) throws(InputFault) {
        let first = try source.peek(SavefileHeader.length)
        if first.isEmpty {
            throw InputFault(.empty, "is empty: nothing was captured, or it has not been written yet")
        }
        if first.starts(with: Self.sectionHeader) {
            self = .pcapng
            return
        }
        let magics = SavefileHeader.Kind.allCases.flatMap { [$0.magic, $0.magic.reversed()] } + [Self.sectionHeader]
        if first.count < SavefileHeader.length, magics.contains(where: { $0.starts(with: first.prefix(4)) }) {
            throw InputFault(.truncated, at: 0, "only \(first.count) bytes of the file header are there")
        }
        if first.count == SavefileHeader.length, let header = SavefileHeader(first) {
            self = .pcap(header)
            return
        }
        if let container, Compression.allCases.contains(where: { first.starts(with: $0.magic) }) {
            let name = container.rawValue
            throw InputFault(.notACapture, "is compressed more than once; unpack it once first (\(name) -d)")
        }
        let subject = container.map { "is \($0.rawValue)-compressed, and what is in it is" } ?? "is"
        throw InputFault(.notACapture, "\(subject) neither pcap nor pcapng: \(Self.likeness(source, first))")
    }

    /// What a file that is no capture seems to be.
    private static func likeness(_ source: Lookahead, _ first: [UInt8]) -> String {
        if isTar(source) { return "it looks like a tar archive; unpack it first (tar -xf)" }
        for (bytes, name) in kinds where first.starts(with: bytes) { return "it looks like \(name)" }
        let start = Array(first.prefix(16))
        return "it begins with \"\(WireText.string(start.span))\""
    }

    /// Whether the magic of tar archives stands where it does in their first header (POSIX.1, pax, "ustar Interchange
    /// Format").
    private static func isTar(_ source: Lookahead) -> Bool {
        let magic = Array("ustar".utf8)
        let header = try? source.peek(257 + magic.count)
        return header?.dropFirst(257).elementsEqual(magic) ?? false
    }

    private static let kinds: [([UInt8], String)] = [
        ([0x02, 0x21, 0x4c, 0x18], "lz4-compressed data of the old format; unpack it first (lz4 -d)"),
        (Array("BZh".utf8), "bzip2-compressed data; unpack it first (bzip2 -d)"),
        ([0x1f, 0x9d], "compress-compressed data; unpack it first (gzip -d)"),
        ([0x5d, 0x00, 0x00], "lzma-compressed data; unpack it first (xz -d)"),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive; unpack it first (unzip)"),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive; unpack it first (7z x)"),
        (Array("snoop\0".utf8), "a Solaris snoop capture; convert it with editcap"),
        (Array("btsnoop\0".utf8), "a Bluetooth snoop capture, which holds no network traffic"),
        (Array("RTSS".utf8), "a Microsoft Network Monitor capture; convert it with editcap"),
        (Array("GMBU".utf8), "a Microsoft Network Monitor capture; convert it with editcap"),
        (Array("XCP\0".utf8), "a NetXRay capture; convert it with editcap"),
        (Array("TRSNIFF data".utf8), "a Sniffer capture; convert it with editcap"),
        ([0x7f] + Array("ELF".utf8), "a program"),
        (Array("<".utf8), "XML or HTML"),
        (Array("{".utf8), "JSON"),
        (Array("[".utf8), "JSON"),
    ]
}
