import CaptureModel
import Exchanges
import Findings
import HTTP1

/// Writes exchanges with their findings as octets, for the temporary file that takes what does not fit in memory. Only
/// the process that wrote them reads them: the layout is that of memory, and no format for anybody else.
struct SpillEncoder {
    private(set) var octets: [UInt8] = []

    /// Gives the octets away.
    mutating func take() -> [UInt8] {
        defer { octets = [] }
        return octets
    }

    mutating func put(_ item: JudgedExchange) {
        let exchange = item.exchange
        put(exchange.connection)
        put(exchange.number)
        put(exchange.end)
        put(exchange.request)
        put(exchange.final)
        put(exchange.outcome)
        put(exchange.integrity)
        put(exchange.oddities)
        put(exchange.stray)
        put(exchange.nextRequest)
        put(exchange.clientClose)
        put(exchange.serverClose)
        put(exchange.legacyElement)
        put(exchange.innerFailures)
        put(all: exchange.interims)
        put(all: exchange.fields)
        put(all: exchange.octets)
        put(item.findings.count)
        for finding in item.findings {
            put(all: Array(finding.rule.utf8))
            put(finding.severity)
            put(finding.exchange)
            put(finding.connection)
            put(finding.place)
            put(finding.at)
            put(all: Array(finding.message.utf8))
        }
    }

    private mutating func put<Value: BitwiseCopyable>(_ value: Value) {
        // A value without references is its octets; they are copied at once.
        unsafe withUnsafeBytes(of: value) { unsafe octets.append(contentsOf: $0) }
    }

    private mutating func put<Value: BitwiseCopyable>(all values: [Value]) {
        put(values.count)
        // As above, for all elements.
        unsafe values.withUnsafeBytes { unsafe octets.append(contentsOf: $0) }
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
        var exchange = Exchange(connection: get(), number: get(), end: get())
        exchange.request = get()
        exchange.final = get()
        exchange.outcome = get()
        exchange.integrity = get()
        exchange.oddities = get()
        exchange.stray = get()
        exchange.nextRequest = get()
        exchange.clientClose = get()
        exchange.serverClose = get()
        exchange.legacyElement = get()
        exchange.innerFailures = get()
        exchange.interims = getAll()
        exchange.fields = getAll()
        exchange.octets = getAll()
        let count: Int = get()
        let findings = (0..<count).map { _ in
            Finding(
                rule: String(decoding: getAll() as [UInt8], as: UTF8.self), severity: get(), exchange: get(),
                connection: get(), place: get(), at: get(),
                message: String(decoding: getAll() as [UInt8], as: UTF8.self))
        }
        return JudgedExchange(
            exchange: exchange, findings: findings, end: ConnectionEnd(kind: .open, closedFirst: nil))
    }

    private mutating func get<Value: BitwiseCopyable>() -> Value {
        let size = MemoryLayout<Value>.size
        precondition(octets.count - at >= size)
        defer { at += size }
        // The octets are those of a value of this type, written by this process; their number was checked.
        return unsafe octets.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: at, as: Value.self) }
    }

    private mutating func getAll<Value: BitwiseCopyable>() -> [Value] {
        let count: Int = get()
        let size = MemoryLayout<Value>.stride * count
        precondition(octets.count - at >= size)
        defer { at += size }
        // As above, for all elements.
        return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            unsafe octets.withUnsafeBytes { bytes in
                unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[at..<at + size]))
            }
            initialized = count
        }
    }
}
