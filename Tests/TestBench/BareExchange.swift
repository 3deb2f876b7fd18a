import CaptureModel
package import Exchanges

extension Exchange {
    /// An exchange of which nothing is known but its number, on the first connection of a run.
    package static func bare(_ number: Int = 1) -> Exchange {
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 80)
        return Exchange(
            connection: ConnectionIdentity(id: 1, client: end, server: end, start: .handshake), number: number,
            end: StreamPlace(time: Timestamp(nanoseconds: 1), frame: 1, capture: 0))
    }
}
