import CaptureModel
import Exchanges
import Findings
import Reports
import StreamAssembly
import WireFormat

/// What takes the records of one continuous capture as they come.
protocol RecordTaker: ~Copyable {
    /// Takes an exchange, with the end of its connection where `RecordNeeds` asks for that, and the other hops of a proxy.
    mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], upstream: ExchangeID?,
        downstream: ExchangeID?
    ) throws(ReportError)
    /// Takes a finding that belongs to no exchange.
    mutating func finding(_ finding: Finding) throws(ReportError)

    // The rest is told at once, in the order in which it happens, where the audit is watched.

    /// Something happened on a connection; `octets` holds what the event names of the wire.
    mutating func happened(_ event: ExchangeEvent, _ octets: borrowing [UInt8])
    /// An exchange is over and judged; where it waits for what others show of it, it is `settled` later.
    mutating func ended(_ exchange: borrowing Exchange, _ findings: [Finding])
    /// An exchange that was told as ended before: all is known now that others show of it.
    mutating func settled(_ exchange: RelatedExchange)
}

extension RecordTaker where Self: ~Copyable {
    mutating func happened(_ event: ExchangeEvent, _ octets: borrowing [UInt8]) {}
    mutating func ended(_ exchange: borrowing Exchange, _ findings: [Finding]) {}
    mutating func settled(_ exchange: RelatedExchange) {}
}

extension ReportWriter: RecordTaker {}

/// From a TCP segment to a line of the report: assembles, pairs, judges, counts, and hands on to whoever takes records.
struct AuditPipeline<Taker: RecordTaker & ~Copyable>: SegmentConsumer, ~Copyable {
    private let settings: AuditSettings
    private var assembler: StreamAssembler
    private var pairing: ExchangePairing
    private let judge: Judge
    /// What takes the records.
    var taker: Taker
    private let needs: RecordNeeds
    private var related: RelatedExchanges
    private var held: HeldExchanges
    private var order: ReleaseOrder
    /// One for each capture file.
    private(set) var tallies: [CaptureTally]
    /// The worst finding so far.
    private(set) var worst: Severity?
    /// Why the report could not be written; nothing more is done then.
    private(set) var failure: ReportError?
    private var finished: ContiguousArray<Exchange> = []
    private var ended: ContiguousArray<EndedConnection> = []
    private var overlaps = 0
    /// Whether somebody watches: who takes the records, or evidence.
    private let isWatched: Bool
    private var happened = ExchangeEvents()
    /// Keeps packets that may have to prove something, of an audit that is watched.
    var evidence: Evidence?
    /// Where the segment taken last belongs, for evidence; `nil` where none is taken.
    private var flow: SegmentFlow?
    /// The latest packet so far.
    private var last = StreamPlace.never

    init(
        _ settings: AuditSettings, captures: Int, needs: RecordNeeds, taker: consuming Taker, isWatched: Bool = false
    ) {
        self.isWatched = isWatched
        self.settings = settings
        assembler = StreamAssembler(limits: settings.assembly, seed: .random(in: .min ... .max))
        pairing = ExchangePairing(
            httpLimits: settings.http, limits: settings.exchanges, seed: .random(in: .min ... .max),
            isWatched: isWatched)
        judge = Judge(settings: settings.judge, writesMessages: needs.messages || isWatched)
        related = RelatedExchanges(
            capacity: settings.relatedExchanges, hosts: settings.exchanges.hosts, seed: .random(in: .min ... .max),
            selection: settings.judge.selection)
        held = HeldExchanges(budget: settings.heldOctets)
        order = ReleaseOrder(capacity: settings.releaseWindow)
        self.needs = needs
        self.taker = taker
        tallies = Array(repeating: CaptureTally(), count: captures)
    }

    /// Takes one packet apart, and what it carries.
    mutating func take(_ record: PacketRecord, _ octets: Span<UInt8>, through dissector: inout Dissector) {
        if let reason = dissector.dissect(record, octets, into: &self) { skip(record, reason) }
        guard let segment = flow else { return }
        flow = nil
        evidence?.see(segment, record, octets)
    }

    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        if place.time >= last.time { last = place }
        assembler.take(segment, in: octets, at: place, into: &pairing)
        if evidence != nil {
            let opens = segment.flags.intersection([.syn, .ack]) == .syn
            flow = SegmentFlow(source: segment.source, destination: segment.destination, opens: opens)
        }
        if segment.payload.count < segment.payloadLength { tallies[Int(place.capture)].cutPayloads += 1 }
        if isWatched, pairing.hasHappened { tellEvents() }
        if pairing.hasTold { takeTold() }
        let differing = assembler.differingOverlaps
        if differing != overlaps {
            tallies[Int(place.capture)].differingOverlaps += differing - overlaps
            overlaps = differing
        }
    }

    private mutating func tellEvents() {
        pairing.takeEvents(&happened)
        for event in happened.events {
            taker.happened(event, happened.octets)
            evidence?.note(event)
        }
    }

    /// Counts one packet that carries no TCP segment.
    private mutating func skip(_ record: PacketRecord, _ reason: SkipReason) {
        if record.time >= last.time { last = record.place }
        tallies[Int(record.capture)].skipped[reason, default: 0] += 1
    }

    /// Ends what is open in a continuous capture, and judges all that waited for others. Only `finish` comes then.
    mutating func settleAll() {
        while assembler.finishSome(at: last, into: &pairing) {
            if isWatched { tellEvents() }
            takeTold()
        }
        if isWatched { tellEvents() }
        takeTold()
        settle(atEnd: true)
        evidence?.catchUp()
    }

    /// Ends a continuous capture after `settleAll`: writes what was kept back. What comes then is another capture.
    /// `dissected` are the bounds that others reached, as `BoundsReached` has them.
    mutating func finish(_ dissected: BoundsReached) {
        note(
            dissected.merging(
                assembler.counters, pairing.shedCount, forgottenOperations: related.forgottenOperations,
                unweighed: pairing.unweighedHosts + related.unweighedPairs))
        var rest: [JudgedExchange] = []
        order.drain { rest.append($0) }
        for item in rest { write(item) }
        assembler = StreamAssembler(limits: settings.assembly, seed: .random(in: .min ... .max))
        pairing = ExchangePairing(
            httpLimits: settings.http, limits: settings.exchanges, seed: .random(in: .min ... .max),
            isWatched: isWatched)
        related = RelatedExchanges(
            capacity: settings.relatedExchanges, hosts: settings.exchanges.hosts, seed: .random(in: .min ... .max),
            selection: settings.judge.selection)
        overlaps = 0
        last = .never
    }

    /// Tells the bounds that were reached, a note each.
    private mutating func note(_ reached: BoundsReached) {
        guard settings.judge.selection.includes(Rule.captureLimit.id) else { return }
        for sentence in reached.sentences where failure == nil {
            let finding = Finding(
                rule: Rule.captureLimit.id, severity: Rule.captureLimit.severity, exchange: nil, connection: nil,
                place: last, at: nil, message: sentence)
            tallies[Int(last.capture)].summary.add(finding.severity)
            worst = max(worst ?? finding.severity, finding.severity)
            do throws(ReportError) { try taker.finding(finding) } catch { failure = error }
        }
    }

    private mutating func takeTold() {
        var finished: ContiguousArray<Exchange> = []
        swap(&finished, &self.finished)  // in a place of their own, they can be lent while the rest changes
        pairing.takeFinished(&finished)
        for index in finished.indices { take(&finished[index]) }
        swap(&finished, &self.finished)
        pairing.takeEnded(&ended)
        for connection in ended where !related.take(connection) { release(connection) }
    }

    /// Takes one exchange, which is lent where it is (`inout` copies nothing), and copied only if a report shows it, or
    /// it has to wait for others.
    private mutating func take(_ exchange: inout Exchange) {
        guard let findings = judgeAndCount(exchange) else { return settle(atEnd: false) }
        if needs.exchanges { hold(JudgedExchange(exchange, findings)) }
    }

    /// What was found on an exchange; `nil` where it waits for those that it may belong to.
    private mutating func judgeAndCount(_ exchange: borrowing Exchange) -> [Finding]? {
        let capture = Int(exchange.origin.capture)
        let (timing, webdav) = (exchange.timing, exchange.webdav)
        var findings = judge.findings(on: exchange, timing: timing, webdav: webdav)
        tallies[capture].summary.add(exchange, timing: timing, webdav: webdav.age)
        if exchange.number == 1 { tallies[capture].summary.connections += 1 }
        let waits = related.take(exchange, &findings, possibleHops: pairing.possibleHops)
        if isWatched {
            taker.ended(exchange, findings)
            evidence?.note(exchange, findings, waits: waits)
        }
        if waits { return nil }
        count(findings, capture)
        return findings
    }

    /// Goes on with the exchanges whose relatives are known, and the connections that ended after them.
    private mutating func settle(atEnd: Bool) {
        while let element = related.next(atEnd: atEnd) {
            switch element {
            case .end(let connection): release(connection)
            case .exchange(let exchange):
                count(exchange.findings, Int(exchange.exchange.origin.capture))
                if isWatched {
                    taker.settled(exchange)
                    evidence?.note(exchange)
                }
                guard needs.exchanges else { continue }
                let item = JudgedExchange(exchange.exchange, exchange.findings)
                (item.upstream, item.downstream) = (exchange.upstream, exchange.downstream)
                hold(item)
            }
        }
    }

    private mutating func count(_ findings: [Finding], _ capture: Int) {
        for finding in findings {
            tallies[capture].summary.add(finding.severity)
            worst = max(worst ?? finding.severity, finding.severity)
        }
    }

    /// Keeps an exchange until its connection is over, if the report shows how that ended.
    private mutating func hold(_ item: JudgedExchange) {
        guard needs.connectionEnds else { return release([item]) }
        do throws(ReportError) { try held.add(item) } catch { failure = error }
    }

    private mutating func release(_ connection: EndedConnection) {
        guard needs.connectionEnds, failure == nil else { return }
        do throws(ReportError) {
            guard var kept = held.release(connection) else { return }
            while let items = try kept.next() { release(items) }
        } catch {
            failure = error
        }
    }

    private mutating func release(_ items: [JudgedExchange]) {
        var due: [JudgedExchange] = []
        order.add(items) { due.append($0) }
        for item in due { write(item) }
    }

    private mutating func write(_ item: JudgedExchange) {
        guard failure == nil else { return }
        do throws(ReportError) {
            try taker.exchange(
                item.exchange, connectionEnd: item.end, findings: item.findings, upstream: item.upstream,
                downstream: item.downstream)
        } catch {
            failure = error
        }
    }
}

extension StreamPlace {
    /// Before every packet.
    fileprivate static let never = StreamPlace(time: Timestamp(nanoseconds: .min), frame: 0, capture: 0)
}

/// What is counted for one capture file.
struct CaptureTally: Sendable {
    var summary = Summary()
    /// Packets that carried no TCP segment, by reason.
    var skipped: [SkipReason: Int] = [:]
    /// Segments whose octets differ from those captured before for the same place.
    var differingOverlaps = 0
    /// Segments of whose payload the capture kept a part, or nothing (snap length).
    var cutPayloads = 0
}
