import CaptureModel
import Exchanges
import HTTP1

/// An exchange as a JSON object, part by part.
extension OctetBuffer {
    mutating func json(_ row: ExchangeRow, lines: Bool) {
        let exchange = row.exchange
        literal(lines ? #"{"record":"exchange","capture":"# : #"{"capture":"#)
        json(wire: row.capture)
        literal(#","id":"#)
        jsonIdentity(exchange.connection.id, exchange.number)
        literal(#","connection":"#)
        json(exchange.connection, row.connectionEnd)
        literal(#","request":"#)
        if let request = exchange.request { json(request, row) } else { null() }
        literal(#","interim":"#)
        array(exchange.interims) { $1.json($0, exchange) }
        literal(#","final":"#)
        if let final = exchange.final { json(final, exchange) } else { null() }
        literal(#","outcome":"#)
        jsonText(exchange.outcome.rawValue)
        literal(#","timing":"#)
        json(row.timing)
        literal(#","webdav":"#)
        jsonText(row.webdav.rawValue)
        literal(#","pattern":"#)
        jsonText(row.pattern.rawValue)
        literal(#","integrity":"#)
        jsonIntegrity(exchange)
        literal(#","findings":"#)
        array(row.rules) { $1.jsonText($0) }
        literal(#","upstream":"#)
        json(row.upstream)
        literal(#","downstream":"#)
        json(row.downstream)
        append(UInt8(ascii: "}"))
    }

    /// The id of an exchange; null without one.
    mutating func json(_ id: ExchangeID?) {
        if let id { jsonIdentity(id.connection, id.number) } else { null() }
    }

    private mutating func json(_ connection: ConnectionIdentity, _ end: ConnectionEnd) {
        literal(#"{"id":"#)
        decimal(connection.id)
        literal(#","client":"#)
        json(connection.client)
        literal(#","server":"#)
        json(connection.server)
        literal(#","start":"#)
        jsonText(connection.start.rawValue)
        literal(#","end":"#)
        jsonText(end.kind.rawValue)
        literal(#","closed_first":"#)
        if let side = end.closedFirst {
            append(UInt8(ascii: "\""))
            literal(side.word)
            append(UInt8(ascii: "\""))
        } else {
            null()
        }
        append(UInt8(ascii: "}"))
    }

    private mutating func json(_ request: Request, _ row: ExchangeRow) {
        let exchange = row.exchange
        literal(#"{"time":"#)
        json(request.first.time)
        literal(#","frame":"#)
        decimal(request.first.frame)
        literal(#","method":"#)
        json(request.method, exchange)
        literal(#","target":"#)
        json(request.target, exchange)
        literal(#","version":"#)
        json(request.version)
        literal(#","host":"#)
        json(row.host, exchange)
        literal(#","user_agent":"#)
        json(row.userAgent, exchange)
        literal(#","expect":"#)
        json(row.expect, exchange)
        literal(#","fields":"#)
        jsonFields(request.fields, exchange)
        literal(#","head_end_ms":"#)
        json(ms: request.headComplete ? exchange.offset(request.headEnd) : nil)
        literal(#","end_ms":"#)
        json(ms: request.end.map { exchange.offset($0) })
        literal(#","body_bytes":"#)
        decimal(request.bodyBytes)
        literal(#","complete":"#)
        boolean(request.complete)
        append(UInt8(ascii: "}"))
    }

    private mutating func json(_ interim: InterimResponse, _ exchange: Exchange) {
        jsonStatus(interim.status, interim.reason, interim.version, interim.first, exchange)
        literal(#","head_end_ms":"#)
        milliseconds(exchange.offset(interim.headEnd))
        literal(#","fields":"#)
        jsonFields(interim.fields, exchange)
        append(UInt8(ascii: "}"))
    }

    private mutating func json(_ final: FinalResponse, _ exchange: Exchange) {
        jsonStatus(final.status, final.reason, final.version, final.first, exchange)
        literal(#","head_end_ms":"#)
        json(ms: final.headComplete ? exchange.offset(final.headEnd) : nil)
        literal(#","end_ms":"#)
        milliseconds(exchange.offset(final.end))
        literal(#","body_bytes":"#)
        decimal(final.bodyBytes)
        literal(#","complete":"#)
        boolean(final.complete)
        literal(#","fields":"#)
        jsonFields(final.fields, exchange)
        append(UInt8(ascii: "}"))
    }

    /// What interim and final responses begin with.
    private mutating func jsonStatus(
        _ status: Int, _ reason: OctetRange, _ version: HTTPVersion, _ first: StreamPlace, _ exchange: Exchange
    ) {
        literal(#"{"status":"#)
        decimal(status)
        literal(#","reason":"#)
        json(reason, exchange)
        literal(#","version":"#)
        json(version)
        literal(#","frame":"#)
        decimal(first.frame)
        literal(#","first_byte_ms":"#)
        milliseconds(exchange.offset(first))
    }

    /// What the capture cannot prove of the exchange.
    mutating func jsonIntegrity(_ exchange: Exchange) {
        array(Integrity.names.lazy.filter { exchange.integrity.contains($0.0) }) { $1.jsonText($0.1) }
    }

    mutating func json(_ timing: Timing) {
        literal(#"{"wait_ms":"#)
        json(ms: timing.wait)
        literal(#","first_interim_ms":"#)
        json(ms: timing.firstInterim)
        literal(#","longest_silence_ms":"#)
        json(ms: timing.longestSilence)
        literal(#","silence_start_ms":"#)
        json(ms: timing.silenceStart)
        literal(#","total_ms":"#)
        milliseconds(timing.total)
        append(UInt8(ascii: "}"))
    }

    private mutating func jsonFields(_ lines: Range<Int>, _ exchange: Exchange) {
        append(UInt8(ascii: "["))
        for index in lines {
            if index > lines.lowerBound { append(UInt8(ascii: ",")) }
            append(UInt8(ascii: "["))
            jsonWire(exchange.octets.span.extracting(exchange.fields[index].name.range), lowerCase: true)
            append(UInt8(ascii: ","))
            json(exchange.fields[index].value, exchange)
            append(UInt8(ascii: "]"))
        }
        append(UInt8(ascii: "]"))
    }
}
