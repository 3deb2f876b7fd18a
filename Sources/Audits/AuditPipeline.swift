import CaptureModel
import Exchanges
import Findings
import Reports
import StreamAssembly
import WireFormat

/// What takes the records of one continuous capture as they come.
protocol RecordTaker: ~Copyable {
    /// Takes an exchange, with the end of its connection where `RecordNeeds` asks for that.
    mutating func exchange(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding]
    ) throws(ReportError)
    /// Takes a finding that belongs to no exchange.
    mutating func finding(_ finding: Finding) throws(ReportError)
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
    /// The latest packet so far.
    private var last = StreamPlace.never

    init(_ settings: AuditSettings, captures: Int, needs: RecordNeeds, taker: consuming Taker) {
        self.settings = settings
        assembler = StreamAssembler(limits: settings.assembly, seed: .random(in: .min ... .max))
        pairing = ExchangePairing(httpLimits: settings.http, limits: settings.exchanges)
        judge = Judge(settings: settings.judge)
        held = HeldExchanges(budget: settings.heldOctets)
        order = ReleaseOrder(capacity: settings.releaseWindow)
        self.needs = needs
        self.taker = taker
        tallies = Array(repeating: CaptureTally(), count: captures)
    }

    mutating func consume(_ segment: borrowing TCPSegment, in octets: Span<UInt8>, at place: StreamPlace) {
        assembler.take(segment, in: octets, at: place, into: &pairing)
        if segment.payload.count < segment.payloadLength { tallies[Int(place.capture)].cutPayloads += 1 }
        if pairing.hasTold { takeTold() }
        if assembler.counters.differingOverlaps != overlaps {
            tallies[Int(place.capture)].differingOverlaps += assembler.counters.differingOverlaps - overlaps
            overlaps = assembler.counters.differingOverlaps
        }
    }

    /// Takes one packet; what carries no TCP segment is counted.
    mutating func take(_ record: PacketRecord, _ reason: SkipReason?) {
        if record.time >= last.time { last = record.place }
        if let reason { tallies[Int(record.capture)].skipped[reason, default: 0] += 1 }
    }

    /// Ends a continuous capture: what is open, and what was kept back. What comes then is another capture. `dissected`
    /// are the bounds that the dissector reached, as `BoundsReached` has them.
    mutating func finish(_ dissected: BoundsReached) {
        assembler.finish(at: last, into: &pairing)
        takeTold()
        note(dissected.merging(assembler.counters, pairing.shedCount))
        var rest: [JudgedExchange] = []
        order.drain { rest.append($0) }
        for item in rest { write(item) }
        assembler = StreamAssembler(limits: settings.assembly, seed: .random(in: .min ... .max))
        pairing = ExchangePairing(httpLimits: settings.http, limits: settings.exchanges)
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
        guard needs.connectionEnds, failure == nil else { return }
        do throws(ReportError) {
            for connection in ended {
                guard var kept = held.release(connection) else { continue }
                while let items = try kept.next() { release(items) }
            }
        } catch {
            failure = error
        }
    }

    /// Takes one exchange, which is lent where it is (`inout` copies nothing), and copied only if a report shows it.
    private mutating func take(_ exchange: inout Exchange) {
        let findings = judgeAndCount(exchange)
        guard needs.exchanges else { return }
        let item = JudgedExchange(exchange, findings)
        guard needs.connectionEnds else { return release([item]) }
        do throws(ReportError) { try held.add(item) } catch { failure = error }
    }

    private mutating func judgeAndCount(_ exchange: Exchange) -> [Finding] {
        let capture = Int(exchange.origin.capture)
        let findings = judge.findings(on: exchange)
        tallies[capture].summary.add(exchange, timing: exchange.timing, webdav: exchange.webdav)
        if exchange.number == 1 { tallies[capture].summary.connections += 1 }
        for finding in findings {
            tallies[capture].summary.add(finding.severity)
            worst = max(worst ?? finding.severity, finding.severity)
        }
        return findings
    }

    private mutating func release(_ items: [JudgedExchange]) {
        var due: [JudgedExchange] = []
        order.add(items) { due.append($0) }
        for item in due { write(item) }
    }

    private mutating func write(_ item: JudgedExchange) {
        guard failure == nil else { return }
        do throws(ReportError) {
            try taker.exchange(item.exchange, connectionEnd: item.end, findings: item.findings)
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
