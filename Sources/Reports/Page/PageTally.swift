import CaptureModel
import Exchanges

/// What the page's charts and answers count, over all exchanges, those that no row shows among them. Its size is bounded:
/// by the bins of each chart, and by `agentLimit`.
struct PageTally {
    /// Waits and longest silences by `PageTally.bounds`.
    private(set) var waits = [Int](repeating: 0, count: PageTally.bounds.count)
    private(set) var silences = [Int](repeating: 0, count: PageTally.bounds.count)
    private(set) var interims = InterimBins()
    /// Exchanges with a legacy construct by the client's software.
    private(set) var agents: [String: Int] = [:]
    /// Those of software beyond the limit.
    private(set) var otherAgents = 0
    /// The first and the last octet of all exchanges.
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?

    /// How many names of client software are told apart; nobody reads more.
    static let agentLimit = 100

    /// Where the bins of waits begin, in nanoseconds: six to a tenfold from 0.1 ms on, the first from zero.
    static let bounds: [Int64] = {
        var bounds: [Int64] = [0]
        var power: Int64 = 100_000
        while bounds.count < 55 {
            for sixth in [1_000, 1_468, 2_154, 3_162, 4_642, 6_813] as [Int64] { bounds.append(power / 1_000 * sixth) }
            power *= 10
        }
        return bounds
    }()

    mutating func add(_ row: ExchangeRow) {
        let exchange = row.exchange
        let origin = exchange.origin.time
        first = min(first ?? origin, origin)
        last = max(last ?? exchange.end.time, exchange.end.time)
        for interim in exchange.interims { interims.add(interim.status, at: interim.first.time) }
        if let wait = row.timing.wait { waits[PageTally.bin(of: wait)] += 1 }
        if let silence = row.timing.longestSilence { silences[PageTally.bin(of: silence)] += 1 }
        if row.webdav == .legacy { addAgent(of: row) }
    }

    private mutating func addAgent(of row: ExchangeRow) {
        let name = row.userAgent.map { agent in
            row.exchange.withOctets(agent) { String(decoding: [UInt8].shown($0).cut(to: 60), as: UTF8.self) }
        }
        let key = name ?? "software that gives no name"
        if agents[key] != nil || agents.count < PageTally.agentLimit {
            agents[key, default: 0] += 1
        } else {
            otherAgents += 1
        }
    }

    private static func bin(of time: Int64) -> Int {
        var (low, high) = (0, bounds.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if bounds[middle] <= time { low = middle } else { high = middle }
        }
        return low
    }
}

/// Interim responses over time, in at most `limit` bins, which grow twice as wide whenever time outruns them. Bins begin
/// at multiples of their width, so that the order of responses changes nothing.
struct InterimBins {
    /// Numbers of 100, 102, 103 and others.
    private(set) var bins: [SIMD4<Int>] = []
    /// Of the first bin, in multiples of the width.
    private var base: Int64 = 0
    /// Of a bin, in nanoseconds.
    private(set) var width: Int64 = 10_000_000

    static let limit = 120

    /// When the first bin begins.
    var start: Timestamp { Timestamp(nanoseconds: base.multipliedReportingOverflow(by: width).0) }

    mutating func add(_ status: Int, at moment: Timestamp) {
        var index = floored(moment.nanoseconds, width)
        if bins.isEmpty { base = index }
        while max(index, base + Int64(bins.count) - 1) - min(index, base) >= InterimBins.limit {
            widen()
            index = floored(moment.nanoseconds, width)
        }
        if index < base {
            bins.insert(contentsOf: repeatElement(.zero, count: Int(base - index)), at: 0)
            base = index
        }
        while Int64(bins.count) <= index - base { bins.append(.zero) }
        bins[Int(index - base)][status == 100 ? 0 : status == 102 ? 1 : status == 103 ? 2 : 3] += 1
    }

    private mutating func widen() {
        var wider: [SIMD4<Int>] = []
        for (offset, bin) in bins.enumerated() {
            let place = Int(floored(base + Int64(offset), 2) - floored(base, 2))
            if place < wider.count { wider[place] &+= bin } else { wider.append(bin) }
        }
        (bins, base, width) = (wider, floored(base, 2), width * 2)
    }
}

private func floored(_ value: Int64, _ width: Int64) -> Int64 {
    value / width - (value % width < 0 ? 1 : 0)
}
