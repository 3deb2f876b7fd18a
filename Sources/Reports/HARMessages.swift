import CaptureModel
import Exchanges
import HTTP1

/// Requests and responses as HAR 1.2 has them. The size of a head is not kept, so `headersSize` is -1: not known.
extension OctetBuffer {
    mutating func har(_ request: Request, _ row: ExchangeRow) {
        let exchange = row.exchange
        literal(#"{"method":"#)
        json(request.method, exchange)
        literal(#","url":"#)
        harURL(request, row)
        harHead(request.version, request.fields, exchange)
        literal(#","cookies":"#)
        harCookies(request.fields, exchange)
        literal(#","queryString":"#)
        harQuery(exchange.octets.span.extracting(request.target.range))
        literal(#","headersSize":-1,"bodySize":"#)
        decimal(request.bodyBytes)
        literal(#","_target":"#)
        json(request.target, exchange)
        literal(#","_frame":"#)
        decimal(request.first.frame)
        literal(#","_complete":"#)
        boolean(request.complete)
        append(UInt8(ascii: "}"))
    }

    mutating func har(_ final: FinalResponse, _ row: ExchangeRow) {
        let exchange = row.exchange
        harStatus(final.status, final.reason, exchange)
        harHead(final.version, final.fields, exchange)
        literal(#","cookies":"#)
        harSetCookies(final.fields, exchange)
        literal(#","content":{"size":"#)
        decimal(final.bodyBytes)
        literal(#","mimeType":"#)
        // The type that browsers write for content without one.
        harValue(of: "content-type", in: final.fields, exchange, orElse: "\"x-unknown\"")
        literal(#"},"redirectURL":"#)
        harValue(of: "location", in: final.fields, exchange, orElse: "\"\"")
        literal(#","headersSize":-1,"bodySize":"#)
        decimal(final.bodyBytes)
        literal(#","_frame":"#)
        decimal(final.first.frame)
        literal(#","_complete":"#)
        boolean(final.complete)
        if !final.complete, exchange.outcome != .switchedProtocols, exchange.outcome != .tunnel {
            literal(#","_error":"#)
            jsonText(exchange.outcome.rawValue)
        }
        append(UInt8(ascii: "}"))
    }

    /// What browsers write for a request without a final response.
    mutating func harNoResponse(_ outcome: Outcome) {
        literal(
            #"{"status":0,"statusText":"","httpVersion":"","headers":[],"cookies":[],"content":{"size":0,"#)
        literal(#""mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1,"_error":"#)
        jsonText(outcome.rawValue)
        append(UInt8(ascii: "}"))
    }

    /// An interim response, with the members that HAR's response would have; `time` is in milliseconds after the
    /// entry's `startedDateTime`.
    mutating func har(_ interim: InterimResponse, _ exchange: Exchange) {
        harStatus(interim.status, interim.reason, exchange)
        harHead(interim.version, interim.fields, exchange)
        literal(#","startedDateTime":"#)
        json(interim.first.time)
        literal(#","time":"#)
        milliseconds(exchange.offset(interim.first))
        literal(#","_frame":"#)
        decimal(interim.first.frame)
        append(UInt8(ascii: "}"))
    }

    private mutating func harStatus(_ status: Int, _ reason: OctetRange, _ exchange: Exchange) {
        literal(#"{"status":"#)
        decimal(status)
        literal(#","statusText":"#)
        json(reason, exchange)
    }

    private mutating func harHead(_ version: HTTPVersion, _ lines: Range<Int>, _ exchange: Exchange) {
        literal(#","httpVersion":"HTTP/"#)
        self.version(version)
        literal(#"","headers":["#)
        let octets = exchange.octets.span
        for index in lines {
            let line = exchange.fields[index]
            if index > lines.lowerBound { append(UInt8(ascii: ",")) }
            literal(#"{"name":"#)
            jsonWire(octets.extracting(line.name.range))
            literal(#","value":"#)
            jsonWire(octets.extracting(line.value.range))
            append(UInt8(ascii: "}"))
        }
        append(UInt8(ascii: "]"))
    }

    private mutating func harValue(
        of name: StaticString, in lines: Range<Int>, _ exchange: Exchange, orElse absent: StaticString
    ) {
        if let value = exchange.value(of: name, in: lines) { json(value, exchange) } else { literal(absent) }
    }
}
