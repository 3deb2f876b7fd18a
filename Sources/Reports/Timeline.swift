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

    private var marks: [Character] = []
    private var begins: Character = "├"
    private let ends: Character

    /// The picture in `cells` cells at most.
    init(_ row: ExchangeRow, cells: Int) {
        let exchange = row.exchange
        ends = Timeline.end(of: exchange)
        guard let start = exchange.waitStart, let wait = row.timing.wait else {
            begins = "·"
            marks = exchange.interims.prefix(cells).map { Timeline.mark($0.status) }
            return
        }
        let tall = Timeline.scale.count { $0 <= wait }
        let count = max(tall * cells / Timeline.cells, min(cells, exchange.interims.count))
        guard count > 0 else { return }
        marks = Array(repeating: "─", count: count)
        let step = max(1, wait / Int64(count))
        let cell = { (offset: Int64) in Int(min(max(0, offset / step), Int64(count - 1))) }
        if let silence = row.timing.longestSilence, silence >= Pattern.holdThreshold, let from = row.timing.silenceStart
        {
            let begin = from - start.since(exchange.origin.time)
            for index in cell(begin)...cell(begin + silence - 1) { marks[index] = "┄" }
        }
        for interim in exchange.interims {
            marks[cell(interim.first.time.since(start))] = Timeline.mark(interim.status)
        }
    }

    /// The picture.
    var text: String { String([begins] + marks + [ends]) }

    /// From which wait on there is one cell more, in nanoseconds: 1 ms, 3 ms, 10 ms … 300 s.
    private static let scale: [Int64] = (0..<cells).map { index in
        (0..<index / 2).reduce(index % 2 == 0 ? 1_000_000 : 3_000_000) { power, _ in power * 10 }
    }

    private static func mark(_ status: Int) -> Character {
        switch status {
        case 100: "0"
        case 102: "2"
        case 103: "3"
        case 104: "4"
        default: "1"
        }
    }

    private static func end(of exchange: Exchange) -> Character {
        switch exchange.outcome {
        case .completed: "●"
        case .switchedProtocols, .tunnel: "▲"
        case .resetByClient, .resetByServer, .closedByClient, .closedByServer: "✕"
        case .unanswered: "…"
        case .lost: "?"
        }
    }
}
