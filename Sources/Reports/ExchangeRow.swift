import CaptureModel
import Exchanges
import Findings
import HTTP1

/// One exchange and what every format says of it, worked out once.
struct ExchangeRow: Sendable {
    let exchange: Exchange
    let timing: Timing
    let webdav: WebDAVClass
    let pattern: Pattern
    let connectionEnd: ConnectionEnd
    let findings: [Finding]
    let names: CaptureNames

    init(_ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], names: CaptureNames) {
        self.exchange = exchange
        self.timing = exchange.timing
        self.webdav = exchange.webdav
        self.pattern = exchange.pattern(wait: timing.wait)
        self.connectionEnd = connectionEnd
        self.findings = findings
        self.names = names
    }

    /// The file in which the exchange begins.
    var capture: [UInt8]? { names[exchange.origin.capture] }

    /// The value of the request's first field called `name` (lower case).
    func requested(_ name: StaticString) -> OctetRange? {
        exchange.request.flatMap { exchange.value(of: name, in: $0.fields) }
    }

    /// The rules that fired, each once, in the order of their first finding.
    var rules: [String] {
        var rules: [String] = []
        for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
        return rules
    }

    /// How many interim responses have a status that `counts`.
    func interims(where counts: (Int) -> Bool) -> Int {
        exchange.interims.count { counts($0.status) }
    }
}

/// One finding with the exchange it is about.
struct FindingRow: Sendable {
    let finding: Finding
    /// `nil` for a finding about a connection or a capture.
    let exchange: Exchange?
    let names: CaptureNames
}

extension [UInt8] {
    /// `1.2`: the connection's number and that of the exchange on it.
    mutating func identity(_ connection: Int, _ number: Int) {
        decimal(connection)
        append(UInt8(ascii: "."))
        decimal(number)
    }

    /// `1.1`.
    mutating func version(_ version: HTTPVersion) {
        decimal(UInt64(version.major))
        append(UInt8(ascii: "."))
        decimal(UInt64(version.minor))
    }
}

extension Side {
    /// `client` or `server`.
    var word: StaticString { self == .client ? "client" : "server" }
}
