package import CaptureModel
package import HTTP1

/// A request as it was seen. It takes fifteen words, no more: see `OctetRange`.
package struct Request: Sendable, BitwiseCopyable {
    /// Its first octet.
    package var first: StreamPlace
    /// The end of its head: the empty line's last octet.
    package var headEnd: StreamPlace
    private var lastOctet: StreamPlace
    private var firstOfContent: StreamPlace
    package var method: OctetRange
    package var target: OctetRange
    private var lines: OctetRange
    /// Octets of content on the wire, chunked framing apart; those that a gap took are counted where framing tells.
    package var bodyBytes: Int = 0
    private var length: FramingWord
    package var version: HTTPVersion
    private var state: MessageState = .headComplete

    package init(
        first: StreamPlace, headEnd: StreamPlace, method: OctetRange, target: OctetRange, version: HTTPVersion,
        fields: Range<Int>, framing: BodyFraming
    ) {
        self.first = first
        self.headEnd = headEnd
        (lastOctet, firstOfContent) = (headEnd, headEnd)
        self.method = method
        self.target = target
        self.version = version
        lines = OctetRange(fields.lowerBound, fields.upperBound)
        length = FramingWord(framing)
    }

    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> { lines.range }
    /// Its last octet; `nil` while its content had not been sent completely.
    package var end: StreamPlace? {
        get { state.contains(.ended) ? lastOctet : nil }
        set { state.set(.ended, &lastOctet, to: newValue) }
    }
    /// The first octet of its content; `nil` where none was seen.
    package var contentBegan: StreamPlace? {
        get { state.contains(.hasContent) ? firstOfContent : nil }
        set { state.set(.hasContent, &firstOfContent, to: newValue) }
    }
    /// What its head said of its content.
    package var framing: BodyFraming {
        get { length.framing }
        set { length = FramingWord(newValue) }
    }
    /// Whether its head and all the content that it announced were sent.
    package var complete: Bool {
        get { state.contains(.complete) }
        set { state.set(.complete, to: newValue) }
    }
    /// Whether its head was seen up to the empty line.
    package var headComplete: Bool {
        get { state.contains(.headComplete) }
        set { state.set(.headComplete, to: newValue) }
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
    private var lines: OctetRange
    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> {
        get { lines.range }
        set { lines = OctetRange(newValue.lowerBound, newValue.upperBound) }
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
        lines = OctetRange(fields.lowerBound, fields.upperBound)
    }
}

/// The final response as far as it was seen. It takes fifteen words, no more: see `OctetRange`.
package struct FinalResponse: Sendable, BitwiseCopyable {
    package var status: Int
    package var first: StreamPlace
    package var headEnd: StreamPlace
    /// Its last octet seen; its true end when `complete`.
    package var end: StreamPlace
    package var reason: OctetRange
    private var lines: OctetRange
    /// Octets of content on the wire, chunked framing apart.
    package var bodyBytes: Int = 0
    private var length: FramingWord
    package var version: HTTPVersion
    private var state: MessageState = .headComplete

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
        lines = OctetRange(fields.lowerBound, fields.upperBound)
        length = FramingWord(framing)
    }

    /// Which of the exchange's field lines are its own.
    package var fields: Range<Int> { lines.range }
    /// What its head said of its content.
    package var framing: BodyFraming {
        get { length.framing }
        set { length = FramingWord(newValue) }
    }
    /// Whether all of it was seen.
    package var complete: Bool {
        get { state.contains(.complete) }
        set { state.set(.complete, to: newValue) }
    }
    /// Whether its head was seen up to the empty line.
    package var headComplete: Bool {
        get { state.contains(.headComplete) }
        set { state.set(.headComplete, to: newValue) }
    }
}

/// What is known of a message, a bit each.
private struct MessageState: OptionSet, Sendable, BitwiseCopyable {
    var rawValue: UInt8

    static let headComplete = MessageState(rawValue: 1)
    static let complete = MessageState(rawValue: 2)
    /// The place of the last octet is known.
    static let ended = MessageState(rawValue: 4)
    /// The place of the first octet of content is known.
    static let hasContent = MessageState(rawValue: 8)

    mutating func set(_ bit: MessageState, to isSet: Bool) {
        if isSet { formUnion(bit) } else { subtract(bit) }
    }

    /// Keeps a place that may be unknown.
    mutating func set(_ bit: MessageState, _ kept: inout StreamPlace, to place: StreamPlace?) {
        set(bit, to: place != nil)
        if let place { kept = place }
    }
}

/// A `BodyFraming` in one word: the length, or another kind below zero.
private struct FramingWord: Sendable, BitwiseCopyable {
    private var word: Int

    init(_ framing: BodyFraming) {
        word =
            switch framing {
            case .length(let octets): max(0, octets)
            case .none: -1
            case .chunked: -2
            case .untilClose: -3
            case .tunnel: -4
            case .unknown: -5
            }
    }

    var framing: BodyFraming {
        switch word {
        case -1: .none
        case -2: .chunked
        case -3: .untilClose
        case -4: .tunnel
        case -5: .unknown
        default: .length(word)
        }
    }
}
