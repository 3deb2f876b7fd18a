import CaptureModel
import Exchanges
import Findings
import HTTP1

/// Where the parts of an exchange's line stand.
extension TextStyle {
    static let idColumn = 14
    static let labelColumns = 13
    private static let idWidth = 7
    private static let peersWidth = 26
    private static let waitWidth = 10
    static let findingIndent = idColumn

    /// Whether there is room for client and server on each line; else a line of its own names them.
    var namesPeersInLine: Bool { width >= 124 }

    var peers: Int { TextStyle.idColumn + TextStyle.idWidth }
    var peersWidth: Int { namesPeersInLine ? TextStyle.peersWidth : 0 }
    var request: Int { peers + (namesPeersInLine ? TextStyle.peersWidth + 2 : 0) }
    var cells: Int { width < 100 ? Timeline.narrowCells : Timeline.cells }
    /// Request and result share what the fixed parts leave.
    var requestWidth: Int { (width - request - cells - TextStyle.waitWidth - 6) * 9 / 20 }
    var timeline: Int { request + requestWidth + 2 }
    /// The column in which the wait ends.
    var waitEnd: Int { timeline + cells + 2 + TextStyle.waitWidth }
    var result: Int { waitEnd + 2 }
}

extension TextLine {
    /// One exchange.
    mutating func add(_ row: ExchangeRow, _ style: TextStyle) {
        let exchange = row.exchange
        ascii { $0.clock(exchange.origin.time, decimals: 3) }
        tab(to: TextStyle.idColumn)
        ascii { $0.identity(exchange.connection.id, exchange.number) }
        if style.namesPeersInLine {
            tab(to: style.peers)
            add(exchange.connection, fitting: style.peersWidth)
        }
        tab(to: style.request)
        addRequest(of: exchange, fitting: max(8, style.request + style.requestWidth - columns))
        tab(to: style.timeline)
        add(Timeline(row, cells: style.cells))
        ascii(endingAt: style.waitEnd) { text in
            if let wait = row.timing.wait { text.duration(wait) } else { text.append(UInt8(ascii: "-")) }
        }
        tab(to: style.result)
        let room = max(12, style.width - columns)
        painted(exchange.paint) { $0.addResult(of: row, fitting: room) }
    }

    /// `10.9.3.1 → 10.9.3.2:8080`.
    private mutating func add(_ connection: ConnectionIdentity, fitting limit: Int) {
        var peers = OctetBuffer()
        peers.address(connection.client.address)
        peers.literal(" → ")
        peers.endpoint(connection.server)
        // The arrow is three octets and one column.
        if peers.count - 2 <= limit {
            add(peers, columns: peers.count - 2)
        } else {
            add(Array(peers.string.utf8), fitting: limit)
        }
    }

    private mutating func addRequest(of exchange: Exchange, fitting limit: Int) {
        guard let request = exchange.request else { return add(Array("(request not captured)".utf8), fitting: limit) }
        let before = columns
        let octets = exchange.octets.span
        add(wire: octets.extracting(request.method.range), fitting: limit)
        let rest = limit - (columns - before) - 1
        guard rest > 0 else { return }
        ascii { $0.append(0x20) }
        add(wire: octets.extracting(request.target.range), fitting: rest)
    }

    /// `102×3 → 201 Created, 2.01 s silent`, or how it ended without a final response; the reason phrase goes first
    /// where `room` is short, then the silence, then the exchange on a proxy's other side.
    private mutating func addResult(of row: ExchangeRow, fitting room: Int) {
        let exchange = row.exchange
        guard exchange.interims.isEmpty, exchange.outcome.cut == nil, exchange.integrity.isEmpty,
            row.upstream == nil, row.downstream == nil, let final = exchange.final
        else { return add(row.result(in: room), fitting: room) }
        let before = columns
        ascii { $0.decimal(final.status) }
        let rest = room - (columns - before) - 1
        guard !final.reason.isEmpty, rest > 0 else { return }
        ascii { $0.append(0x20) }
        add(wire: exchange.octets.span.extracting(final.reason.range), fitting: rest)
    }

    /// A finding under its exchange.
    mutating func add(_ finding: Finding, width: Int) {
        tab(to: TextStyle.findingIndent)
        painted(finding.severity.paint) { $0.add(finding.severity.rawValue) }
        tab(to: TextStyle.findingIndent + 10)
        add("\(finding.rule): ")
        add(words: finding.message, width: width, indent: TextStyle.findingIndent + 10)
    }
}

extension Severity {
    var paint: Paint {
        switch self {
        case .violation: .red
        case .warning: .yellow
        case .note: .cyan
        }
    }
}

extension Exchange {
    fileprivate var paint: Paint? {
        guard let final else { return outcome == .unanswered ? .yellow : .red }
        guard final.complete || outcome == .tunnel || outcome == .switchedProtocols else { return .red }
        switch final.status {
        case 100..<400: return .green
        case 400..<500: return .yellow
        default: return .red
        }
    }
}

extension ExchangeRow {
    /// The result of an exchange about which there is more to say than its final status.
    fileprivate func result(in room: Int) -> [UInt8] {
        let interim = interimText.isEmpty ? "" : interimText + " → "
        var status = exchange.outcome.cut ?? exchange.outcome.rawValue
        var reason = ""
        if let final = exchange.final {
            status = "\(final.status)"
            reason = exchange.withOctets(final.reason) { WireText.string($0) }
            if !reason.isEmpty { reason = " " + reason }
        }
        var end = exchange.final == nil ? "" : exchange.outcome.cut.map { ", then \($0)" } ?? ""
        let doubts = Integrity.names.filter { exchange.integrity.contains($0.0) }.map(\.1)
        if !doubts.isEmpty { end += " [\(doubts.joined(separator: " "))]" }
        var silence = ""
        if let longest = timing.longestSilence, longest >= Pattern.holdThreshold, !exchange.interims.isEmpty {
            silence = ", \(durationText(longest)) silent"
        }
        let texts = [
            interim + status + reason + silence + end + proxied, interim + status + silence + end + proxied,
            interim + status + end + proxied, interim + status + end,
        ]
        .map { Array($0.utf8) }
        return texts.first { $0.columns <= room } ?? texts[3]
    }

    /// Which exchanges are the same request on the other side of a proxy.
    private var proxied: String {
        let above = upstream.map { ", upstream \($0)" } ?? ""
        return above + (downstream.map { ", downstream \($0)" } ?? "")
    }

    /// Interim statuses, repeats counted: `100 102×3`; of an endless series only the beginning.
    private var interimText: String {
        var groups: [(status: Int, count: Int)] = []
        for interim in exchange.interims {
            if groups.last?.status == interim.status {
                groups[groups.count - 1].count += 1
            } else if groups.count == 6 {
                return groups.map(shown).joined(separator: " ") + " …"
            } else {
                groups.append((interim.status, 1))
            }
        }
        return groups.map(shown).joined(separator: " ")
    }

    private func shown(_ group: (status: Int, count: Int)) -> String {
        group.count == 1 ? "\(group.status)" : "\(group.status)×\(group.count)"
    }
}

extension Outcome {
    /// What ended an exchange before its final response was complete; `nil` where nothing did.
    fileprivate var cut: String? {
        switch self {
        case .completed, .switchedProtocols, .tunnel: nil
        case .resetByClient: "client reset"
        case .resetByServer: "server reset"
        case .closedByClient: "client closed"
        case .closedByServer: "server closed"
        case .unanswered: "end of capture"
        case .lost: "lost in a gap"
        }
    }
}
