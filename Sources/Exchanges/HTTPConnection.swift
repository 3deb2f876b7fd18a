import CaptureModel
import HTTP1
import StreamAssembly

/// A connection as HTTP sees it: who is the client, and the exchanges under way. Its directions stand beside it.
struct HTTPConnection: Sendable {
    var identity: StreamIdentity
    /// The direction in which requests go; `nil` until the SYN or the octets told.
    var requests: Direction?
    /// The exchanges under way, in the order of their requests; the first ones may have their final response already.
    var open: ContiguousArray<Exchange> = []
    /// Exchanges begun so far.
    var count = 0
    /// Whether octets of the request direction were missed, which may have been requests.
    var missedRequests = false
    /// The number of the exchange whose final response may have been among missed octets.
    var doubtful: Int?
    /// A response came while the head of its request was still arriving; the newest exchange waits for that head.
    var answersEarly = false
    /// HTTP/1.x is over here: a tunnel, an upgrade, HTTP/2, or it never was.
    var isDone = false
    /// Content of the newest request under inspection: the beginning of it.
    var inspected = ContentInspection()

    init(identity: StreamIdentity) {
        self.identity = identity
        requests = identity.opener
    }

    /// Whether every request sent so far was seen: then a response that none waits for is a stray one.
    var sawAllRequests: Bool { identity.opener != nil && !missedRequests }

    func kind(of direction: Direction) -> MessageKind {
        direction == requests ? .request : .response
    }

    var connectionIdentity: ConnectionIdentity {
        let client = requests ?? .forward
        return ConnectionIdentity(
            id: identity.id, client: identity.sender(client), server: identity.sender(client.reverse),
            start: identity.opener == nil ? .midstream : .handshake)
    }

    /// The index of the exchange that the next response belongs to: the first without a final one (RFC 9112 9.2).
    var awaiting: Int? {
        for index in open.indices where open[index].final == nil && !open[index].isGivenUp { return index }
        return nil
    }

    /// The index of the exchange whose final response is being received.
    var receiving: Int? {
        for index in open.indices where open[index].final != nil && !open[index].isGivenUp {
            if !(open[index].final?.complete ?? true) { return index }
        }
        return nil
    }

    /// Whether nothing can change the first exchange any more.
    var firstIsSettled: Bool {
        guard !open.isEmpty else { return false }
        if open[0].isGivenUp { return true }
        guard open[0].final?.complete ?? false else { return false }
        // A newer request shows that the content of this one was not sent.
        return open.count > 1 || open[0].request?.complete ?? true
    }
}

/// One direction of a connection as HTTP sees it.
struct HTTPDirection: Sendable {
    /// Reads its messages; made when its first octets come, and it is known which kind they are.
    var reader: MessageReader?
    /// Its first FIN or RST.
    var close: Close?
    /// Whether any packet of it was captured.
    var wasHeard = false
    var undecided = Undecided()

    /// Octets seen while nobody knew who is the client: the beginning of a head, perhaps.
    struct Undecided: Sendable {
        var octets: [UInt8] = []
        var place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 0, capture: 0)

        /// Enough for most start lines.
        static let limit = 2_048
    }
}
