/// What one message may cost. A message beyond a limit is not refused: it is shown as far as the limit, and says so.
package struct HTTPLimits: Sendable {
    /// Octets of a head, start line included. 64 KiB is eight times what RFC 9112 section 3 asks recipients to support
    /// for a request line, and what most servers allow at most.
    package var headOctets = 65_536
    /// Field lines of one head.
    package var fieldLines = 1_000
    /// Field lines beyond them that are kept because they may frame the content.
    static let framingLines = 16

    package init() {}
}
