/// Percentiles of waits, in bounded memory and independent of order: the distribution of a whole is that of its parts
/// merged, to the bit.
///
/// Up to 4,096 samples are kept as they are. Beyond, they are counted in buckets: 128 for each power of two, so that
/// the middle of a bucket is within 1/256 of every value in it; the maximum stays exact. 58 KB at most.
package struct WaitDistribution: Sendable, Equatable {
    /// The largest sample; `nil` without one.
    package private(set) var max: Int64?
    /// How many samples there are.
    package private(set) var count = 0
    private var samples: [Int64] = []
    private var buckets: [Int] = []
    /// What is left of a distribution that has been closed: its values at some percentages.
    private var kept: [Int: Int64]?

    /// How many samples are kept exactly.
    package static let exactLimit = 4096

    package init() {}

    /// Adds a wait in nanoseconds; a negative one counts as zero.
    package mutating func add(_ wait: Int64) {
        let wait = Swift.max(0, wait)
        max = Swift.max(max ?? 0, wait)
        count += 1
        if buckets.isEmpty {
            if samples.count < WaitDistribution.exactLimit { return samples.append(wait) }
            spread()
        }
        buckets[WaitDistribution.bucket(of: wait)] += 1
    }

    /// Adds all samples of `other`.
    package mutating func merge(_ other: WaitDistribution) {
        guard let otherMax = other.max else { return }
        max = Swift.max(max ?? 0, otherMax)
        count += other.count
        if buckets.isEmpty, other.buckets.isEmpty, count <= WaitDistribution.exactLimit {
            samples += other.samples
            return
        }
        spread()
        for sample in other.samples { buckets[WaitDistribution.bucket(of: sample)] += 1 }
        for (index, more) in other.buckets.enumerated() { buckets[index] += more }
    }

    /// The values at the given percentages by nearest rank (the smallest sample that so many per cent do not exceed);
    /// `nil` each without a sample. `percentages` ascend, from 1 to 100.
    package func percentiles(_ percentages: [Int]) -> [Int64?] {
        guard let max else { return percentages.map { _ in nil } }
        if let kept { return percentages.map { kept[$0] } }
        let ranks = percentages.map { Swift.max(1, (count * $0 + 99) / 100) }
        if buckets.isEmpty {
            let sorted = samples.sorted()
            return ranks.map { sorted[$0 - 1] }
        }
        var (bucket, seen) = (0, buckets[0])
        return ranks.map { rank in
            while seen < rank {
                bucket += 1
                seen += buckets[bucket]
            }
            return min(WaitDistribution.middle(of: bucket), max)
        }
    }

    /// The percentages that reports tell.
    package static let told = [50, 90, 99, 100]

    /// Gives up the samples, and keeps the values at the percentages `told`: for one of many thousands of captures that
    /// will have no more samples, and has been merged where it belongs.
    package mutating func close() {
        let values = zip(Self.told, percentiles(Self.told)).compactMap { percentage, value in
            value.map { (percentage, $0) }
        }
        kept = Dictionary(uniqueKeysWithValues: values)
        (samples, buckets) = ([], [])
    }

    /// What is kept: all samples in order, or how many there are in each bucket that has any. With `max` it is everything,
    /// so that a distribution can be written down and come back to the bit.
    var sketch: (samples: [Int64], buckets: [(bucket: Int, count: Int)]) {
        (
            samples.sorted(),
            buckets.enumerated().filter { $0.element > 0 }.map { (bucket: $0.offset, count: $0.element) }
        )
    }

    /// The most samples that a written distribution may have: some of them still add up within 64 bits.
    static let mostWritten = 1 << 36

    /// A distribution from what `sketch` and `max` said; `nil` where that is contradictory.
    init?(max: Int64?, samples: [Int64], buckets: [(bucket: Int, count: Int)]) {
        guard samples.isEmpty || buckets.isEmpty, samples.count <= Self.exactLimit,
            (max == nil) == (samples.isEmpty && buckets.isEmpty), max ?? 0 >= 0
        else { return nil }
        if buckets.isEmpty {
            guard samples.allSatisfy({ $0 >= 0 }), samples.max() == max else { return nil }
            (self.max, self.samples, count) = (max, samples, samples.count)
            return
        }
        spread()
        for (bucket, count) in buckets {
            guard self.buckets.indices.contains(bucket), 1...Self.mostWritten ~= count, self.buckets[bucket] == 0 else {
                return nil
            }
            self.buckets[bucket] = count
            self.count += count
            guard self.count <= Self.mostWritten else { return nil }
        }
        guard let max, count > Self.exactLimit, Self.bucket(of: max) == buckets.map(\.bucket).max() else { return nil }
        self.max = max
    }

    /// The order in which samples came says nothing.
    package static func == (left: WaitDistribution, right: WaitDistribution) -> Bool {
        left.count == right.count && left.max == right.max && left.buckets == right.buckets
            && left.samples.sorted() == right.samples.sorted()
    }

    /// Goes over from samples to buckets.
    private mutating func spread() {
        guard buckets.isEmpty else { return }
        buckets = Array(repeating: 0, count: WaitDistribution.bucket(of: .max) + 1)
        for sample in samples { buckets[WaitDistribution.bucket(of: sample)] += 1 }
        samples = []
    }

    /// Values below 256 have a bucket each; above, the eight leading bits choose it.
    private static func bucket(of value: Int64) -> Int {
        let shift = Swift.max(0, 56 - value.leadingZeroBitCount)
        return (shift << 7) + Int(value >> Int64(shift))
    }

    private static func middle(of bucket: Int) -> Int64 {
        guard bucket >= 256 else { return Int64(bucket) }
        let shift = (bucket >> 7) - 1
        let lowest = Int64(bucket - (shift << 7)) << Int64(shift)
        return lowest + (1 << Int64(shift)) / 2
    }
}
