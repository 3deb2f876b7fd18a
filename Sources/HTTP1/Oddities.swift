/// Leniencies: what a message did that a strict recipient would refuse. The parsers accept and name them.
@usableFromInline
package struct Oddities: OptionSet, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package let rawValue: UInt32
    @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A line ended in LF without CR (RFC 9112 section 2.2).
    @inlinable package static var bareLF: Oddities { Oddities(rawValue: 1 << 0) }
    /// A field continued on the next line (obs-fold, RFC 9112 section 5.2).
    @inlinable package static var foldedField: Oddities { Oddities(rawValue: 1 << 1) }
    /// White space between a field's name and its colon (RFC 9112 section 5.1).
    @inlinable package static var spaceBeforeColon: Oddities { Oddities(rawValue: 1 << 2) }
    /// A line in a header section that has no colon.
    @inlinable package static var lineWithoutColon: Oddities { Oddities(rawValue: 1 << 3) }
    /// A status line inside a header section.
    @inlinable package static var nestedStatusLine: Oddities { Oddities(rawValue: 1 << 4) }
    /// Both Transfer-Encoding and Content-Length (RFC 9112 section 6.3).
    @inlinable package static var lengthAndChunked: Oddities { Oddities(rawValue: 1 << 5) }
    /// Content-Length values that differ (RFC 9112 section 6.3).
    @inlinable package static var conflictingLengths: Oddities { Oddities(rawValue: 1 << 6) }
    /// A Content-Length that is no number, or too large for one.
    @inlinable package static var invalidLength: Oddities { Oddities(rawValue: 1 << 7) }
    /// Transfer-Encoding in an HTTP/1.0 message (RFC 9112 section 6.1).
    @inlinable package static var chunkedInHTTP10: Oddities { Oddities(rawValue: 1 << 8) }
    /// A request whose last transfer coding is not chunked (RFC 9112 section 6.3).
    @inlinable package static var requestNotChunked: Oddities { Oddities(rawValue: 1 << 9) }
    /// A chunk size that is no hexadecimal number, or too large.
    @inlinable package static var invalidChunk: Oddities { Oddities(rawValue: 1 << 10) }
    /// More or less than one space in a start line, or white space after it.
    @inlinable package static var looseStartLine: Oddities { Oddities(rawValue: 1 << 11) }
    /// The header section was longer than the limit, and is shown in part.
    @inlinable package static var headTooLong: Oddities { Oddities(rawValue: 1 << 12) }
    /// More field lines than the limit; the rest is not shown.
    @inlinable package static var tooManyFields: Oddities { Oddities(rawValue: 1 << 13) }
    /// Octets that are no HTTP where a message should have begun.
    @inlinable package static var unexpectedOctets: Oddities { Oddities(rawValue: 1 << 14) }
}
