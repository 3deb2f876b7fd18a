/// One end of a connection: who asks, or who answers.
@usableFromInline
package enum Side: UInt8, Hashable, Sendable, BitwiseCopyable {
    case client
    case server

    /// The other end.
    @inlinable package var peer: Side { self == .client ? .server : .client }
}
