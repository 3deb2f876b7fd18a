import Exchanges
import Findings
import Reports

/// The records of one part of a batch, kept until all parts before it have been written: parts are read side by side,
/// and written in the order of the input.
///
/// What fills a block goes to a temporary file, so that a part takes the memory of one block however large it is.
struct PartSpool: RecordTaker, Sendable {
    private var encoder = SpillEncoder()
    private var file: TemporaryFile?
    private var extents: [Range<Int>] = []

    /// Octets of a block, some 500 exchanges.
    private static let blockSize = 256 << 10

    /// What a record begins with.
    private enum Kind: UInt8, BitwiseCopyable {
        case exchange
        case finding
    }

    mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID?,
        downstream: ExchangeID?
    ) throws(ReportError) {
        encoder.put(Kind.exchange)
        encoder.put(connectionEnd.kind)
        encoder.put(connectionEnd.closedFirst)
        let item = JudgedExchange(exchange, findings)
        (item.upstream, item.downstream) = (upstream, downstream)
        encoder.put(item)
        try spillIfFull()
    }

    mutating func finding(_ finding: Finding) throws(ReportError) {
        encoder.put(Kind.finding)
        encoder.put(finding)
        try spillIfFull()
    }

    private mutating func spillIfFull() throws(ReportError) {
        guard encoder.octets.count >= Self.blockSize else { return }
        let file = if let file { file } else { try TemporaryFile() }
        self.file = file
        extents.append(file.length..<file.length + encoder.octets.count)
        try file.append(encoder.octets)
        encoder.clear()
    }

    /// How many blocks there are.
    var blocks: Int { extents.count + 1 }

    /// The records of a block, from 0, in their order; `names` are those of the part's captures.
    func rows(ofBlock index: Int, _ names: CaptureNames) throws(ReportError) -> [ReportRow] {
        let octets: [UInt8]
        if index < extents.count, let file { octets = try file.octets(extents[index]) } else { octets = encoder.octets }
        var decoder = SpillDecoder(octets)
        var rows: [ReportRow] = []
        while !decoder.isAtEnd {
            switch decoder.get() as Kind {
            case .exchange:
                let end = ConnectionEnd(kind: decoder.get(), closedFirst: decoder.get())
                let item = decoder.next()
                rows.append(
                    .exchange(
                        ExchangeRow(
                            item.exchange, connectionEnd: end, findings: item.findings, names: names,
                            upstream: item.upstream, downstream: item.downstream)))
            case .finding: rows.append(.finding(FindingRow(decoder.finding(), names: names)))
            }
        }
        return rows
    }
}
