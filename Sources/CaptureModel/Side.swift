/// One end of a connection: who asks, or who answers.
@usableFromInline
package enum Side: UInt8, Hashable, Sendable {
    case client
    case server

    /// The other end.
    @inlinable package var peer: Side { self == .client ? .server : .client }
}
