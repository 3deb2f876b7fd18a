import CaptureModel
import Exchanges
import Findings
import HTTP1

/// Writes exchanges with their findings as octets, for the temporary file that takes what does not fit in memory. Only
/// the process that wrote them reads them: the layout is that of memory, and no format for anybody else.
struct SpillEncoder {
    private(set) var octets: [UInt8] = []

    /// Begins anew; the room is kept.
    mutating func clear() {
        octets.removeAll(keepingCapacity: true)
    }

    mutating func put(_ item: JudgedExchange) {
        put(PlainPart(item.exchange))
        put(all: item.exchange.interims)
        put(all: item.exchange.fields)
        put(all: item.exchange.octets)
        put(item.upstream)
        put(item.downstream)
        put(item.findings.count)
        for finding in item.findings { put(finding) }
    }

    mutating func put(_ finding: Finding) {
        put(all: Array(finding.rule.utf8))
        put(finding.severity)
        put(finding.exchange)
        put(finding.connection)
        put(finding.place)
        put(finding.at)
        put(all: Array(finding.message.utf8))
    }

    mutating func put<Value: BitwiseCopyable>(_ value: Value) {
        // A value without references is its octets; they are copied at once.
        unsafe withUnsafeBytes(of: value) { bytes in
            unsafe octets.append(bytes.bindMemory(to: UInt8.self).span)
        }
    }

    private mutating func put<Value: BitwiseCopyable>(all values: [Value]) {
        put(values.count)
        // As above, for all elements.
        unsafe values.withUnsafeBytes { bytes in
            unsafe octets.append(bytes.bindMemory(to: UInt8.self).span)
        }
    }
}

/// Reads what `SpillEncoder` wrote, in the same order.
struct SpillDecoder {
    private let octets: [UInt8]
    private var at = 0

    init(_ octets: [UInt8]) {
        self.octets = octets
    }

    var isAtEnd: Bool { at == octets.count }

    mutating func next() -> JudgedExchange {
        var exchange = (get() as PlainPart).exchange
        exchange.interims = getAll()
        exchange.fields = getAll()
        exchange.octets = getOctets()
        let (upstream, downstream): (ExchangeID?, ExchangeID?) = (get(), get())
        let count: Int = get()
        let findings = (0..<count).map { _ in finding() }
        let item = JudgedExchange(exchange, findings)
        (item.upstream, item.downstream) = (upstream, downstream)
        return item
    }

    mutating func finding() -> Finding {
        Finding(
            rule: String(decoding: getOctets(), as: UTF8.self), severity: get(), exchange: get(),
            connection: get(), place: get(), at: get(),
            message: String(decoding: getOctets(), as: UTF8.self))
    }

    mutating func get<Value: BitwiseCopyable>() -> Value {
        get(length: MemoryLayout<Value>.size)
    }

    /// A value that takes `length` octets: its size, or in an array its stride.
    private mutating func get<Value: BitwiseCopyable>(length: Int) -> Value {
        precondition(octets.count - at >= length)
        defer { at += length }
        // The octets are those of a value of this type, written by this process; their number was checked.
        return unsafe octets.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: at, as: Value.self) }
    }

    private mutating func getAll<Value: BitwiseCopyable>() -> [Value] {
        let count: Int = get()
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(get(length: MemoryLayout<Value>.stride)) }
        return values
    }

    private mutating func getOctets() -> [UInt8] {
        let count: Int = get()
        defer { at += count }
        return Array(octets[at..<at + count])
    }
}

/// What an exchange holds beside its arrays.
private struct PlainPart: BitwiseCopyable {
    let connection: ConnectionIdentity
    let number: Int
    let end: StreamPlace
    let request: Request?
    let final: FinalResponse?
    let outcome: Outcome
    let integrity: Integrity
    let oddities: Oddities
    let names: NameDigest
    let stray: Bool
    let nextRequest: StreamPlace?
    let clientClose: Close?
    let serverClose: Close?
    let missedInWait: Int
    let legacyElement: LegacyElement?
    let innerFailures: InnerFailures?

    init(_ exchange: borrowing Exchange) {
        connection = exchange.connection
        number = exchange.number
        end = exchange.end
        request = exchange.request
        final = exchange.final
        outcome = exchange.outcome
        integrity = exchange.integrity
        oddities = exchange.oddities
        names = exchange.names
        stray = exchange.stray
        nextRequest = exchange.nextRequest
        clientClose = exchange.clientClose
        serverClose = exchange.serverClose
        missedInWait = exchange.missedInWait
        legacyElement = exchange.legacyElement
        innerFailures = exchange.innerFailures
    }

    var exchange: Exchange {
        var exchange = Exchange(connection: connection, number: number, end: end)
        exchange.request = request
        exchange.final = final
        exchange.outcome = outcome
        exchange.integrity = integrity
        exchange.oddities = oddities
        exchange.names = names
        exchange.stray = stray
        exchange.nextRequest = nextRequest
        exchange.clientClose = clientClose
        exchange.serverClose = serverClose
        exchange.missedInWait = missedInWait
        exchange.legacyElement = legacyElement
        exchange.innerFailures = innerFailures
        return exchange
    }
}
