import CaptureModel
import Exchanges
import Findings
import HTTP1

/// The records of a report as JSON objects. In JSON Lines each says first what it is.
extension [UInt8] {
    /// `{` and the first key of a record, which only JSON Lines needs; the keys that follow are written with `key`.
    private mutating func openRecord(_ kind: StaticString?, first name: StaticString) {
        guard let kind else { return open(name) }
        literal("{\"record\":\"")
        literal(kind)
        append(UInt8(ascii: "\""))
        key(name)
    }

    mutating func json(_ row: ExchangeRow, lines: Bool) {
        let exchange = row.exchange
        openRecord(lines ? "exchange" : nil, first: "capture")
        json(wire: row.capture)
        key("id")
        jsonIdentity(exchange.connection.id, exchange.number)
        key("connection")
        json(exchange.connection, row.connectionEnd)
        key("request")
        if let request = exchange.request { json(request, row) } else { null() }
        key("interim")
        array(exchange.interims) { $1.json($0, exchange) }
        key("final")
        if let final = exchange.final { json(final, exchange) } else { null() }
        key("outcome")
        jsonText(exchange.outcome.rawValue)
        key("timing")
        json(row.timing)
        key("webdav")
        jsonText(row.webdav.rawValue)
        key("pattern")
        jsonText(row.pattern.rawValue)
        key("integrity")
        array(Integrity.names.lazy.filter { exchange.integrity.contains($0.0) }) { $1.jsonText($0.1) }
        key("findings")
        array(row.rules) { $1.jsonText($0) }
        close()
    }

    mutating func json(_ row: FindingRow, lines: Bool) {
        let finding = row.finding
        openRecord(lines ? "finding" : nil, first: "rule")
        jsonText(finding.rule)
        key("severity")
        jsonText(finding.severity.rawValue)
        key("capture")
        json(wire: row.names[finding.place.capture])
        key("exchange")
        if let connection = finding.connection, let number = finding.exchange {
            jsonIdentity(connection, number)
        } else {
            null()
        }
        key("connection")
        if let connection = finding.connection { decimal(connection) } else { null() }
        key("frame")
        if let frame = finding.frame { decimal(frame) } else { null() }
        key("at_ms")
        json(ms: finding.at)
        key("message")
        jsonText(finding.message)
        close()
    }

    mutating func json(_ capture: CaptureRecord, lines: Bool) {
        openRecord(lines ? "capture" : nil, first: "file")
        json(wire: CaptureNames.shown(capture.file))
        key("format")
        json(text: capture.format)
        key("link_types")
        array(capture.linkTypes) { $1.jsonText($0) }
        key("packets")
        decimal(capture.packets)
        key("bytes")
        decimal(capture.bytes)
        key("first_packet")
        json(capture.firstPacket)
        key("last_packet")
        json(capture.lastPacket)
        key("status")
        jsonText(capture.status.rawValue)
        key("error")
        json(text: capture.error)
        key("skipped")
        object(capture.skippedByName) { (name: $0.reason, count: $0.count) }
        key("summary")
        json(capture.summary, lines: false)
        close()
    }

    mutating func json(_ summary: Summary, lines: Bool) {
        openRecord(lines ? "summary" : nil, first: "captures")
        decimal(summary.captures)
        key("connections")
        decimal(summary.connections)
        key("exchanges")
        decimal(summary.exchanges)
        key("interim")
        var interim = (100...104).map { (name: "\($0)", count: summary.interim[$0]) }
        interim.append((name: "other", count: summary.interim.other))
        object(interim) { $0 }
        key("final")
        object(2...5) { (name: "\($0)xx", count: summary.final[$0]) }
        key("without_final")
        decimal(summary.withoutFinal)
        key("webdav")
        object([("class", summary.webdavCurrent), ("legacy", summary.webdavLegacy)]) { $0 }
        key("findings")
        object([("violation", summary.violations), ("warning", summary.warnings), ("note", summary.notes)]) { $0 }
        key("wait_ms")
        let waits = summary.waits.percentiles([50, 90, 99])
        open("p50")
        json(ms: waits[0])
        key("p90")
        json(ms: waits[1])
        key("p99")
        json(ms: waits[2])
        key("max")
        json(ms: summary.waits.max)
        close()
        close()
    }
}

/// The parts of an exchange.
extension [UInt8] {
    private mutating func json(_ connection: ConnectionIdentity, _ end: ConnectionEnd) {
        open("id")
        decimal(connection.id)
        key("client")
        json(connection.client)
        key("server")
        json(connection.server)
        key("start")
        jsonText(connection.start.rawValue)
        key("end")
        jsonText(end.kind.rawValue)
        key("closed_first")
        if let side = end.closedFirst {
            append(UInt8(ascii: "\""))
            literal(side.word)
            append(UInt8(ascii: "\""))
        } else {
            null()
        }
        close()
    }

    private mutating func json(_ request: Request, _ row: ExchangeRow) {
        let exchange = row.exchange
        open("time")
        json(request.first.time)
        key("frame")
        decimal(request.first.frame)
        key("method")
        json(request.method, exchange)
        key("target")
        json(request.target, exchange)
        key("version")
        json(request.version)
        key("host")
        json(row.requested("host"), exchange)
        key("user_agent")
        json(row.requested("user-agent"), exchange)
        key("expect")
        json(row.requested("expect"), exchange)
        key("fields")
        jsonFields(request.fields, exchange)
        key("head_end_ms")
        json(ms: request.headComplete ? exchange.offset(request.headEnd) : nil)
        key("end_ms")
        json(ms: request.end.map { exchange.offset($0) })
        key("body_bytes")
        decimal(request.bodyBytes)
        key("complete")
        boolean(request.complete)
        close()
    }

    private mutating func json(_ interim: InterimResponse, _ exchange: Exchange) {
        jsonStatus(interim.status, interim.reason, interim.version, interim.first, exchange)
        key("head_end_ms")
        milliseconds(exchange.offset(interim.headEnd))
        key("fields")
        jsonFields(interim.fields, exchange)
        close()
    }

    private mutating func json(_ final: FinalResponse, _ exchange: Exchange) {
        jsonStatus(final.status, final.reason, final.version, final.first, exchange)
        key("head_end_ms")
        json(ms: final.headComplete ? exchange.offset(final.headEnd) : nil)
        key("end_ms")
        milliseconds(exchange.offset(final.end))
        key("body_bytes")
        decimal(final.bodyBytes)
        key("complete")
        boolean(final.complete)
        key("fields")
        jsonFields(final.fields, exchange)
        close()
    }

    /// What interim and final responses begin with.
    private mutating func jsonStatus(
        _ status: Int, _ reason: OctetRange, _ version: HTTPVersion, _ first: StreamPlace, _ exchange: Exchange
    ) {
        open("status")
        decimal(status)
        key("reason")
        json(reason, exchange)
        key("version")
        json(version)
        key("frame")
        decimal(first.frame)
        key("first_byte_ms")
        milliseconds(exchange.offset(first))
    }

    private mutating func json(_ timing: Timing) {
        open("wait_ms")
        json(ms: timing.wait)
        key("first_interim_ms")
        json(ms: timing.firstInterim)
        key("longest_silence_ms")
        json(ms: timing.longestSilence)
        key("silence_start_ms")
        json(ms: timing.silenceStart)
        key("total_ms")
        milliseconds(timing.total)
        close()
    }

    private mutating func jsonFields(_ lines: Range<Int>, _ exchange: Exchange) {
        append(UInt8(ascii: "["))
        for index in lines {
            if index > lines.lowerBound { append(UInt8(ascii: ",")) }
            append(UInt8(ascii: "["))
            jsonFieldName(exchange.octets.span.extracting(exchange.fields[index].name.range))
            append(UInt8(ascii: ","))
            json(exchange.fields[index].value, exchange)
            append(UInt8(ascii: "]"))
        }
        append(UInt8(ascii: "]"))
    }
}

/// Values that may be absent, and lists.
extension [UInt8] {
    private mutating func json(ms nanoseconds: Int64?) {
        if let nanoseconds { milliseconds(nanoseconds) } else { null() }
    }

    private mutating func json(_ moment: Timestamp?) {
        guard let moment else { return null() }
        append(UInt8(ascii: "\""))
        time(moment)
        append(UInt8(ascii: "\""))
    }

    private mutating func json(text: String?) {
        if let text { jsonText(text) } else { null() }
    }

    private mutating func json(wire: [UInt8]?) {
        if let wire { jsonWire(wire.span) } else { null() }
    }

    private mutating func json(_ stretch: OctetRange?, _ exchange: Exchange) {
        if let stretch { jsonWire(exchange.octets.span.extracting(stretch.range)) } else { null() }
    }

    private mutating func json(_ end: Endpoint) {
        append(UInt8(ascii: "\""))
        endpoint(end)
        append(UInt8(ascii: "\""))
    }

    private mutating func json(_ number: HTTPVersion) {
        append(UInt8(ascii: "\""))
        version(number)
        append(UInt8(ascii: "\""))
    }

    private mutating func jsonIdentity(_ connection: Int, _ number: Int) {
        append(UInt8(ascii: "\""))
        identity(connection, number)
        append(UInt8(ascii: "\""))
    }

    private mutating func array<Item>(_ items: some Sequence<Item>, _ item: (Item, inout [UInt8]) -> Void) {
        append(UInt8(ascii: "["))
        var first = true
        for element in items {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            item(element, &self)
        }
        append(UInt8(ascii: "]"))
    }

    /// An object of counts.
    private mutating func object<Item>(_ items: some Sequence<Item>, _ count: (Item) -> (name: String, count: Int)) {
        append(UInt8(ascii: "{"))
        var first = true
        for element in items {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            let (name, count) = count(element)
            jsonText(name)
            append(UInt8(ascii: ":"))
            decimal(count)
        }
        append(UInt8(ascii: "}"))
    }
}
