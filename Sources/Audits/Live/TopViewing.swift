import CaptureInput
import CaptureModel
import Exchanges
import Reports

/// What a live table needs between one picture and the next.
struct TopViewing {
    /// Nanoseconds between pictures.
    static let pause: Int64 = 500_000_000
    /// Rows that any terminal has at most; more exchanges are only counted.
    private static let mostRows = 500

    private var drawn: Int64
    private var packets: UInt64 = 0
    private var octets: UInt64 = 0
    private var exchanges = 0

    /// Begins at this moment of the monotonic clock.
    init(at moment: Int64) {
        drawn = moment
    }

    /// When the next picture is due.
    var due: Int64 { drawn + Self.pause }

    /// The picture of this moment.
    mutating func view(
        at moment: Int64, _ time: Timestamp?, _ audit: borrowing LiveAudit, _ record: CaptureRecord,
        _ source: LiveSource
    ) -> TopView {
        let length = max(1, moment - drawn)
        func rate(_ now: UInt64, _ before: UInt64) -> Int {
            Int(clamping: Int64(Double(now &- before) * 1e9 / Double(length)))
        }
        let facts = source.facts
        let rates = (
            packets: rate(facts.packets, packets), bits: rate(facts.bytes, octets) * 8,
            exchanges: rate(UInt64(record.summary.exchanges), UInt64(exchanges))
        )
        (drawn, packets, octets, exchanges) = (moment, facts.packets, facts.bytes, record.summary.exchanges)
        let open = audit.open
        var rows = open.table.values.filter { !$0.isAnswered }.map { $0.row(at: time, open.timers) }
        let count = rows.count
        rows.sort { left, right in
            if left.silence != right.silence { return left.silence ?? -1 > right.silence ?? -1 }
            return (left.connection.id, left.number) < (right.connection.id, right.number)
        }
        return TopView(
            interface: source.interface, time: time, summary: record.summary, packets: Int(clamping: facts.packets),
            device: record.device ?? DeviceCounts(received: 0, droppedByKernel: 0, droppedByInterface: 0), rates: rates,
            rows: Array(rows.prefix(Self.mostRows)), open: count)
    }
}

extension OpenExchange {
    /// The exchange as a row of the table at this moment.
    fileprivate func row(at time: Timestamp?, _ timers: WaitTimers) -> TopView.Row {
        var timer: (names: String, left: Int64)?
        if let time, let deadline = deadline(timers), let names = nextTimers(timers) {
            timer = (names, deadline.since(time))
        }
        return TopView.Row(
            connection: connection, number: number, request: request, silence: since(heard, time),
            wait: since(waitStart, time), interims: interims, timer: timer)
    }

    private func since(_ moment: Timestamp?, _ time: Timestamp?) -> Int64? {
        guard let moment, let time else { return nil }
        return max(0, time.since(moment))
    }
}
