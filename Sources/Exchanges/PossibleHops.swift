import CaptureModel

/// Whether among some connections two may be the hops of a proxy: they have two servers and two clients.
///
/// A client that itself speaks to both servers is no proxy, unless all happens at one address. (A proxy that takes its
/// client's address towards the server is therefore not seen.)
struct PossibleHops: Sendable, BitwiseCopyable {
    private(set) var arePossible = false
    /// Another server for the first client, and another client of the first server: together they are two hops as well.
    private var hasOtherServer = false
    private var hasOtherClient = false
    private var hasFirst = false
    private var firstClient: UInt64 = 0
    private var firstServer: UInt64 = 0

    mutating func take(_ ends: ConnectionEnds) {
        guard !arePossible else { return }
        guard hasFirst else {
            (hasFirst, firstClient, firstServer) = (true, ends.client, ends.server)
            return
        }
        if ends.client != firstClient || ends.client == ends.serverAddress { hasOtherClient = true }
        if ends.server != firstServer { hasOtherServer = true }
        arePossible = hasOtherClient && hasOtherServer
    }
}

/// The ends of a connection, as hashes that take no more than a comparison.
struct ConnectionEnds: Sendable, BitwiseCopyable {
    /// The client's address.
    let client: UInt64
    /// The server's address and port, and its address.
    let server: UInt64
    let serverAddress: UInt64
    /// What `RequestsUnderWay` knows the client by: 0 until it does, -1 where it had no room for it.
    var host: Int32 = 0

    /// `seed` is one of this run.
    init(_ connection: ConnectionIdentity, seed: UInt64) {
        client = Self.hash(connection.client.address, seed)
        serverAddress = Self.hash(connection.server.address, seed)
        server = Self.mix(serverAddress ^ UInt64(connection.server.port))
    }

    private static func hash(_ address: IPAddress, _ seed: UInt64) -> UInt64 {
        mix(mix(seed ^ address.high) ^ address.low ^ (address.isIPv6 ? 1 << 63 : 0))
    }

    private static func mix(_ number: UInt64) -> UInt64 {
        let product = number.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return product.high ^ product.low
    }
}
