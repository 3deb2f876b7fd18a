import Exchanges
import Findings
import Testing

@testable import Reports

@Suite("Summaries")
struct SummaryTests {
    private func distribution(_ waits: some Sequence<Int64>) -> WaitDistribution {
        var distribution = WaitDistribution()
        for wait in waits { distribution.add(wait) }
        return distribution
    }

    private func exact(_ waits: [Int64], _ percentage: Int) -> Int64 {
        waits.sorted()[max(1, (waits.count * percentage + 99) / 100) - 1]
    }

    private func waits(_ count: Int, _ random: inout Seeded) -> [Int64] {
        (0..<count).map { _ in Int64(random.next() >> 1) >> Int64(random.next() % 63) }
    }

    @Test(
        "Percentiles are those of the sorted waits, exactly up to 4,096 and within 1/256 beyond", arguments: [1, 2, 3])
    func percentiles(seed: UInt64) throws {
        var random = Seeded(state: seed)
        for count in [1, 2, 3, 10, 99, 100, 101, 4095, 4096, 4097, 20_000] {
            let waits = waits(count, &random)
            let found = distribution(waits).percentiles([1, 50, 90, 99, 100])
            for (percentage, value) in zip([1, 50, 90, 99, 100], found) {
                let (value, exact) = (try #require(value), exact(waits, percentage))
                if count <= WaitDistribution.exactLimit {
                    #expect(value == exact)
                } else {
                    #expect((value - exact).magnitude <= exact.magnitude / 256 + 1, "\(count) \(percentage)")
                }
            }
            #expect(distribution(waits).max == waits.max())
        }
    }

    @Test("Parts merged in any order and grouping equal the whole", arguments: [4, 5, 6])
    func merging(seed: UInt64) {
        var random = Seeded(state: seed)
        for total in [0, 5, 4096, 4100, 9000] {
            let waits = waits(total, &random)
            let cuts = [0, Int(random.next() % UInt64(total + 1)), Int(random.next() % UInt64(total + 1)), total]
                .sorted()
            let parts = (0..<3).map { distribution(waits[cuts[$0]..<cuts[$0 + 1]]) }
            let whole = distribution(waits)
            for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
                var left = parts[order[0]]
                left.merge(parts[order[1]])
                left.merge(parts[order[2]])
                var right = parts[order[1]]
                right.merge(parts[order[2]])
                var grouped = parts[order[0]]
                grouped.merge(right)
                #expect(left == whole && grouped == whole)
                #expect(left.percentiles([50, 90, 99]) == whole.percentiles([50, 90, 99]))
            }
        }
    }

    @Test("Without a wait there is no percentile")
    func none() {
        #expect(WaitDistribution().percentiles([50, 99]) == [nil, nil])
        #expect(WaitDistribution().max == nil)
    }

    @Test("Every exchange is counted once by its end: a final class, 101, or no final response")
    func counts() {
        var summary = Summary()
        for status in [nil, 101, 200, 204, 207, 301, 404, 500, 999, 0] as [Int?] {
            var sample = Sample()
            sample.request("GET", Array("/".utf8), [])
            for interim in [100, 102, 103, 103, 104, 150] { sample.interim(interim, "", at: 1) }
            if let status { sample.final(status, "", at: 2) }
            summary.add(sample.exchange, timing: sample.exchange.timing, webdav: sample.exchange.webdav.age)
        }
        #expect((2...5).map { summary.final[$0] } == [3, 1, 1, 3])
        #expect((100...104).map { summary.interim[$0] } == [10, 1, 10, 20, 10] && summary.interim.other == 10)
        #expect(summary.withoutFinal == 1)
        #expect(
            summary.exchanges
                == (2...5).reduce(summary.interim[101] + summary.withoutFinal) { $0 + summary.final[$1] })
        #expect(summary.webdavLegacy == 1 && summary.webdavCurrent == 0)
    }

    @Test("Summaries of parts add up to that of the whole")
    func merge() {
        var parts = [Summary(), Summary(), Summary()]
        var whole = Summary()
        for index in 0..<30 {
            let exchange = index % 3 == 0 ? Sample.contract : Sample.plain(1, index + 1)
            parts[index * 7 % 3].add(exchange, timing: exchange.timing, webdav: exchange.webdav.age)
            whole.add(exchange, timing: exchange.timing, webdav: exchange.webdav.age)
            let severity = Severity.allCases[index % 3]
            parts[index * 5 % 3].add(severity)
            whole.add(severity)
        }
        whole.captures = 3
        whole.connections = 6
        for index in parts.indices {
            parts[index].captures = 1
            parts[index].connections = 2
        }
        for order in [[0, 1, 2], [2, 0, 1]] {
            var sum = Summary()
            for index in order { sum.merge(parts[index]) }
            #expect(sum == whole)
        }
        #expect(whole.longestSilence == 2_009_100_000)
    }
}
