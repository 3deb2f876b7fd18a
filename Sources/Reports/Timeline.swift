import CaptureModel
import Exchanges

/// A small picture of one wait: `├──2┄┄┄┄2─●`.
///
/// Its length tells the wait's, on a logarithmic scale (two cells for each tenfold, one in a narrow picture); within it
/// time runs evenly. A digit is an interim response by the last digit of its status, `┄` the longest silence where that is a second or more, and
/// the last sign tells how it ended.
struct Timeline {
    /// The most cells between the two ends, and of a narrow picture.
    static let cells = 12
    static let narrowCells = 6

    /// A cell each, the first `length` of them: a digit, `-` for time that passes, `.` for silence.
    fileprivate var marks = InlineArray<12, UInt8>(repeating: UInt8(ascii: "-"))
    fileprivate var length = 0
    fileprivate var hasRequest = true
    fileprivate let ends: StaticString

    /// The picture in `cells` cells at most.
    init(_ row: ExchangeRow, cells: Int) {
        let exchange = row.exchange
        ends = Timeline.end(of: exchange)
        guard let start = exchange.waitStart, let wait = row.timing.wait else {
            hasRequest = false
            length = min(cells, exchange.interims.count)
            for index in 0..<length { marks[index] = Timeline.mark(exchange.interims[index].status) }
            return
        }
        let tall = Timeline.scale.count { $0 <= wait }
        length = max(tall * cells / Timeline.cells, min(cells, exchange.interims.count))
        guard length > 0 else { return }
        let (step, last) = (max(1, wait / Int64(length)), Int64(length - 1))
        let cell = { (offset: Int64) in Int(min(max(0, offset / step), last)) }
        if let silence = row.timing.longestSilence, silence >= Pattern.holdThreshold, let from = row.timing.silenceStart
        {
            let begin = from - start.since(exchange.origin.time)
            for index in cell(begin)...cell(begin + silence - 1) { marks[index] = UInt8(ascii: ".") }
        }
        for interim in exchange.interims {
            marks[cell(interim.first.time.since(start))] = Timeline.mark(interim.status)
        }
    }

    /// From which wait on there is one cell more, in nanoseconds: 1 ms, 3 ms, 10 ms … 300 s.
    private static let scale: [Int64] = (0..<cells).map { index in
        (0..<index / 2).reduce(index % 2 == 0 ? 1_000_000 : 3_000_000) { power, _ in power * 10 }
    }

    private static func mark(_ status: Int) -> UInt8 {
        switch status {
        case 100: UInt8(ascii: "0")
        case 102: UInt8(ascii: "2")
        case 103: UInt8(ascii: "3")
        case 104: UInt8(ascii: "4")
        default: UInt8(ascii: "1")
        }
    }

    private static func end(of exchange: Exchange) -> StaticString {
        switch exchange.outcome {
        case .completed: "●"
        case .switchedProtocols, .tunnel: "▲"
        case .resetByClient, .resetByServer, .closedByClient, .closedByServer: "✕"
        case .unanswered: "…"
        case .lost: "?"
        }
    }
}

extension TextLine {
    /// The picture.
    mutating func add(_ timeline: Timeline) {
        add(timeline.hasRequest ? "├" : "·", columns: 1)
        for index in 0..<timeline.length {
            switch timeline.marks[index] {
            case UInt8(ascii: "-"): add("─", columns: 1)
            case UInt8(ascii: "."): add("┄", columns: 1)
            case let digit: ascii { $0.append(digit) }
            }
        }
        add(timeline.ends, columns: 1)
    }
}
