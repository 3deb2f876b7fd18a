package import Exchanges
package import Findings

/// What a capture, or a whole run, comes to in numbers. Parts add up: merging them equals counting the whole, in any order.
package struct Summary: Sendable, Equatable {
    /// Capture files.
    package var captures = 0
    /// TCP connections that carried HTTP.
    package var connections = 0
    package private(set) var exchanges = 0
    /// Exchanges of which no final response was seen.
    package private(set) var withoutFinal = 0
    /// Interim responses by status.
    package private(set) var interim = InterimCounts()
    /// Final responses by class. What is no valid status counts as 5xx (RFC 9110 section 15); 101 stands in `interim`.
    package private(set) var final = FinalCounts()
    /// Exchanges of RFC 4918's family without a legacy construct.
    package private(set) var webdavCurrent = 0
    /// Exchanges with an RFC 2518-only construct.
    package private(set) var webdavLegacy = 0
    package private(set) var violations = 0
    package private(set) var warnings = 0
    package private(set) var notes = 0
    /// The waits of all exchanges that have one.
    package private(set) var waits = WaitDistribution()
    /// The longest silence of any exchange, in nanoseconds; `nil` where there is none.
    package private(set) var longestSilence: Int64?

    package init() {}

    /// Counts one exchange; `timing` and `webdav` are its own, so that nobody works them out twice.
    package mutating func add(_ exchange: borrowing Exchange, timing: Timing, webdav: WebDAVClass) {
        exchanges += 1
        for interim in exchange.interims { self.interim.add(interim.status) }
        if let status = exchange.final?.status {
            if status == 101 { interim.add(101) } else { final.add(status) }
        } else {
            withoutFinal += 1
        }
        switch webdav {
        case .none: break
        case .current: webdavCurrent += 1
        case .legacy: webdavLegacy += 1
        }
        if let wait = timing.wait { waits.add(wait) }
        if let silence = timing.longestSilence { longestSilence = max(longestSilence ?? silence, silence) }
    }

    /// Counts one finding.
    package mutating func add(_ severity: Severity) {
        switch severity {
        case .violation: violations += 1
        case .warning: warnings += 1
        case .note: notes += 1
        }
    }

    /// The summary of one capture, from its record in JSON Lines; `nil` where that is none, or has counts that no capture
    /// has.
    init?(_ record: JSONValue) {
        guard let told = record["summary"], let sketch = record["sketch"] else { return nil }
        var isSound = true
        func count(_ value: JSONValue?) -> Int {
            guard let count = value?.integer, 0...WaitDistribution.mostWritten ~= count else {
                isSound = false
                return 0
            }
            return count
        }
        func nanoseconds(_ value: JSONValue?) -> Int64? {
            guard value != .null else { return nil }
            if value?.integer == nil { isSound = false }
            return value?.integer.map { Int64($0) }
        }
        captures = count(told["captures"])
        connections = count(told["connections"])
        exchanges = count(told["exchanges"])
        withoutFinal = count(told["without_final"])
        for status in 100...104 { interim.add(status, count(told["interim"]?["\(status)"])) }
        interim.add(105, count(told["interim"]?["other"]))
        for kind in 2...5 { final.add(kind * 100, count(told["final"]?["\(kind)xx"])) }
        (webdavCurrent, webdavLegacy) = (count(told["webdav"]?["class"]), count(told["webdav"]?["legacy"]))
        violations = count(told["findings"]?["violation"])
        (warnings, notes) = (count(told["findings"]?["warning"]), count(told["findings"]?["note"]))
        longestSilence = nanoseconds(sketch["longest_silence_ns"])
        let pairs = (sketch["buckets"]?.items ?? []).compactMap { pair -> (bucket: Int, count: Int)? in
            guard let items = pair.items, items.count == 2, let bucket = items[0].integer, let count = items[1].integer
            else { return nil }
            return (bucket, count)
        }
        let samples = (sketch["waits_ns"]?.items ?? []).compactMap { $0.integer.map(Int64.init) }
        guard let waits = WaitDistribution(max: nanoseconds(sketch["max_ns"]), samples: samples, buckets: pairs),
            pairs.count == sketch["buckets"]?.items?.count, samples.count == sketch["waits_ns"]?.items?.count, isSound
        else { return nil }
        self.waits = waits
    }

    /// Takes as little memory as can be from now on: no more is added, and it is merged into nothing any more.
    package mutating func close() {
        waits.close()
    }

    /// Adds another part of the run.
    package mutating func merge(_ other: Summary) {
        captures += other.captures
        connections += other.connections
        exchanges += other.exchanges
        withoutFinal += other.withoutFinal
        interim.merge(other.interim)
        final.merge(other.final)
        webdavCurrent += other.webdavCurrent
        webdavLegacy += other.webdavLegacy
        violations += other.violations
        warnings += other.warnings
        notes += other.notes
        waits.merge(other.waits)
        if let silence = other.longestSilence { longestSilence = max(longestSilence ?? silence, silence) }
    }
}

/// Responses 1xx by status; 101, a final response, is counted here because it is in none of the classes of `FinalCounts`.
package struct InterimCounts: Sendable, Equatable {
    private var named = [0, 0, 0, 0, 0]
    /// How many with a status from 105 on.
    package private(set) var other = 0

    package init() {}

    /// How many with this status, from 100 to 104.
    package subscript(_ status: Int) -> Int { named[status - 100] }

    mutating func add(_ status: Int, _ count: Int = 1) {
        if 100...104 ~= status { named[status - 100] += count } else { other += count }
    }

    mutating func merge(_ more: InterimCounts) {
        for index in named.indices { named[index] += more.named[index] }
        other += more.other
    }
}

/// Final responses by class.
package struct FinalCounts: Sendable, Equatable {
    private var classes = [0, 0, 0, 0]

    package init() {}

    /// How many of this class, from 2 to 5.
    package subscript(_ statusClass: Int) -> Int { classes[statusClass - 2] }

    mutating func add(_ status: Int, _ count: Int = 1) {
        classes[200...499 ~= status ? status / 100 - 2 : 3] += count
    }

    mutating func merge(_ more: FinalCounts) {
        for index in classes.indices { classes[index] += more.classes[index] }
    }
}
