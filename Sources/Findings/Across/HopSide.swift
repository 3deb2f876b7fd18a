package import CaptureModel
package import Exchanges
import HTTP1

/// What is remembered of an exchange until it is known whether it is one hop of a proxy, the other being another
/// exchange; a few hundred octets, and what its interim responses take. It is compared with many, and so a reference.
package final class HopSide: Sendable {
    package let id: ExchangeID
    let client: Endpoint
    let server: Endpoint
    let marks: RequestMarks
    /// Where the exchange begins; the times of its findings count from there.
    package let origin: StreamPlace
    /// The end of the request's head, and of the request.
    let headEnd: Timestamp
    let requestEnd: Timestamp?
    let isOldHTTP: Bool
    let expectsContinue: Bool
    let interims: [InterimMark]
    let finalFirst: StreamPlace?
    let finalStatus: Int
    let end: StreamPlace
    let outcome: Outcome
    /// How many requests the client's address had made (`HopSign.asked`).
    let asked: Int
    /// When the client left, if it did before the end.
    let clientClose: Timestamp?
    /// Whether the capture has all that was sent.
    let isWhole: Bool
    /// `COPY /dav/a`, only where there is an interim response to speak of.
    let text: String
    private let seed: UInt64

    /// One interim response: status, where it began, and a hash of the fields that a proxy has no reason to change.
    struct InterimMark: Sendable {
        var status: Int
        var first: StreamPlace
        var fields: UInt64
    }

    /// Interim responses remembered of an exchange; one with more is not compared.
    static let interimsRemembered = 1_000

    /// `nil` where the request was not captured. `seed` is one for the whole run.
    package init?(_ exchange: borrowing Exchange, seed: UInt64) {
        guard let request = exchange.request, request.headComplete else { return nil }
        id = exchange.id
        client = exchange.connection.client
        server = exchange.connection.server
        marks = RequestMarks(exchange, seed: seed)
        origin = exchange.origin
        headEnd = request.headEnd.time
        requestEnd = request.end?.time
        isOldHTTP = !request.version.isAtLeast11
        let mattersMore = !exchange.interims.isEmpty
        expectsContinue = exchange.list("expect", in: request.fields, has: "100-continue")
        var interims: [InterimMark] = []
        for interim in exchange.interims.prefix(HopSide.interimsRemembered) {
            interims.append(
                InterimMark(
                    status: interim.status, first: interim.first,
                    fields: exchange.endToEndFields(interim.fields, seed: seed)))
        }
        self.interims = interims
        finalFirst = exchange.final?.first
        finalStatus = exchange.final?.status ?? 0
        end = exchange.end
        outcome = exchange.outcome
        asked = exchange.hop.asked
        clientClose = exchange.clientClose?.place.time
        isWhole = exchange.isSeenToTheEnd && exchange.interims.count <= HopSide.interimsRemembered
        text = mattersMore ? exchange.requestText : ""
        self.seed = seed
    }

    /// What two hops of one exchange have in common.
    package var key: UInt64 { marks.key }
    /// When the server answered for good, or the exchange ended without.
    var answered: Timestamp { finalFirst?.time ?? end.time }
    /// When the first response of any kind began.
    var firstResponse: Timestamp { interims.first?.first.time ?? answered }

    /// What a proxy that has this exchange as its outer hop would say of it in X-Forwarded-For.
    var clientHash: UInt64 { hash(of: client.address, seed) }
}

extension Exchange {
    /// A hash of fields that does not depend on their order; those of one connection only, and those that a proxy sets
    /// anew, are left aside.
    fileprivate func endToEndFields(_ lines: Range<Int>, seed: UInt64) -> UInt64 {
        var sum: UInt64 = 0
        let octets = octets.span
        for index in lines {
            let name = fields[index].name
            switch name.count {
            case 3 where isEqual(name, to: "via"): continue
            case 4 where isEqual(name, to: "date"): continue
            case 6 where isEqual(name, to: "server"): continue
            case 10 where isEqual(name, to: "connection") || isEqual(name, to: "keep-alive"): continue
            default: break
            }
            sum &+= hash(folded: octets, name.range, seed) &* 31 &+ hash(octets, fields[index].value.range, seed)
        }
        return sum
    }
}
