import CaptureModel
import HTTP1

/// Answers to requests that were given up because too many waited: they come before those of the requests that are
/// still kept, and must not be taken for them.
extension HTTPConnection {
    /// So many answers are remembered as owed for each request that may wait; beyond it, answers are no longer read.
    private static let owedForEachOpen = 10

    /// Gives the oldest exchange up for want of room.
    mutating func giveUpOldest(_ shared: inout PairingContext) {
        let oldest = open[0]
        if oldest.final == nil, unread.isEmpty {
            owed.append(oldest.request.map { oldest.isMethod($0.method, "HEAD") } ?? false)
        }
        open[0].integrity.insert(.limit)
        conclude(at: oldest.end, &shared)
        if owed.count > shared.limits.openExchanges * Self.owedForEachOpen { stopReadingAnswers(.limit) }
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
        owed = []
        unread.formUnion(why)
        responseSide.reader.turnOff()
        for index in open.indices { open[index].integrity.formUnion(why) }
    }
}
