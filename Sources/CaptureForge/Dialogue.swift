package import CaptureModel

/// A conversation written down as text: what both ends say and when, and which findings it must raise.
///
/// The format is described in `Fixtures/dialogues/README.md`.
package struct Dialogue: Sendable {
    /// The ids of the findings that must be raised; no others may be, but those in `also`.
    package var expected: [String] = []
    /// The ids of findings that may be raised as well.
    package var also: [String] = []
    /// What happens, in the order of the file; times in nanoseconds after `Dialogue.start`.
    package var steps: [Step] = []
    /// The capture keeps at most so many octets of each packet.
    package var snaplen: Int?
    /// The capture holds the packets of this side only; `nil` for both.
    package var only: Side?
    /// The time of a packet that has nothing to do with the dialogue, and shows that the capture went on for so long.
    package var end: Int64?

    /// One thing that happens.
    package enum Step: Hashable, Sendable {
        /// A side sends octets.
        case say(Side, at: Int64, [UInt8])
        /// A side sends its FIN.
        case finish(Side, at: Int64)
        /// A side sends a RST.
        case reset(Side, at: Int64)
        /// The capture misses that many octets of a side, which its peer receives.
        case miss(Side, at: Int64, count: Int)
        /// The steps to come happen on another connection, between these hosts: the last number of their addresses.
        case newConnection(client: Int, server: Int)
        /// The present connection began before the capture.
        case startMidstream
        /// Payloads to come are cut into segments of so many octets.
        case cut(Int)
    }

    /// The moment that a dialogue's times count from: 2026-01-01T00:00:00Z.
    package static let start = Timestamp(seconds: 1_767_225_600, nanoseconds: 0)

    package init() {}

    /// What to vary in the capture of one dialogue.
    package struct Options: Sendable {
        package var ipv6 = false
        /// The client's initial sequence number; near 2³² to see it wrap.
        package var clientISN: UInt32 = 1_000
        /// The server's initial sequence number.
        package var serverISN: UInt32 = 500_000
        /// The server's port.
        package var serverPort: UInt16 = 80

        package init() {}
    }

    /// The capture of this dialogue. Connections are told apart by the client's port, 40001 and up; each opens 1 ms
    /// before its first step.
    package func capture(_ options: Options = Options()) -> ForgedCapture {
        var finished: [ForgedSegment] = []
        var conversation: TCPConversation?
        var connections: UInt16 = 0
        var midstream = false
        var segmentLength = 1448
        var hosts = (client: 1, server: 2)

        func speak(at offset: Int64, _ act: (inout TCPConversation, Timestamp) -> Void) {
            let time = Self.start.later(by: offset)
            var speaking: TCPConversation
            if let conversation {
                speaking = conversation
            } else {
                connections += 1
                speaking = options.conversation(number: connections, hosts)
                if !midstream { speaking.open(at: time.later(by: -1_000_000)) }
            }
            speaking.maximumSegment = segmentLength
            act(&speaking, time)
            conversation = speaking
        }
        for step in steps {
            switch step {
            case .say(let side, let at, let octets): speak(at: at) { $0.send(octets, from: side, at: $1) }
            case .finish(let side, let at): speak(at: at) { $0.finish(side, at: $1) }
            case .reset(let side, let at): speak(at: at) { $0.reset(side, at: $1) }
            case .miss(let side, let at, let count): speak(at: at) { $0.miss(count, from: side, at: $1) }
            case .newConnection(let client, let server):
                hosts = (client, server)
                finished += conversation?.inTimeOrder ?? []
                conversation = nil
                midstream = false
            case .startMidstream: midstream = true
            case .cut(let length): segmentLength = length
            }
        }
        finished += conversation?.inTimeOrder ?? []
        if let only { finished.removeAll { ($0.destination.port == options.serverPort) != (only == .client) } }
        if let end { finished.append(.bystander(at: Self.start.later(by: end))) }
        return ForgedCapture(segments: finished.inTimeOrder, snaplen: snaplen)
    }
}

extension Dialogue.Options {
    /// Connection `number` of a dialogue, from 1, between two hosts.
    fileprivate func conversation(number: UInt16, _ hosts: (client: Int, server: Int)) -> TCPConversation {
        let address = { (host: Int) in
            ipv6
                ? IPAddress(ipv6High: 0xfd00_0000_0000_0000, low: UInt64(host))
                : IPAddress(ipv4: 0x0a00_0000 + UInt32(truncatingIfNeeded: host & 0xff_ffff))
        }
        return TCPConversation(
            client: Endpoint(address: address(hosts.client), port: 40_000 &+ number),
            server: Endpoint(address: address(hosts.server), port: serverPort), clientISN: clientISN,
            serverISN: serverISN)
    }
}
