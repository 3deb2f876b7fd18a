import CaptureModel
import Exchanges
import HTTP1

/// A 202 with a status monitor, and the polls that followed.
struct Operation {
    let accepted: ExchangeID
    let text: String
    let origin: Timestamp
    let place: StreamPlace
    let server: Endpoint
    /// Where the client may ask.
    var monitors: [Monitor]
    /// The answer last seen: when it ended, and how long it asked to wait, in nanoseconds.
    var answered: Timestamp
    var retryAfter: Int64?
    /// The exchanges that asked: how many, which first and last.
    var polls = 0
    var first: ExchangeID?
    var last: ExchangeID
    var lastOrigin: Timestamp
    var status = 202
    /// How long exchanges of it were under way, in nanoseconds.
    var busy: Int64
    var lastConnection: Int
    /// Whether polls came on more than one connection.
    var isSpread = false
    /// Whether the 202 was told already, so that its end is told with a poll.
    var isTold = false

    /// Whether the answer says that the work is over: it is, unless the client goes on asking.
    var isOver = false

    /// Monitors of one operation; more are not followed.
    static let monitorsFollowed = 4

    /// One sentence on the whole; `nil` while nobody asked.
    func finding(on exchange: ExchangeID, from origin: Timestamp, at place: StreamPlace) -> Finding? {
        guard let first, polls > 0 else { return nil }
        let asked = polls == 1 ? "once (\(first))" : "\(polls) times (\(first) to \(last))"
        let total = answered.since(self.origin)
        let where_ = isSpread ? ", on more than one connection" : ""
        let end =
            isOver
            ? "it was over with a \(status) after \(durationText(total))"
            : "the last answer seen, a \(status), came after \(durationText(total))"
        return Rule.asyncOperation.finding(
            on: exchange, from: origin,
            Occurrence(
                place,
                "\(text) was accepted with 202 (\(accepted)) and asked after \(asked)\(where_): \(end), in which "
                    + "connections were busy for \(durationText(busy)); had it been held, one would have been busy all that time"
            )
        )
    }
}

/// An address to ask at.
struct Monitor {
    /// Path and query.
    var target: [UInt8]
    /// The authority where it was given, as it would stand in Host.
    var authority: [UInt8]

    /// A longer one is not followed.
    static let longest = 1_024

    /// Where path ends and query begins.
    var path: ArraySlice<UInt8> { target.prefix { $0 != UInt8(ascii: "?") } }

    /// The address that `reference` means in answer to a request for `base` (RFC 3986 section 5.2).
    init?(_ reference: Span<UInt8>, base: Span<UInt8>) {
        guard reference.count > 0, reference.count + base.count <= Monitor.longest else { return nil }
        let text = (0..<reference.count).map { reference[$0] }.prefix { $0 != UInt8(ascii: "#") }
        let slash = UInt8(ascii: "/")
        authority = []
        var rest = text[...]
        if let scheme = ["http:", "https:"].first(where: { name in rest.starts(with: name.utf8) }) {
            rest = rest.dropFirst(scheme.utf8.count)
            guard rest.starts(with: [slash, slash]) else { return nil }
        }
        if rest.starts(with: [slash, slash]) {
            rest = rest.dropFirst(2)
            authority = Array(rest.prefix { $0 != slash && $0 != UInt8(ascii: "?") })
            rest = rest.dropFirst(authority.count)
            if rest.first != slash { rest = [slash] + rest }
        }
        if rest.first == slash {
            target = Array(rest)
        } else {
            let path = (0..<base.count).map { base[$0] }.prefix { $0 != UInt8(ascii: "?") }
            guard let last = path.lastIndex(of: slash) else { return nil }
            target = Array(path[...last]) + rest
        }
        target = Monitor.withoutDots(target[...])
    }

    /// A target whose path has no segments `.` and `..` any more (RFC 3986 section 5.2.4).
    private static func withoutDots(_ target: ArraySlice<UInt8>) -> [UInt8] {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let segments = path.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
        var kept: [ArraySlice<UInt8>] = []
        for (index, segment) in segments.enumerated() {
            let (isUp, isHere) = (segment.elementsEqual([dot, dot]), segment.elementsEqual([dot]))
            if isUp { _ = kept.popLast() }
            if !isUp, !isHere {
                kept.append(segment)
            } else if index == segments.count - 1 {
                kept.append([])
            }
        }
        return [slash] + kept.joined(separator: [slash]) + target[path.endIndex...]
    }

    /// Whether a request for `other` asks there: for the same, or with more in its query.
    func isAsked(by other: Span<UInt8>) -> Bool {
        guard other.count >= target.count, (0..<target.count).allSatisfy({ other[$0] == target[$0] }) else {
            return false
        }
        guard other.count > target.count else { return true }
        let next = other[target.count]
        return next == UInt8(ascii: target.contains(UInt8(ascii: "?")) ? "&" : "?")
    }
}
