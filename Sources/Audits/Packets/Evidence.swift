import CaptureModel
import Exchanges
import Findings
import Reports

/// Writes one small capture for each finding: the packets of its connection, ready for other tools.
///
/// The packets of all connections are kept until nobody can find anything in them any more: what came before an
/// exchange that is over and does not wait for others goes, but for the beginning of the connection. Bounds: octets of
/// one connection (`PacketTrail`), of all together, and the number of files; what they cost is said.
struct Evidence {
    /// Both ends of a connection, in a fixed order.
    fileprivate struct Key: Hashable {
        var first: Endpoint
        var second: Endpoint

        init(_ one: Endpoint, _ other: Endpoint) {
            (first, second) = Endpoint.precedes(one, other) ? (one, other) : (other, one)
        }
    }

    private struct Slot {
        var key: Key
        var trail = PacketTrail()
        /// How often the hand passes by before it is taken.
        var chances = 1
        /// Exchanges that may still be found guilty of something, in the order of their beginnings.
        var suspects: [Suspect] = []
        /// How many of them are under way.
        var open = 0
    }

    /// An exchange under way, or one that waits for what others show of it.
    private struct Suspect {
        var id: ExchangeID
        /// Where it began, or the exchange before with which it was on the way together: what came before is not needed
        /// to read it.
        var start: StreamPlace
        var isOver = false
    }

    private let folder: String
    private let part: String
    private let budget: Int
    private let mostFiles: Int
    private var slots: [Slot] = []
    private var index: [Key: Int] = [:]
    private var hand = 0
    private var cost = 0
    private var files = 0
    /// Findings whose capture was not written for want of room.
    private var unwritten = 0
    /// Findings that other exchanges showed when the packets had been let go of.
    private var late = 0
    /// Connections with an exchange under way whose packets made room for others.
    private var evicted = 0
    /// Why no more captures are written, in a sentence; the audit goes on.
    private(set) var trouble: String?

    /// What an empty place costs.
    private static let overhead = 256

    /// `folder` is made where it is not there; `part` goes before the names, where connections are counted anew for several captures.
    private init(folder: String, part: String, _ settings: AuditSettings) throws(ReportError) {
        try ByteSink.makeFolder(folder)
        self.part = part
        self.folder = folder
        budget = settings.evidenceOctets
        mostFiles = settings.evidenceFiles
    }

    /// What the settings ask for: nothing, a folder for evidence, or why there can be none.
    static func taken(_ settings: AuditSettings, part: String = "") -> (Evidence?, trouble: String?) {
        guard let folder = settings.evidenceFolder else { return (nil, nil) }
        do throws(ReportError) {
            return (try Evidence(folder: folder, part: part, settings), nil)
        } catch {
            return (nil, "captures of findings are not written: \(error.cause)")
        }
    }

    /// Keeps a packet that carried a segment of this flow; `opens` where it is a SYN of whoever connects.
    mutating func add(_ flow: SegmentFlow, _ record: PacketRecord, _ octets: Span<UInt8>) {
        guard trouble == nil else { return }
        let key = Key(flow.source, flow.destination)
        let at = index[key] ?? makeSlot(key)
        cost -= slots[at].trail.cost
        if flow.opens, slots[at].suspects.isEmpty { slots[at].trail = PacketTrail() }
        slots[at].trail.add(record, octets)
        slots[at].chances = slots[at].open > 0 ? 2 : 1
        cost += slots[at].trail.cost
        var looks = 3 * slots.count
        while cost > budget, looks > 0 {
            looks -= 1
            evictOne(but: key)
        }
    }

    /// Something happened on a connection.
    mutating func take(_ news: AuditNews) {
        switch news {
        case .event(let event):
            if case .request = event.kind { began(event) }
        case .over(let item, let waits): over(item.exchange, item.findings, waits)
        case .settled(let entry):
            for finding in entry.laterFindings { found(finding, entry.exchange) }
            acquit(entry.exchange)
        case .note: break
        }
    }

    /// An exchange began on this connection.
    private mutating func began(_ event: ExchangeEvent) {
        guard let at = index[Key(event.connection.client, event.connection.server)] else { return }
        let before = slots[at].open > 0 ? slots[at].suspects.last?.start : nil
        let id = ExchangeID(connection: event.connection.id, number: event.number)
        slots[at].suspects.append(Suspect(id: id, start: before ?? event.place))
        slots[at].open += 1
    }

    /// An exchange is over; what was found on it is written down. It may wait for what others show of it.
    private mutating func over(_ exchange: Exchange, _ findings: [Finding], _ waits: Bool) {
        guard trouble == nil, let at = index[exchange.key] else { return }
        for finding in findings where trouble == nil { write(finding, exchange.connection.id, slots[at].trail) }
        guard trouble == nil else { return }  // with it, the packets have gone
        if let known = slots[at].suspects.firstIndex(where: { $0.id == exchange.id && !$0.isOver }) {
            slots[at].suspects[known].isOver = true
            slots[at].open -= 1
        } else if waits {  // its request was not captured
            slots[at].suspects.append(Suspect(id: exchange.id, start: exchange.origin, isOver: true))
        }
        if !waits { acquit(exchange) }
    }

    /// Nothing more can be found on an exchange, nor on those before it on its connection.
    private mutating func acquit(_ exchange: Exchange) {
        guard trouble == nil, let at = index[exchange.key] else { return }
        slots[at].suspects.removeAll { $0.id.connection == exchange.connection.id && $0.id.number <= exchange.number }
        if let start = slots[at].suspects.first?.start { return slots[at].trail.forget(before: start) }
        cost -= slots[at].trail.cost
        slots[at].trail.forget()
        cost += slots[at].trail.cost
    }

    /// What others showed of an exchange that is over. Its packets may have made room for others.
    private mutating func found(_ finding: Finding, _ exchange: Exchange) {
        guard trouble == nil else { return }
        guard let at = index[exchange.key], slots[at].trail.holds(exchange.origin),
            slots[at].trail.holds(exchange.final?.first ?? exchange.origin)
        else { return late += 1 }
        write(finding, exchange.connection.id, slots[at].trail)
    }

    /// What the bounds cost, a sentence each.
    var losses: [String] {
        var losses: [String] = []
        if unwritten > 0 {
            losses.append("a bound was reached: \(counted(unwritten, "capture")) of findings not written (evidence)")
        }
        if late > 0 {
            losses.append(
                "a bound was reached: \(counted(late, "capture")) of findings not written: what showed them came when "
                    + "the packets had made room for others (evidence-octets)")
        }
        if evicted > 0 {
            losses.append(
                "a bound was reached: the packets of \(counted(evicted, "connection")) made room for others while an "
                    + "exchange was under way (evidence-octets)")
        }
        return losses
    }

    private mutating func write(_ finding: Finding, _ connection: Int, _ trail: PacketTrail) {
        guard files < mostFiles else { return unwritten += 1 }
        files += 1
        let id = ExchangeID(connection: connection, number: finding.exchange ?? 0).description
        let name = "\(part)\(id)-\(finding.rule.replacing("/", with: "-")).pcapng"
        var comment = "\(finding.severity.rawValue) \(finding.rule), exchange \(id): \(finding.message)"
        if trail.leftOut > 0 { comment += " (\(counted(trail.leftOut, "packet")) in between left out)" }
        do throws(ReportError) {
            var file = try PacketFile("\(folder)/\(name)", interface: nil, snaplen: 0, comment: comment)
            for packet in trail.packets { try file.add(packet.record, packet.octets.span) }
            try file.finish(nil)
        } catch {
            trouble = "captures of findings are no longer written: \(error.cause)"
            (slots, index, cost) = ([], [:], 0)
        }
    }

    private mutating func makeSlot(_ key: Key) -> Int {
        cost += Self.overhead
        index[key] = slots.count
        slots.append(Slot(key: key))
        return slots.count - 1
    }

    /// Gives a place free if it was not used since the hand came by last: a second chance for each, and a third for one
    /// with an exchange under way.
    private mutating func evictOne(but key: Key) {
        hand = hand + 1 < slots.count ? hand + 1 : 0
        guard slots[hand].key != key else { return }
        if slots[hand].chances > 0 { return slots[hand].chances -= 1 }
        if slots[hand].open > 0 { evicted += 1 }
        cost -= slots[hand].trail.cost + Self.overhead
        index[slots[hand].key] = nil
        let last = slots.removeLast()
        if hand < slots.count {
            slots[hand] = last
            index[last.key] = hand
        }
    }
}

extension Exchange {
    /// Both ends of its connection.
    fileprivate var key: Evidence.Key { Evidence.Key(connection.client, connection.server) }
}

/// The ends of a segment, and whether it opens a connection.
struct SegmentFlow {
    var source: Endpoint
    var destination: Endpoint
    var opens: Bool
}

/// Takes evidence while files are read.
struct Witness {
    private(set) var evidence: Evidence
    private var news: ContiguousArray<AuditNews> = []

    init(_ evidence: Evidence) {
        self.evidence = evidence
    }

    /// Sees a packet that the pipeline has just taken.
    mutating func see<Taker: RecordTaker & ~Copyable>(
        _ record: PacketRecord, _ octets: Span<UInt8>, _ pipeline: inout AuditPipeline<Taker>
    ) {
        if let flow = pipeline.takeFlow() { evidence.add(flow, record, octets) }
        if pipeline.hasNews { see(&pipeline) }
    }

    /// Sees what the pipeline has to tell.
    mutating func see<Taker: RecordTaker & ~Copyable>(_ pipeline: inout AuditPipeline<Taker>) {
        pipeline.takeNews(&news)
        for item in news { evidence.take(item) }
    }
}
