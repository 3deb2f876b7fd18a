import CaptureModel
import HTTP1

/// Whether it is known which answer belongs to which request, after octets were missed that may have been a request or
/// an answer. With one request at a time it is known again soon; in a pipeline, not before nothing waits any more.
struct PairingDoubt: Sendable {
    /// Why it is not known; empty while it is.
    private(set) var why: Integrity = []
    /// Whether a request may be missing whose answer has not come; and how many answers come before that.
    private var owesAnswer = false
    private var answersBefore = 0
    /// Whether every answer may be that of the request before, since one was wrongly taken for answered.
    private var isShifted = false

    /// Fewer octets may have been an interim response alone: a 102 without fields is of 27, and a final response mostly
    /// has its date, or the length of its content.
    static let leastFinal = 36

    /// Requests may be missing, behind `waiting` that have no answer yet: the next ones may get their answers.
    mutating func missRequests(_ why: Integrity, behind waiting: Int) {
        self.why.formUnion(why)
        owesAnswer = true
        answersBefore = waiting
    }

    /// Answers may be missing: what waits may get those of others.
    mutating func missAnswers(_ why: Integrity) {
        self.why.formUnion(why)
    }

    /// A request was taken for answered, for the client went on after `octets` of the server that were missed.
    mutating func takeForAnswered(_ octets: Int) {
        guard octets > 0, octets < Self.leastFinal else { return }
        why.formUnion(.gap)
        isShifted = true
    }

    /// A final response came, for a request or for none.
    mutating func takeAnswer(isOrphan: Bool) {
        if answersBefore > 0 { answersBefore -= 1 } else { owesAnswer = false }
        if isOrphan { isShifted = false }
    }

    /// A request begins. Returns why its answer may be another's.
    mutating func begin(whileOthersWait: Bool) -> Integrity {
        if !whileOthersWait, !owesAnswer, !isShifted { why = [] }
        return why
    }
}

extension MessageReader.Miss {
    /// Whether whole messages may be among `octets` that were missed.
    func mayHideMessages(_ octets: Int) -> Bool {
        switch self {
        case .inContent: false
        case .endsContent(let rest): rest < octets
        case .losesFraming, .cutsHead, .betweenMessages, .nothing: true
        }
    }
}

extension HTTPConnection {
    /// Answers may be missing: whatever waits behind the first may get that of another. Where nothing waits, they are
    /// those of missed requests.
    mutating func doubtAnswers(_ octets: Int, _ why: Integrity) {
        if open.isEmpty, octets >= PairingDoubt.leastFinal { return doubt.takeAnswer(isOrphan: false) }
        guard open.count > 1, let awaiting = open.awaiting else { return }
        doubt.missAnswers(why)
        for index in awaiting..<open.indices.upperBound { open.items[index].integrity.formUnion(why) }
    }

    /// Reads what comes where the content of a final response is due that may answer another request than it seems to,
    /// a HEAD: that content, or the next response. The first octets are kept until they tell.
    mutating func readDoubtfulContent(
        _ octets: Span<UInt8>, _ place: StreamPlace, _ shared: inout PairingContext
    ) -> Bool {
        var waiting = responseSide.undecided
        waiting.keep(octets, place)
        responseSide.undecided = waiting
        let enough = HeadSearch.statusOctets
        let start = waiting.octets.span.extracting(first: enough)
        if start.count < enough, HeadSearch.mayBecomeResponse(start) { return true }
        return endAnswerDoubt(&shared)
    }

    /// Reads what was kept, as the next response if it begins like one. Returns whether more is wanted.
    @discardableResult
    mutating func endAnswerDoubt(_ shared: inout PairingContext) -> Bool {
        let kept = responseSide.undecided
        responseSide.undecided = HTTPDirection.Undecided()
        doubtsAnswerContent = false
        if HeadSearch.isResponse(kept.octets.span.extracting(first: HeadSearch.statusOctets), at: 0) {
            responseSide.reader.abandonContent()
            endResponse(at: nil, &shared)
        }
        var wantsMore = true
        for run in kept.runs { wantsMore = readResponses(kept.octets.span.extracting(run.octets), run.place, &shared) }
        return wantsMore
    }
}
