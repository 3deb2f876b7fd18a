import CaptureModel
import Exchanges
import Findings
import HTTP1

@testable import Reports

/// Exchanges built by hand, as the parsers would hand them over.
struct Sample {
    static let start = Timestamp(nanoseconds: 1_795_433_409_567_123_000)  // 2026-11-23T11:30:09.567123Z

    var exchange: Exchange

    /// An exchange without messages yet.
    init(connection: Int = 1, number: Int = 1, ipv6: Bool = false) {
        let client = ipv6 ? IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 1) : IPAddress(ipv4: 0x0a09_0301)
        let server = ipv6 ? IPAddress(ipv6High: 0xfd09_0003_0000_0000, low: 2) : IPAddress(ipv4: 0x0a09_0302)
        exchange = Exchange(
            connection: ConnectionIdentity(
                id: connection, client: Endpoint(address: client, port: 40472),
                server: Endpoint(address: server, port: 8080), start: .handshake),
            number: number, end: Sample.place(0, 4))
    }

    /// A place `ms` milliseconds after the start.
    static func place(_ ms: Double, _ frame: UInt64) -> StreamPlace {
        StreamPlace(
            time: Timestamp(nanoseconds: start.nanoseconds + Int64((ms * 1_000_000).rounded())), frame: frame,
            capture: 0
        )
    }

    private mutating func keep(_ octets: [UInt8]) -> OctetRange {
        let from = exchange.octets.count
        exchange.octets += octets
        return OctetRange(from, exchange.octets.count)
    }

    private mutating func keep(_ fields: [(String, [UInt8])]) -> Range<Int> {
        let from = exchange.fields.count
        for (name, value) in fields {
            if let first = name.utf8.first, let last = name.utf8.last {
                let bit = NameDigest.bit(length: name.utf8.count, first: first, last: last)
                exchange.names.formUnion(NameDigest(rawValue: bit))
            }
            exchange.fields.append(FieldLine(name: keep(Array(name.utf8)), value: keep(value)))
        }
        return from..<exchange.fields.count
    }

    mutating func request(
        _ method: String, _ target: [UInt8], _ fields: [(String, [UInt8])], at ms: Double = 0, end: Double? = 0
    ) {
        var request = Request(
            first: Sample.place(ms, 4), headEnd: Sample.place(ms, 4), method: keep(Array(method.utf8)),
            target: keep(target), version: HTTPVersion(major: 1, minor: 1), fields: keep(fields), framing: .none)
        request.end = end.map { Sample.place($0, 4) }
        request.complete = end != nil
        exchange.request = request
    }

    mutating func interim(
        _ status: Int, _ reason: String, at ms: Double, frame: UInt64 = 6, _ fields: [(String, [UInt8])] = []
    ) {
        exchange.interims.append(
            InterimResponse(
                status: status, version: HTTPVersion(major: 1, minor: 1), reason: keep(Array(reason.utf8)),
                first: Sample.place(ms, frame), headEnd: Sample.place(ms, frame), fields: keep(fields)))
    }

    mutating func final(
        _ status: Int, _ reason: String, at ms: Double, end: Double? = nil, body: Int = 0,
        _ fields: [(String, [UInt8])] = []
    ) {
        var final = FinalResponse(
            status: status, version: HTTPVersion(major: 1, minor: 1), reason: keep(Array(reason.utf8)),
            first: Sample.place(ms, 12), headEnd: Sample.place(ms, 12), fields: keep(fields), framing: .length(body))
        final.end = Sample.place(end ?? ms, 12)
        final.bodyBytes = body
        final.complete = true
        exchange.final = final
        exchange.outcome = status == 101 ? .switchedProtocols : .completed
        exchange.end = final.end
    }

    /// The exchange that the contract shows.
    static var contract: Exchange {
        var sample = Sample()
        sample.request(
            "COPY", Array("/dav/a".utf8),
            [
                ("Host", Array("example.test".utf8)), ("Depth", Array("infinity".utf8)),
                ("User-Agent", Array("cadaver/0.24".utf8)),
            ])
        sample.interim(102, "Processing", at: 2009.1, frame: 6)
        sample.interim(102, "Processing", at: 4009.2, frame: 8)
        sample.interim(102, "Processing", at: 6004.7, frame: 10)
        sample.final(201, "Created", at: 7005.3, end: 7005.9, body: 6, [("Content-Length", Array("6".utf8))])
        return sample.exchange
    }

    /// A plain exchange.
    static func plain(_ connection: Int, _ number: Int) -> Exchange {
        var sample = Sample(connection: connection, number: number)
        let text = { (text: String) in Array(text.utf8) }
        sample.request(
            "GET", text("/static/css/site.9f3a1c.css?v=\(number)"),
            [
                ("Host", text("www.example.test")), ("User-Agent", text("Mozilla/5.0 (X11; Linux x86_64; rv:128.0)")),
                ("Accept", text("text/css,*/*;q=0.1")), ("Accept-Language", text("en-US,en;q=0.5")),
                ("Accept-Encoding", text("gzip, deflate")), ("Connection", text("keep-alive")),
                ("Referer", text("http://www.example.test/")),
            ])
        sample.final(
            200, "OK", at: 12.345, end: 13.5, body: 5120,
            [
                ("Date", text("Mon, 23 Nov 2026 11:30:09 GMT")), ("Server", text("Apache/2.4.62 (Debian)")),
                ("Last-Modified", text("Fri, 20 Nov 2026 08:00:00 GMT")), ("ETag", text("\"1400-61a2b3c4d5e6f\"")),
                ("Accept-Ranges", text("bytes")), ("Content-Length", text("5120")), ("Content-Type", text("text/css")),
            ])
        return sample.exchange
    }

    static func finding(_ rule: String, _ severity: Severity, exchange: Int? = 1, message: String) -> Finding {
        Finding(
            rule: rule, severity: severity, exchange: exchange, connection: 1, place: place(2009.1, 6),
            at: 2_009_100_000,
            message: message)
    }

    static let closed = ConnectionEnd(kind: .fin, closedFirst: .client)

    static func capture(_ summary: Summary) -> CaptureRecord {
        CaptureRecord(
            file: "upload.pcap", format: "pcap", linkTypes: ["EN10MB"], packets: 16, bytes: 2210, firstPacket: start,
            lastPacket: place(7005.9, 16).time, status: .complete, error: nil, skipped: [("udp", 2), ("arp", 1)],
            summary: summary)
    }
}

/// A whole report of these exchanges, each with its findings, in memory.
func report(
    _ format: ReportFormat, _ exchanges: [(Exchange, [Finding])], loose: [Finding] = [],
    files: [String] = ["upload.pcap"], hops: (upstream: ExchangeID?, downstream: ExchangeID?) = (nil, nil)
) throws -> String {
    var summary = Summary()
    summary.captures = 1
    summary.connections = Set(exchanges.map(\.0.connection.id)).count
    var writer = ReportWriter(format, to: .memory())
    try writer.begin(captures: files)
    for (exchange, findings) in exchanges {
        summary.add(exchange, timing: exchange.timing, webdav: exchange.webdav.age)
        for finding in findings { summary.add(finding.severity) }
        try writer.exchange(
            exchange, connectionEnd: Sample.closed, findings: findings, upstream: hops.upstream,
            downstream: hops.downstream)
    }
    for finding in loose {
        summary.add(finding.severity)
        try writer.finding(finding)
    }
    try writer.finish(captures: [Sample.capture(summary)], summary: summary)
    return String(decoding: writer.contents, as: UTF8.self)
}
