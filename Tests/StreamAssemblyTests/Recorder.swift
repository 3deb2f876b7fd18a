import CaptureForge
import CaptureModel
import StreamAssembly
import TestBench
import WireFormat

/// Writes down what an assembler tells, a line for each call. `C` is the client, whose address comes first, `S` the
/// server; numbers behind `#` are those of packets, from 1.
struct Recorder: StreamConsumer, ~Copyable {
    private(set) var lines: [String] = []
    /// Directions of which nothing more is wanted, once they said something.
    var unwanted: Set<Direction> = []
    var busy: Set<Int> = []
    /// Directions that are in the middle of a message.
    var unfinished: Set<Direction> = []

    private func side(_ direction: Direction) -> String { direction == .forward ? "C" : "S" }

    mutating func opened(_ slot: Int, _ connection: StreamIdentity) {
        lines.append("opened \(connection.id)" + (connection.opener.map { " " + side($0) } ?? ""))
    }

    mutating func heard(_ direction: Direction, of slot: Int) {}

    mutating func received(
        _ octets: Span<UInt8>, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        let text = String(decoding: octets.indices.map { octets[$0] }, as: UTF8.self)
        lines.append("\(side(direction)) “\(text)” #\(place.frame)")
        return !unwanted.contains(direction)
    }

    mutating func missed(
        _ octets: Int, _ cause: Loss, _ direction: Direction, of slot: Int, at place: StreamPlace
    ) -> Bool {
        lines.append("\(side(direction)) missed \(octets) \(cause) #\(place.frame)")
        return !unwanted.contains(direction)
    }

    mutating func closed(
        _ direction: Direction, of slot: Int, by sign: ClosingSign, at place: StreamPlace
    ) {
        let how =
            switch sign {
            case .fin: "closed #\(place.frame)"
            case .overtakenFIN: "closed #\(place.frame) first"
            case .missedFIN: "closed before #\(place.frame)"
            case .reset: "reset #\(place.frame)"
            }
        lines.append("\(side(direction)) \(how)")
    }

    mutating func finished(_ direction: Direction, of slot: Int, at place: StreamPlace) {
        lines.append("\(side(direction)) finished #\(place.frame)")
    }

    mutating func ended(_ slot: Int, _ end: StreamEnd, at place: StreamPlace) {
        lines.append("ended \(end) #\(place.frame)")
    }

    func isBusy(_ slot: Int) -> Bool { busy.contains(slot) }
    func mayEnd(_ direction: Direction, of slot: Int) -> Bool { !unfinished.contains(direction) }
}

/// Packets by hand, put through an assembler. Sequence numbers count from the SYN's, which is 0.
struct Wire: ~Copyable {
    private var assembler: StreamAssembler
    var recorder = Recorder()
    private var frame: UInt64 = 0
    private var now = Dialogue.start
    /// The numbers of the two SYNs.
    private let initial: (client: UInt32, server: UInt32)
    /// The client's port: another one is another connection.
    var port: UInt16 = 40_000

    init(limits: AssemblyLimits = AssemblyLimits(), initial: (client: UInt32, server: UInt32) = (1_000, 500_000)) {
        assembler = StreamAssembler(limits: limits, seed: 7)
        self.initial = initial
    }

    /// The time goes on by so many seconds.
    mutating func wait(_ seconds: Double) { now = now.later(by: Int64(seconds * 1e9)) }

    /// A packet of the client. `ack` is left out where it is `nil`.
    mutating func client(
        _ sequence: UInt32, _ text: String = "", ack: UInt32? = 1, _ flags: ForgedSegment.Flags = [],
        captured: Int? = nil
    ) {
        put(.client, sequence &+ initial.client, text, ack.map { $0 &+ initial.server }, flags, captured)
    }

    /// A packet of the server.
    mutating func server(
        _ sequence: UInt32, _ text: String = "", ack: UInt32? = 1, _ flags: ForgedSegment.Flags = [],
        captured: Int? = nil
    ) {
        put(.server, sequence &+ initial.server, text, ack.map { $0 &+ initial.client }, flags, captured)
    }

    /// The three packets of a handshake.
    mutating func open() {
        client(0, ack: nil, .syn)
        server(0, ack: 1, .syn)
        client(1)
    }

    private mutating func put(
        _ side: Side, _ sequence: UInt32, _ text: String, _ ack: UInt32?, _ flags: ForgedSegment.Flags, _ captured: Int?
    ) {
        let client = Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: port)
        let server = Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 80)
        frame += 1
        let segment = ForgedSegment(
            time: now, source: side == .client ? client : server, destination: side == .client ? server : client,
            sequence: sequence, acknowledgement: ack ?? 0, flags: ack == nil ? flags : flags.union(.ack),
            payload: Array(text.utf8))
        let place = StreamPlace(time: now, frame: frame, capture: 0)
        assembler.take(
            TCPSegment(segment, captured: captured), in: segment.payload.span, at: place, into: &recorder)
    }

    /// What was told so far.
    var lines: [String] { recorder.lines }
    var counters: AssemblyCounters { assembler.counters }
    var heldOctets: Int { assembler.heldOctets }

    /// All that is told, with the end of the capture.
    mutating func finish() -> [String] {
        while assembler.finishSome(at: StreamPlace(time: now, frame: frame, capture: 0), into: &recorder) {}
        return recorder.lines
    }
}
