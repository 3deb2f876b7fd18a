import CaptureModel
import HTTP1

/// Answers to requests that were given up because too many waited: they come before those of the requests that are
/// still kept, and must not be taken for them. Of each it is known whether its request was HEAD, for then no content
/// follows; a million of one kind in a row take no more than one.
struct OwedAnswers: Sendable {
    /// How many of one kind come in a row, then of the other, in turn.
    private var runs: [Int] = []
    /// The first run that is not used up, and whether it is one of HEAD.
    private var first = 0
    private var startsWithHead = false

    var isEmpty: Bool { first == runs.count }
    /// Changes from one kind to the other that are remembered.
    var runCount: Int { runs.count - first }
    /// What they take in memory, in octets, about.
    @inline(__always) var cost: Int { runs.count * 8 }

    mutating func append(isHead: Bool) {
        if isEmpty {
            (runs, first, startsWithHead) = ([1], 0, isHead)
        } else if isHead == (startsWithHead == (runCount % 2 == 1)) {
            runs[runs.count - 1] += 1
        } else {
            runs.append(1)
        }
    }

    /// Takes the first one away, of which there is one; returns whether its request was HEAD.
    mutating func removeFirst() -> Bool {
        let isHead = startsWithHead
        runs[first] -= 1
        guard runs[first] == 0 else { return isHead }
        first += 1
        startsWithHead.toggle()
        if first * 2 >= runs.count {
            runs.removeSubrange(..<first)
            first = 0
        }
        return isHead
    }
}

extension HTTPConnection {
    /// So many runs of answers are remembered as owed for each request that may wait; beyond it, answers are no longer
    /// read.
    private static let owedForEachOpen = 10

    /// Gives the oldest exchange up for want of room.
    mutating func giveUpOldest(_ shared: inout PairingContext) {
        if open.items[open.first].final == nil, unread.isEmpty {
            owed.append(
                isHead: open.items[open.first].request.map { open.items[open.first].isMethod($0.method, "HEAD") }
                    ?? false)
        }
        open.items[open.first].integrity.insert(.limit)
        conclude(at: open.items[open.first].end, &shared)
        if owed.runCount > shared.limits.openExchanges * Self.owedForEachOpen { stopReadingAnswers(.limit) }
    }

    /// Passes over an answer that is owed: of a final one the content follows.
    mutating func passOverOwed(_ line: StatusLine, _ head: inout MessageHead) {
        guard head.isComplete else { return stopReadingAnswers(.gap) }
        if line.status == 101 { return responseSide.reader.turnOff() }
        if line.status < 200 { return responseSide.reader.expect(.none) }
        let isHead = owed.removeFirst()
        let isEmpty = isHead || line.status == 204 || line.status == 304
        let framing = head.framingFields.responseFraming(line.version, &head.oddities)
        responseSide.reader.expect(isEmpty ? .none : framing)
    }

    /// Nobody knows any more which answer belongs to which request.
    mutating func stopReadingAnswers(_ why: Integrity) {
        owed = OwedAnswers()
        unread.formUnion(why)
        responseSide.reader.turnOff()
        for index in open.indices { open.items[index].integrity.formUnion(why) }
    }
}
