import CaptureModel
import Exchanges

/// The two hops of one request through a proxy, and what it did to the interim responses.
package struct HopPair: Sendable {
    /// Between the client and the proxy.
    package let outer: HopSide
    /// Between the proxy and the next server.
    package let inner: HopSide
    /// Interim responses of the inner hop, and those of the outer one that they became.
    private(set) var passed: [(inner: HopSide.InterimMark, outer: HopSide.InterimMark)] = []
    /// Those that the outer hop lacks although it waited for them, in order.
    private(set) var missing: [HopSide.InterimMark] = []
    /// Those of the outer hop that are of the proxy's own making, in order.
    private(set) var invented: [HopSide.InterimMark] = []

    package init(outer: HopSide, inner: HopSide) {
        self.outer = outer
        self.inner = inner
        // From the end, each of the outer hop is the latest of the inner one that it can be: what was swallowed shows as
        // missing, and not as a delay.
        var rest = inner.interims[...]
        for mark in outer.interims.reversed() {
            guard
                let match = rest.lastIndex(where: {
                    $0.status == mark.status && $0.first.time <= mark.first.time
                })
            else {
                invented.append(mark)
                continue
            }
            missing += rest[(match + 1)...].reversed().filter(owes)
            passed.append((rest[match], mark))
            rest = rest[..<match]
        }
        missing += rest.reversed().filter(owes)
        invented.reverse()
        missing.reverse()
        passed.reverse()
    }

    /// From here on an interim response is late, in nanoseconds: that of a silence that people notice.
    static let late: Int64 = 1_000_000_000

    /// Whether both hops were captured whole, so that what is not there was not sent.
    var isWhole: Bool { outer.isWhole && inner.isWhole }

    /// Whether the proxy forwarded an interim response, and nothing of the final one although that came while the client
    /// waited: it took the first for the last.
    var isTakenAsFinal: Bool {
        guard isWhole, !passed.isEmpty, outer.finalFirst == nil, let final = inner.finalFirst else { return false }
        switch outer.outcome {
        case .closedByServer, .resetByServer, .unanswered: return final.time < outer.end.time
        default: return false
        }
    }

    /// The longest that an interim response took through the proxy, in nanoseconds, and which it was.
    var slowest: (delay: Int64, mark: HopSide.InterimMark)? {
        passed.map { (delay: $0.outer.first.time.since($0.inner.first.time), mark: $0.outer) }
            .max { $0.delay < $1.delay }
    }

    /// Whether the proxy had to forward it (RFC 9110 section 15.2): its client speaks HTTP/1.1, still waits, and did ask
    /// for it where the proxy itself may have asked.
    private func owes(_ mark: HopSide.InterimMark) -> Bool {
        if outer.isOldHTTP { return false }
        if mark.status == 100, !outer.expectsContinue || outer.interims.contains(where: { $0.status == 100 }) {
            return false
        }
        if let left = outer.clientClose, left <= mark.first.time { return false }
        return mark.first.time < outer.answered
    }
}

/// `3 × 102`, `100, 2 × 102`: at most four groups of equal statuses, then an ellipsis.
func statusesText(_ marks: [HopSide.InterimMark]) -> String {
    var groups: [(status: Int, count: Int)] = []
    for mark in marks {
        if groups.last?.status == mark.status {
            groups[groups.count - 1].count += 1
        } else {
            groups.append((mark.status, 1))
        }
    }
    let texts = groups.prefix(4).map { $0.count == 1 ? "\($0.status)" : "\($0.count) × \($0.status)" }
    return texts.joined(separator: ", ") + (groups.count > 4 ? " …" : "")
}
