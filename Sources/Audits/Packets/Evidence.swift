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

    /// What is asked of an exchange.
    fileprivate struct Subject {
        var key: Key
        var id: ExchangeID
        /// Where it began, and where its final response did; or its beginning once more.
        var origin: StreamPlace
        var answer: StreamPlace
    }

    /// What happened while a packet was taken, to be looked at when the packet is kept.
    private enum Note {
        case began(Subject)
        case over(Subject, [Finding], waits: Bool)
        case settled(Subject, later: [Finding])
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
    private var notes: [Note] = []
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

    /// Notes what happened on a connection.
    mutating func note(_ event: ExchangeEvent) {
        guard case .request = event.kind else { return }
        notes.append(.began(Subject(event)))
    }

    /// Notes an exchange that is over, with what was found on it. It may wait for what others show of it.
    mutating func note(_ exchange: borrowing Exchange, _ findings: [Finding], waits: Bool) {
        notes.append(.over(Subject(exchange), findings, waits: waits))
    }

    /// Notes an exchange that waited, with what others showed of it.
    mutating func note(_ exchange: RelatedExchange) {
        notes.append(.settled(Subject(exchange.exchange), later: exchange.laterFindings))
    }

    /// Keeps a packet that carried a segment of this flow, and looks at what happened with it.
    mutating func see(_ flow: SegmentFlow, _ record: PacketRecord, _ octets: Span<UInt8>) {
        add(flow, record, octets)
        if !notes.isEmpty { catchUp() }
    }

    /// Looks at what happened since the last packet was kept.
    mutating func catchUp() {
        for note in notes {
            switch note {
            case .began(let subject): began(subject)
            case .over(let subject, let findings, let waits): over(subject, findings, waits)
            case .settled(let subject, let later):
                for finding in later { found(finding, subject) }
                acquit(subject)
            }
        }
        notes.removeAll(keepingCapacity: true)
    }

    /// Keeps a packet that carried a segment of this flow; `opens` where it is a SYN of whoever connects.
    private mutating func add(_ flow: SegmentFlow, _ record: PacketRecord, _ octets: Span<UInt8>) {
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

    /// An exchange began.
    private mutating func began(_ subject: Subject) {
        guard let at = index[subject.key] else { return }
        let before = slots[at].open > 0 ? slots[at].suspects.last?.start : nil
        slots[at].suspects.append(Suspect(id: subject.id, start: before ?? subject.origin))
        slots[at].open += 1
    }

    /// An exchange is over; what was found on it is written down.
    private mutating func over(_ subject: Subject, _ findings: [Finding], _ waits: Bool) {
        guard trouble == nil, let at = index[subject.key] else { return }
        for finding in findings where trouble == nil { write(finding, subject.id.connection, slots[at].trail) }
        guard trouble == nil else { return }  // with it, the packets have gone
        if let known = slots[at].suspects.firstIndex(where: { $0.id == subject.id && !$0.isOver }) {
            slots[at].suspects[known].isOver = true
            slots[at].open -= 1
        } else if waits {  // its request was not captured
            slots[at].suspects.append(Suspect(id: subject.id, start: subject.origin, isOver: true))
        }
        if !waits { acquit(subject) }
    }

    /// Nothing more can be found on an exchange, nor on those before it on its connection.
    private mutating func acquit(_ subject: Subject) {
        guard trouble == nil, let at = index[subject.key] else { return }
        let id = subject.id
        slots[at].suspects.removeAll { $0.id.connection == id.connection && $0.id.number <= id.number }
        if let start = slots[at].suspects.first?.start { return slots[at].trail.forget(before: start) }
        cost -= slots[at].trail.cost
        slots[at].trail.forget()
        cost += slots[at].trail.cost
    }

    /// What others showed of an exchange that is over. Its packets may have made room for others.
    private mutating func found(_ finding: Finding, _ subject: Subject) {
        guard trouble == nil else { return }
        guard let at = index[subject.key], slots[at].trail.holds(subject.origin),
            slots[at].trail.holds(subject.answer)
        else { return late += 1 }
        write(finding, subject.id.connection, slots[at].trail)
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

extension Evidence.Subject {
    fileprivate init(_ event: ExchangeEvent) {
        self.init(
            key: Evidence.Key(event.connection.client, event.connection.server),
            id: ExchangeID(connection: event.connection.id, number: event.number), origin: event.place,
            answer: event.place)
    }

    fileprivate init(_ exchange: borrowing Exchange) {
        self.init(
            key: Evidence.Key(exchange.connection.client, exchange.connection.server), id: exchange.id,
            origin: exchange.origin, answer: exchange.final?.first ?? exchange.origin)
    }
}

/// The ends of a segment, and whether it opens a connection.
struct SegmentFlow {
    var source: Endpoint
    var destination: Endpoint
    var opens: Bool
}
