/// How long a message's content is (RFC 9112 section 6.3).
@usableFromInline
package enum BodyFraming: Hashable, Sendable, BitwiseCopyable {
    /// No content: by the status, the method, or the lack of framing fields.
    case none
    /// A valid Content-Length, in octets.
    case length(Int)
    /// Transfer-Encoding that ends in chunked.
    case chunked
    /// A response without framing fields, or with a transfer coding other than chunked: until the connection closes.
    case untilClose
    /// HTTP/1.x ends here: 101, or a 2xx to CONNECT.
    case tunnel
    /// The framing fields cannot be believed (an invalid Content-Length): the end is found at the next head.
    case unknown

    /// Whether there is no content. (`==` of an enum with a payload is a call from another module.)
    @inlinable package var isNone: Bool { if case .none = self { true } else { false } }
    /// Whether HTTP/1.x ends here.
    @inlinable package var isTunnel: Bool { if case .tunnel = self { true } else { false } }
}
