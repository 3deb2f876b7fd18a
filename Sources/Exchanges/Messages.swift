package import CaptureModel
package import HTTP1

/// A request as it was seen.
package struct Request: Sendable, BitwiseCopyable {
    /// Its first octet.
    package var first: StreamPlace
    /// The end of its head: the empty line's last octet.
    package var headEnd: StreamPlace
    /// Its last octet; `nil` while its content had not been sent completely.
    package var end: StreamPlace?
    /// The first octet of its content; `nil` where none was seen.
    package var contentBegan: StreamPlace?
    package var method: OctetRange
    package var target: OctetRange
    package var version: HTTPVersion
    private var lines: LineRange
    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> {
        get { lines.range }
        set { lines = LineRange(newValue) }
    }
    /// Octets of content on the wire, chunked framing apart; those that a gap took are counted where framing tells.
    package var bodyBytes: Int = 0
    /// Whether its head and all the content that it announced were sent.
    package var complete = false
    /// What its head said of its content.
    package var framing: BodyFraming
    /// Whether its head was seen up to the empty line.
    package var headComplete = true

    package init(
        first: StreamPlace, headEnd: StreamPlace, method: OctetRange, target: OctetRange, version: HTTPVersion,
        fields: Range<Int>, framing: BodyFraming
    ) {
        self.first = first
        self.headEnd = headEnd
        self.method = method
        self.target = target
        self.version = version
        lines = LineRange(fields)
        self.framing = framing
    }
}

/// One interim response: 100–199 but 101 (RFC 9110 section 15.2). It ends with its empty line, whatever its fields say.
package struct InterimResponse: Sendable, BitwiseCopyable {
    package var status: Int
    package var version: HTTPVersion
    package var reason: OctetRange
    /// Its first octet.
    package var first: StreamPlace
    /// The end of its head.
    package var headEnd: StreamPlace
    private var lines: LineRange
    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> {
        get { lines.range }
        set { lines = LineRange(newValue) }
    }

    package init(
        status: Int, version: HTTPVersion, reason: OctetRange, first: StreamPlace, headEnd: StreamPlace,
        fields: Range<Int>
    ) {
        self.status = status
        self.version = version
        self.reason = reason
        self.first = first
        self.headEnd = headEnd
        lines = LineRange(fields)
    }
}

/// The final response as far as it was seen.
package struct FinalResponse: Sendable, BitwiseCopyable {
    package var status: Int
    package var version: HTTPVersion
    package var reason: OctetRange
    package var first: StreamPlace
    package var headEnd: StreamPlace
    /// Its last octet seen; its true end when `complete`.
    package var end: StreamPlace
    private var lines: LineRange
    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> {
        get { lines.range }
        set { lines = LineRange(newValue) }
    }
    /// Octets of content on the wire, chunked framing apart.
    package var bodyBytes: Int = 0
    package var complete = false
    package var framing: BodyFraming
    /// Whether its head was seen up to the empty line.
    package var headComplete = true

    package init(
        status: Int, version: HTTPVersion, reason: OctetRange, first: StreamPlace, headEnd: StreamPlace,
        fields: Range<Int>, framing: BodyFraming
    ) {
        self.status = status
        self.version = version
        self.reason = reason
        self.first = first
        self.headEnd = headEnd
        self.end = headEnd
        lines = LineRange(fields)
        self.framing = framing
    }
}

/// A stretch of an exchange's field lines, in half the room of a `Range<Int>`.
private struct LineRange: Sendable, BitwiseCopyable {
    var start: UInt32
    var end: UInt32

    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
}
