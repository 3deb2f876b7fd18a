import CaptureModel

/// Whether among some connections two may be the hops of a proxy: they have two servers and two clients.
///
/// A client that itself speaks to both servers is no proxy, unless all happens at one address. (A proxy that takes its
/// client's address towards the server is therefore not seen.)
struct PossibleHops: Sendable {
    private(set) var arePossible = false
    private var first: (client: IPAddress, server: Endpoint)?
    /// Another server for the first client, and another client of the first server: together they are two hops as well.
    private var hasOtherServer = false
    private var hasOtherClient = false

    mutating func take(_ connection: ConnectionIdentity) {
        guard !arePossible else { return }
        let (client, server) = (connection.client.address, connection.server)
        guard let first else {
            first = (client, server)
            return
        }
        if client != first.client || client == server.address { hasOtherClient = true }
        if server != first.server { hasOtherServer = true }
        arePossible = hasOtherClient && hasOtherServer
    }
}
