import CaptureModel
import Exchanges

/// How sure it is that two exchanges are the two hops of one request through a proxy.
///
/// Both have the same method and target, two servers, and times one within the other; that much is required, and is no
/// evidence yet: two clients may ask two servers for the same thing at once.
package enum HopEvidence: Int, Comparable, Sendable {
    /// Both ends of the inner hop follow those of the outer one closely, and nothing else. In a busy network that happens
    /// by chance all the time, so it counts only between addresses where it is the rule (`ProxyAddresses`).
    case times = 0
    /// The proxy's own address stands between them. But any server may ask others for what it is asked for, so this too
    /// counts only where it is the rule.
    case address = 1
    /// The outer request has its target in absolute form, or the inner one has passed one intermediary more.
    case circumstance = 2
    /// X-Forwarded-For, X-Real-IP or Forwarded names the outer hop's client.
    case forwardedFor = 3
    /// Both carry the same X-Request-Id, X-Correlation-Id, or trace of traceparent.
    case sharedID = 4

    package static func < (left: HopEvidence, right: HopEvidence) -> Bool { left.rawValue < right.rawValue }
}

extension HopSide {
    /// How closely a proxy without any trace has to follow: it may need a connection first, but nothing else.
    private static let closely: Int64 = 20_000_000
    /// What any proxy may take for its part.
    private static let negligible: Int64 = 2_000_000
    /// The same where nothing but the times tells a proxy from two clients.
    private static let veryClosely: Int64 = 1_000_000

    /// The evidence that `inner` is what a proxy made of this exchange; `nil` where there is none, or where something
    /// speaks against it.
    package func evidence(asOuterOf inner: borrowing HopSide) -> HopEvidence? {
        guard marks.key == inner.marks.key, server != inner.server, id.connection != inner.id.connection,
            inner.origin.time >= origin.time, inner.origin.time <= answered
        else { return nil }
        // Who speaks to both servers from one address, and is neither, is their client and no proxy.
        if inner.client.address == client.address, client.address != server.address { return nil }
        // A proxy answers after its origin did, unless it answers by itself: it lost patience, or refused.
        if let mine = finalFirst?.time, inner.answered > mine, finalStatus < 500 { return nil }
        let (mine, theirs) = (marks, inner.marks)
        if theirs.requestID != 0 && theirs.requestID == mine.requestID
            || theirs.trace != 0 && theirs.trace == mine.trace
        {
            return .sharedID
        }
        if theirs.forwardedFor != 0, theirs.forwarded != mine.forwarded {
            return theirs.forwardedFor == clientHash ? .forwardedFor : nil
        }
        guard theirs.agent == mine.agent, agreesOnStatus(with: inner) else { return nil }
        if marks.authority != 0, marks.authority == inner.marks.host, inner.marks.authority == 0 {
            return .circumstance
        }
        let isClose = isClose(to: inner)
        if isClose, inner.marks.vias == marks.vias + 1 { return .circumstance }
        if inner.client.address == server.address, inner.client.address != client.address { return .address }
        return isClose ? .times : nil
    }

    /// Whether `inner`, which is close, lasted so long that its two ends follow this exchange's by no chance.
    func isTelling(of inner: borrowing HopSide) -> Bool {
        inner.answered.since(inner.origin.time) >= 20 * (startDistance(to: inner) + endDistance(to: inner))
    }

    /// From the end of this request, as far as the proxy can have waited for it, to the begin of the inner one.
    private func startDistance(to inner: borrowing HopSide) -> Int64 {
        let began = inner.origin.time
        return began.since(requestEnd.map { $0 <= began ? $0 : headEnd } ?? headEnd)
    }

    private func endDistance(to inner: borrowing HopSide) -> Int64 {
        min(distance(firstResponse, inner.firstResponse), distance(answered, inner.answered))
    }

    /// The same final status, unless the proxy has one of its own: it lost patience, or had the content in store.
    private func agreesOnStatus(with inner: borrowing HopSide) -> Bool {
        guard finalFirst != nil, inner.finalFirst != nil else { return true }
        return finalStatus == inner.finalStatus || finalStatus >= 500 || inner.finalStatus == 304
    }

    private func isClose(to inner: borrowing HopSide) -> Bool {
        let began = inner.origin.time
        guard began >= headEnd else { return false }
        // Two requests that differ in nothing but the server that each names may be those of two clients.
        let cameByProxy = inner.marks.vias == marks.vias + 1
        let areTwins =
            !cameByProxy && marks.namesOwnServer && inner.marks.namesOwnServer && marks.shape == inner.marks.shape
            && isOldHTTP == inner.isOldHTTP
        if areTwins, inner.client.address == client.address { return false }
        let closely = areTwins ? HopSide.veryClosely : HopSide.closely
        guard startDistance(to: inner) <= closely else { return false }
        // A proxy that took an interim response for the final one gives no sign of when the answer came.
        let isDistinctive = cameByProxy || marks.isDistinctive
        if finalFirst == nil, inner.finalFirst != nil, !inner.interims.isEmpty, isDistinctive { return true }
        let end = endDistance(to: inner)
        guard end <= closely else { return false }
        // A proxy takes no longer for its part than what is behind it, but for what takes hardly any time.
        let lasted = max(inner.answered.since(began), HopSide.negligible)
        return isDistinctive && startDistance(to: inner) + end <= lasted || isTelling(of: inner)
    }

    private func distance(_ left: Timestamp, _ right: Timestamp) -> Int64 {
        left > right ? left.since(right) : right.since(left)
    }
}
