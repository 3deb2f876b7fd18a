import CaptureModel
import Exchanges
import Findings

/// A report as an HTTP Archive (HAR 1.2), for browsers' developer tools and whatever else reads HAR: one page a
/// capture, one entry a request. It streams; pages, whose start is known only at the end, come last.
///
/// What HAR has no member for stands in members that begin with an underscore, as HAR asks: `_interim`, `_outcome`,
/// `_timing`, `_findings` and more. A request without a final response has the response of status 0 that browsers
/// write for it, and `_error` with the outcome, which Chrome shows. An exchange whose request was not captured is no
/// entry, for an entry is a request and none may be made up: `_withoutRequest` of the log counts them, and the findings
/// on them stand in `_findings` of the log with those on connections and captures.
struct HARReport: ReportBody {
    private let loose = RecordSpool()
    private var hasEntry = false
    private var withoutRequest = 0

    func begin(_ names: CaptureNames, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("{\"log\":{\"version\":\"1.2\",\n\"creator\":{\"name\":")
        sink.pending.jsonText(Tool.name)
        sink.pending.literal(",\"version\":")
        sink.pending.jsonText(Tool.version)
        sink.pending.literal("},\n\"entries\":[")
    }

    mutating func exchange(_ row: ExchangeRow, _ sink: inout ByteSink) throws(ReportError) {
        guard let request = row.exchange.request else {
            withoutRequest += 1
            for finding in row.findings {
                try self.finding(FindingRow(finding: finding, exchange: row.exchange, names: row.names), &sink)
            }
            return
        }
        if hasEntry { sink.pending.append(UInt8(ascii: ",")) }
        hasEntry = true
        sink.pending.append(UInt8(ascii: "\n"))
        sink.pending.har(row, request)
    }

    func finding(_ row: FindingRow, _ sink: inout ByteSink) throws(ReportError) {
        try loose.add { record, isFirst in
            if !isFirst { record.append(UInt8(ascii: ",")) }
            record.append(UInt8(ascii: "\n"))
            record.json(row, lines: false)
        }
    }

    func finish(_ captures: [CaptureRecord], _ summary: Summary, _ sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("\n],\n\"pages\":[")
        var isFirst = true
        for (index, capture) in captures.enumerated() {
            // Nothing can refer to a capture without a packet, and a page has to have a beginning.
            guard let start = capture.firstPacket else { continue }
            if !isFirst { sink.pending.append(UInt8(ascii: ",")) }
            isFirst = false
            sink.pending.literal("\n{\"startedDateTime\":")
            sink.pending.json(start)
            sink.pending.literal(",\"id\":")
            sink.pending.harPage(index)
            sink.pending.literal(",\"title\":")
            sink.pending.json(wire: FileName.octets(capture.file))
            sink.pending.literal(",\"pageTimings\":{}}")
            try sink.flushIfFull()
        }
        sink.pending.literal("\n],\n\"_findings\":[")
        try loose.copy(to: &sink)
        sink.pending.literal("\n],\n\"_withoutRequest\":")
        sink.pending.decimal(withoutRequest)
        sink.pending.literal(",\n\"_summary\":")
        sink.pending.json(summary, lines: false)
        sink.pending.literal("}}\n")
    }
}

extension OctetBuffer {
    /// The id of a capture's page.
    mutating func harPage(_ capture: Int) {
        literal("\"capture_")
        decimal(capture + 1)
        append(UInt8(ascii: "\""))
    }

    /// An entry.
    fileprivate mutating func har(_ row: ExchangeRow, _ request: Request) {
        let exchange = row.exchange
        let send = max(0, exchange.waitStart?.since(request.first.time) ?? 0)
        // Cut so that their sum stays within 64 bits, whatever a forged capture claims.
        let wait = min(row.timing.wait ?? 0, .max - send)
        let receive = min(max(0, exchange.final.map { $0.end.time.since($0.first.time) } ?? 0), .max - send - wait)
        literal(#"{"pageref":"#)
        harPage(row.names.number(exchange.origin.capture))
        literal(#","startedDateTime":"#)
        json(request.first.time)
        // The sum of the timings, as HAR has it; `total_ms` of `_timing` may be longer.
        literal(#","time":"#)
        milliseconds(send + wait + receive)
        literal(#","request":"#)
        har(request, row)
        literal(#","response":"#)
        if let final = exchange.final { har(final, row) } else { harNoResponse(exchange.outcome) }
        literal(#","cache":{},"timings":{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":"#)
        milliseconds(send)
        literal(#","wait":"#)
        milliseconds(wait)
        literal(#","receive":"#)
        milliseconds(receive)
        literal(#"},"serverIPAddress":""#)
        address(exchange.connection.server.address)
        // Numbers begin anew with each capture that is judged by itself; with the client's address they tell apart.
        literal(#"","connection":""#)
        decimal(exchange.connection.id)
        append(0x20)
        endpoint(exchange.connection.client)
        literal(#"","_id":"#)
        jsonIdentity(exchange.connection.id, exchange.number)
        literal(#","_interim":"#)
        array(exchange.interims) { $1.har($0, exchange) }
        literal(#","_outcome":"#)
        jsonText(exchange.outcome.rawValue)
        literal(#","_timing":"#)
        json(row.timing)
        literal(#","_webdav":"#)
        jsonText(row.webdav.rawValue)
        literal(#","_pattern":"#)
        jsonText(row.pattern.rawValue)
        literal(#","_integrity":"#)
        jsonIntegrity(exchange)
        literal(#","_upstream":"#)
        json(row.upstream)
        literal(#","_downstream":"#)
        json(row.downstream)
        literal(#","_findings":"#)
        array(row.findings) {
            $1.json(FindingRow(finding: $0, exchange: nil, names: row.names), lines: false)
        }
        append(UInt8(ascii: "}"))
    }
}
