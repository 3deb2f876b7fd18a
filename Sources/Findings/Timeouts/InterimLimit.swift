/// How many interim responses to one request a product lets pass. The RFCs set no limit.
package enum InterimLimit: Hashable, Sendable {
    /// So many pass, and the next one is an error or is taken for the final response.
    case count(Int)
    /// No limit was met up to so many.
    case atLeast(Int)
    /// There is no limit in the code.
    case unbounded
    /// The octets of their heads are limited, not their number.
    case octets
    /// Their time is limited, not their number.
    case time
    /// Not one passes: the first is taken for the final response, or refused.
    case never
    /// The product receives requests, not responses.
    case receivesNone
    case unknown

    private static let words: [(InterimLimit, String)] = [
        (.unbounded, "none"), (.octets, "octets"), (.time, "time"), (.never, "n/a"), (.receivesNone, "-"),
        (.unknown, "unknown"),
    ]

    /// Reads `text`, as written by `description`.
    package init?(_ text: String) {
        if let known = Self.words.first(where: { $0.1 == text }) {
            self = known.0
        } else if let count = Int(text), count >= 0, !text.hasPrefix("+") {
            self = .count(count)
        } else if text.hasPrefix("≥"), let count = Int(text.dropFirst()), count >= 0 {
            self = .atLeast(count)
        } else {
            return nil
        }
    }

    /// Whether interim responses may not be sent to it at all, because the first or the second ends the exchange.
    package var forbidsHeartbeat: Bool {
        switch self {
        case .count(let count): count < 2
        case .never: true
        default: false
        }
    }
}

extension InterimLimit: CustomStringConvertible {
    /// `5`, `≥150`, `none`, `octets`, `time`, `n/a`, `-`, `unknown`.
    package var description: String {
        switch self {
        case .count(let count): "\(count)"
        case .atLeast(let count): "≥\(count)"
        default: Self.words.first { $0.0 == self }?.1 ?? ""
        }
    }
}
