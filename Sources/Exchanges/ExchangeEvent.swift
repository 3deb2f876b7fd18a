/// What the pairing tells.
package enum ExchangeEvent: Sendable {
    /// An exchange that is over, or of which nothing more will be seen; those of one connection come in order. Its
    /// connection may still be open.
    case finished(Exchange)
    /// A connection that carried exchanges is over, all of them told.
    case ended(connection: Int, ConnectionEnd)
}

/// The bounds of what is kept for one connection and one exchange.
package struct ExchangeLimits: Sendable {
    /// Exchanges under way on one connection; beyond it the oldest is given up. Pipelines of real clients hold tens.
    package var openExchanges = 1_000
    /// Interim responses kept of one exchange with their fields, and in all; beyond it they are no longer recorded.
    package var interimsWithFields = 1_000
    package var interims = 100_000
    /// Octets of one request's content that are looked through for RFC 2518's elements.
    package var inspectedOctets = 16_384

    package init() {}
}
