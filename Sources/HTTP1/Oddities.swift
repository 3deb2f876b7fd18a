/// Leniencies: what a message did that a strict recipient would refuse. The parsers accept and name them.
package struct Oddities: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A line ended in LF without CR (RFC 9112 section 2.2).
    package static let bareLF = Oddities(rawValue: 1 << 0)
    /// A field continued on the next line (obs-fold, RFC 9112 section 5.2).
    package static let foldedField = Oddities(rawValue: 1 << 1)
    /// White space between a field's name and its colon (RFC 9112 section 5.1).
    package static let spaceBeforeColon = Oddities(rawValue: 1 << 2)
    /// A line in a header section that has no colon.
    package static let lineWithoutColon = Oddities(rawValue: 1 << 3)
    /// A status line inside a header section.
    package static let nestedStatusLine = Oddities(rawValue: 1 << 4)
    /// Both Transfer-Encoding and Content-Length (RFC 9112 section 6.3).
    package static let lengthAndChunked = Oddities(rawValue: 1 << 5)
    /// Content-Length values that differ (RFC 9112 section 6.3).
    package static let conflictingLengths = Oddities(rawValue: 1 << 6)
    /// A Content-Length that is no number, or too large for one.
    package static let invalidLength = Oddities(rawValue: 1 << 7)
    /// Transfer-Encoding in an HTTP/1.0 message (RFC 9112 section 6.1).
    package static let chunkedInHTTP10 = Oddities(rawValue: 1 << 8)
    /// A request whose last transfer coding is not chunked (RFC 9112 section 6.3).
    package static let requestNotChunked = Oddities(rawValue: 1 << 9)
    /// A chunk size that is no hexadecimal number, or too large.
    package static let invalidChunk = Oddities(rawValue: 1 << 10)
    /// More or less than one space in a start line, or white space after it.
    package static let looseStartLine = Oddities(rawValue: 1 << 11)
    /// The header section was longer than the limit, and is shown in part.
    package static let headTooLong = Oddities(rawValue: 1 << 12)
    /// More field lines than the limit; the rest is not shown.
    package static let tooManyFields = Oddities(rawValue: 1 << 13)
    /// Octets that are no HTTP where a message should have begun.
    package static let unexpectedOctets = Oddities(rawValue: 1 << 14)
}
