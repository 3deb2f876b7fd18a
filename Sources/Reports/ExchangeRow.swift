import CaptureModel
package import Exchanges
package import Findings
import HTTP1

/// One exchange and what every format says of it, worked out once. An object, so that each of the many columns is handed
/// a reference and not a copy of half a kilobyte.
package final class ExchangeRow: Sendable {
    package let exchange: Exchange
    let timing: Timing
    let webdav: WebDAVClass
    let legacyConstruct: LegacyConstruct?
    let pattern: Pattern
    let connectionEnd: ConnectionEnd
    package let findings: [Finding]
    let names: CaptureNames
    /// The other hops of a proxy, towards the origin and towards the client.
    let (upstream, downstream): (ExchangeID?, ExchangeID?)
    /// The values of the request's first fields of these names.
    let (host, userAgent, expect): (OctetRange?, OctetRange?, OctetRange?)

    package init(
        _ exchange: Exchange, connectionEnd: ConnectionEnd, findings: [Finding], names: CaptureNames,
        upstream: ExchangeID? = nil, downstream: ExchangeID? = nil
    ) {
        self.exchange = exchange
        self.timing = exchange.timing
        let webdav = exchange.webdav
        (self.webdav, legacyConstruct) = (webdav.age, webdav.construct)
        self.pattern = exchange.pattern(wait: timing.wait)
        self.connectionEnd = connectionEnd
        self.findings = findings
        self.names = names
        (self.upstream, self.downstream) = (upstream, downstream)
        var (host, userAgent, expect): (OctetRange?, OctetRange?, OctetRange?)
        for index in exchange.request?.fields ?? 0..<0 {
            let line = exchange.fields[index]
            switch line.name.end &- line.name.start {
            case 4 where host == nil && exchange.isEqual(line.name, to: "host"): host = line.value
            case 10 where userAgent == nil && exchange.isEqual(line.name, to: "user-agent"): userAgent = line.value
            case 6 where expect == nil && exchange.isEqual(line.name, to: "expect"): expect = line.value
            default: break
            }
        }
        (self.host, self.userAgent, self.expect) = (host, userAgent, expect)
    }

    /// The file in which the exchange begins.
    var capture: [UInt8]? { names[exchange.origin.capture] }

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
package struct FindingRow: Sendable {
    package let finding: Finding
    /// `nil` for a finding about a connection or a capture.
    let exchange: Exchange?
    let names: CaptureNames
}

extension FindingRow {
    /// A finding about a connection or a capture.
    package init(_ finding: Finding, names: CaptureNames) {
        self.init(finding: finding, exchange: nil, names: names)
    }
}

extension OctetBuffer {
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
