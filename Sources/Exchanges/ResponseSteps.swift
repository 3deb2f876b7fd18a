import CaptureModel
import HTTP1

/// What the response direction does to the exchanges of a connection.
extension HTTPConnection {
    mutating func readResponses(_ octets: Span<UInt8>, _ place: StreamPlace, _ shared: inout PairingContext) -> Bool {
        var at = 0
        while at < octets.count {
            if doubtsAnswerContent { return readDoubtfulContent(octets.extracting(at...), place, &shared) }
            switch responseSide.reader.read(octets, at: &at, place: place, into: &shared.responseHead) {
            case .needMore:
                break
            case .head(let run?):
                takeResponse(octets.extracting(run), at: place, &shared)
            case .head(nil):
                let collected = responseSide.reader.takeCollectedHead()
                takeResponse(collected.span, at: place, &shared)
            case .content(let content, let isLast):
                if inspectedAnswer.isActive {
                    inspectedAnswer.add(octets.extracting(content), limit: shared.limits.inspectedOctets)
                }
                addContent(content.count, at: place)
                if isLast { endResponse(at: nil, &shared) }
            case .contentEnd:
                endResponse(at: place, &shared)
            case .passedOver:
                addContent(0, at: place)  // of a response whose framing was lost: it lasted at least until here
            case .notHTTP:
                return false
            case .http2:
                leaveHTTP(&shared)
                return false
            }
        }
        return !isDone && !responseSide.reader.isOff
    }

    /// Takes octets in the middle of a response's content that nobody looks into, as most packets of large ones carry: all
    /// that `readResponses` would do with them. Returns whether they are such.
    @inline(__always)
    mutating func passMiddle(_ count: Int, at place: StreamPlace) -> Bool {
        guard !doubtsAnswerContent, !inspectedAnswer.isActive, responseSide.reader.passMiddle(count) else {
            return false
        }
        addContent(count, at: place)
        return true
    }

    private mutating func takeResponse(_ octets: Span<UInt8>, at place: StreamPlace, _ shared: inout PairingContext) {
        guard case .response(let line) = shared.responseHead.start else { return }
        let start = responseSide.reader.headStart
        if let index = open.receiving {  // its end was missed, for the next one begins
            open.items[index].isGivenUp = true
            tellSettled(&shared)
        }
        if !owed.isEmpty { return passOverOwed(line, &shared.responseHead) }
        let index = open.awaiting ?? orphan(at: start, &shared)
        if line.status < 200, line.status != 101 {
            takeInterim(line, octets, index, start, place, &shared)
            return
        }
        let framing = open.items[index].takeFinal(line, octets, from: start, to: place, &shared)
        openCost += Exchange.cost(octets: octets.count, fields: shared.responseHead.fieldCount)
        if shared.isWatched { open.items[index].noteFinal(&shared.happened) }
        doubt.takeAnswer(isOrphan: open.items[index].request == nil)
        doubtsContent = index == open.items.count - 1 && requestSide.reader.isInContent
        guard shared.responseHead.isComplete else { return responseSide.reader.seek() }
        doubtsAnswerContent = !open.items[index].integrity.isEmpty && !framing.isNone && !framing.isTunnel
        if line.status == 207 || inspectedAnswer.isActive { inspectedAnswer.begin(open.items[index]) }
        responseSide.reader.expect(framing)
        if framing.isTunnel {
            leaveHTTP(&shared)
        } else if framing.isNone {
            tellSettled(&shared)
        }
    }

    /// An interim response ends with its empty line, whatever its fields say, and leaves the request waiting. Beyond
    /// the limits, it is counted with its status and times, and then no more.
    private mutating func takeInterim(
        _ line: StatusLine, _ octets: Span<UInt8>, _ index: Int, _ start: StreamPlace, _ place: StreamPlace,
        _ shared: inout PairingContext
    ) {
        if shared.responseHead.isComplete { responseSide.reader.expect(.none) } else { responseSide.reader.seek() }
        open.items[index].end = place
        let count = open.items[index].interims.count
        guard count < shared.limits.interims else { return open.items[index].integrity.formUnion(.limit) }
        var interim = InterimResponse(
            status: line.status, version: line.version, reason: OctetRange(0, 0), first: start, headEnd: place,
            fields: 0..<0)
        if count < shared.limits.interimsWithFields {
            interim.reason = line.reason.shifted(by: open.items[index].octets.count)
            interim.fields = open.items[index].adopt(octets, shared.responseHead)
            openCost += Exchange.cost(octets: octets.count, fields: shared.responseHead.fieldCount)
        } else {
            open.items[index].integrity.insert(.limit)
        }
        open.items[index].interims.append(interim)
        openCost += Exchange.interimCost
        if shared.isWatched { open.items[index].noteInterim(&shared.happened) }
    }

    /// An exchange for a response whose request was not captured, or that nobody asked for.
    private mutating func orphan(at place: StreamPlace, _ shared: inout PairingContext) -> Int {
        let index = begin(at: place, &shared)
        open.items[index].integrity.formUnion(doubt.why)
        if requestSide.reader.isInHead {
            answersEarly = true
        } else if sawAllRequests, doubt.why.isEmpty {
            open.items[index].stray = true
        } else {
            open.items[index].integrity.formUnion(whyNotAllRequests)
        }
        return index
    }

    private mutating func addContent(_ count: Int, at place: StreamPlace) {
        guard let index = open.receiving else { return }
        open.items[index].addContent(count, at: place)
    }

    /// The final response being received is complete: at `place`, or, with `nil`, where its last octet was.
    mutating func endResponse(at place: StreamPlace?, _ shared: inout PairingContext) {
        guard let index = open.receiving else { return }
        if let place { open.items[index].addContent(0, at: place) }
        open.items[index].final?.complete = true
        if inspectedAnswer.isActive { inspectedAnswer.finish(into: &open.items[index]) }
        tellSettled(&shared)
    }

    // MARK: Missed octets

    mutating func missResponse(_ octets: Int, _ why: Integrity, _ place: StreamPlace, _ shared: inout PairingContext) {
        if !owed.isEmpty { return stopReadingAnswers(why) }
        if doubtsAnswerContent { endAnswerDoubt(&shared) }
        let miss = responseSide.reader.miss(octets)
        if miss.mayHideMessages(octets) { doubtAnswers(octets, why) }
        switch miss {
        case .inContent:
            missContent(octets, why)
        case .endsContent(let rest):
            missContent(rest, why)
            endResponse(at: place, &shared)
            if rest < octets { doubtAnswer(octets - rest, why) }
        case .losesFraming:
            if let index = open.receiving {
                open.items[index].final?.framing = .unknown
                open.items[index].integrity.formUnion(why)
            }
        case .cutsHead:
            takeCutResponse(place, why, missing: octets, &shared)
        case .betweenMessages:
            doubtAnswer(octets, why)
        case .nothing:
            if let index = open.receiving {
                open.items[index].integrity.formUnion(why)
            } else {
                doubtAnswer(octets, why)
            }
        }
    }

    private mutating func missContent(_ count: Int, _ why: Integrity) {
        if inspectedAnswer.isActive { inspectedAnswer.cut() }
        guard let index = open.receiving else { return }
        open.items[index].final?.bodyBytes += count
        open.items[index].integrity.formUnion(why)
    }

    /// What there is of a head that will not be complete, for `octets` after it are missing.
    mutating func takeCutResponse(
        _ place: StreamPlace, _ why: Integrity, missing octets: Int = 0, _ shared: inout PairingContext
    ) {
        if doubtsAnswerContent { endAnswerDoubt(&shared) }
        guard responseSide.reader.isInHead else { return }
        guard responseSide.reader.takeCutHead(into: &shared.responseHead) else { return doubtAnswer(octets, why) }
        let collected = responseSide.reader.takeCollectedHead()
        takeResponse(collected.span, at: responseSide.reader.headEnd, &shared)
        guard let index = open.receiving ?? open.awaiting else { return }
        open.items[index].integrity.formUnion(why)
        if why.contains(.gap), open.items[index].final == nil { open.items[index].missedInWait &+= octets }
    }

    /// The exchange that waits may have been answered by the missed octets; its next request will show.
    private mutating func doubtAnswer(_ octets: Int, _ why: Integrity) {
        guard !why.isEmpty, let awaiting = open.awaiting else { return }
        open.items[awaiting].integrity.formUnion(why)
        if why.contains(.gap) { open.items[awaiting].missedInWait &+= octets }
        doubtful = open.items[awaiting].number
    }
}

extension Exchange {
    /// Takes `count` octets of the final response's content into account, the last of them at `place`.
    fileprivate mutating func addContent(_ count: Int, at place: StreamPlace) {
        final?.bodyBytes += count
        final?.end = place
        end = place
    }

    /// Takes the final response over whose head, `octets`, was read into `shared.responseHead`. Returns how long its content
    /// is.
    fileprivate mutating func takeFinal(
        _ line: StatusLine, _ octets: Span<UInt8>, from start: StreamPlace, to place: StreamPlace,
        _ shared: inout PairingContext
    ) -> BodyFraming {
        let framing = responseFraming(line, &shared.responseHead)
        let offset = self.octets.count
        var final = FinalResponse(
            status: line.status, version: line.version, reason: line.reason.shifted(by: offset), first: start,
            headEnd: place, fields: adopt(octets, shared.responseHead), framing: framing)
        if !shared.responseHead.isComplete {
            final.headComplete = false
        } else if framing.isNone || framing.isTunnel {
            final.complete = true
        }
        self.final = final
        end = place
        return framing
    }

    /// How long the content of a final response is (RFC 9112 section 6.3).
    @inline(__always)
    private func responseFraming(_ line: StatusLine, _ head: inout MessageHead) -> BodyFraming {
        if line.status == 101 { return .tunnel }
        if line.status == 204 || line.status == 304 { return .none }
        if let method = request?.method {
            if isMethod(method, "HEAD") { return .none }
            if line.status < 300, isMethod(method, "CONNECT") { return .tunnel }
        }
        return head.framingFields.responseFraming(line.version, &head.oddities)
    }
}
