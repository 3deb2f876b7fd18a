import Exchanges
import HTTP1
import StreamAssembly
import WireFormat

/// A bound of the audit: what may grow with hostile or huge captures, and how far. When one is reached, the exchange
/// concerned says `limit`, or the report has a `capture/limit` note.
package struct AuditLimit: Sendable {
    /// What `--limit` calls it.
    package let name: String
    /// What is bounded, and why the default is what it is.
    package let doc: String
    private let current: @Sendable (AuditSettings) -> Int
    private let change: @Sendable (inout AuditSettings, Int) -> Void

    /// The bound when nobody says otherwise.
    package var standard: Int { current(AuditSettings()) }

    /// The bound as it is set.
    func value(in settings: AuditSettings) -> Int { current(settings) }

    /// Sets the bound; `value` is above 0.
    package func apply(_ value: Int, to settings: inout AuditSettings) {
        change(&settings, value)
    }

    private init(
        _ name: String, _ doc: String, _ current: @escaping @Sendable (AuditSettings) -> Int,
        _ change: @escaping @Sendable (inout AuditSettings, Int) -> Void
    ) {
        self.name = name
        self.doc = doc
        self.current = current
        self.change = change
    }

    /// All bounds.
    package static let all: [AuditLimit] = [
        AuditLimit(
            "reassembly", "octets held out of order for one direction of a connection; twice a large receive window",
            { $0.assembly.octetsPerHalf }, { $0.assembly.octetsPerHalf = $1 }),
        AuditLimit(
            "reassembly-in-all", "octets held out of order for all connections together",
            { $0.assembly.octetsInAll }, { $0.assembly.octetsInAll = $1 }),
        AuditLimit(
            "connections", "connections remembered at once; those without an open exchange go first",
            { $0.assembly.connections }, { $0.assembly.connections = $1 }),
        AuditLimit(
            "idle", "seconds of silence after which a connection without an open exchange is over (RFC 5382 REQ-5)",
            { Int($0.assembly.idleNanoseconds / 1_000_000_000) },
            { $0.assembly.idleNanoseconds = Int64(clamping: min($1, 9_000_000_000)) * 1_000_000_000 }),
        AuditLimit(
            "open-exchanges", "requests of one connection that wait for an answer; pipelines of real clients hold tens",
            { $0.exchanges.openExchanges }, { $0.exchanges.openExchanges = $1 }),
        AuditLimit(
            "exchange-octets", "octets of unfinished heads and open exchanges, of all connections together",
            { $0.exchanges.octetsInAll }, { $0.exchanges.octetsInAll = $1 }),
        AuditLimit(
            "interims", "interim responses recorded of one exchange",
            { $0.exchanges.interims }, { $0.exchanges.interims = $1 }),
        AuditLimit(
            "related",
            "exchanges that wait for the other hop of a proxy, and 202s for their polls; what ends further apart is not "
                + "linked",
            { $0.relatedExchanges }, { $0.relatedExchanges = $1 }),
        AuditLimit(
            "hosts",
            "addresses, and pairs of them, whose requests are counted to tell proxies from other clients; a large campus",
            { $0.exchanges.hosts }, { $0.exchanges.hosts = $1 }),
        AuditLimit(
            "head", "octets of a head; servers allow 64 KiB at most",
            { $0.http.headOctets }, { $0.http.headOctets = $1 }),
        AuditLimit("fields", "field lines of a head", { $0.http.fieldLines }, { $0.http.fieldLines = $1 }),
        AuditLimit(
            "evidence", "captures that --evidence writes; more would hardly be looked at",
            { $0.evidenceFiles }, { $0.evidenceFiles = $1 }),
        AuditLimit(
            "evidence-octets", "octets of packets kept for --evidence, of all connections together",
            { $0.evidenceOctets }, { $0.evidenceOctets = $1 }),
        AuditLimit(
            "fragments", "incomplete IP datagrams that wait for their rest",
            { $0.dissection.fragmentedDatagrams }, { $0.dissection.fragmentedDatagrams = $1 }),
        AuditLimit(
            "fragment-octets", "octets of incomplete IP datagrams",
            { $0.dissection.fragmentOctets }, { $0.dissection.fragmentOctets = $1 }),
        AuditLimit(
            "tunnel-depth", "tunnels and tags around one packet",
            { $0.dissection.tunnelDepth }, { $0.dissection.tunnelDepth = $1 }),
    ]
}
