import CaptureModel
import Exchanges
import HTTP1

/// The columns of table `exchanges`, in the order of the contract. A new one is one literal here.
let exchangeColumns: [Column<ExchangeRow>] = [
    Column("capture", .text, "the file in which the exchange begins") { row, cell in cell.cell(wire: row.capture) },
    Column("id", .text, "connection number, then the exchange's number on it, both from 1") { row, cell in
        cell.identity(row.exchange.connection.id, row.exchange.number)
    },
    Column("client_address", .text, "the client's IP address") { row, cell in
        cell.address(row.exchange.connection.client.address)
    },
    Column("client_port", .integer, "the client's TCP port") { row, cell in
        cell.cell(Int(row.exchange.connection.client.port))
    },
    Column("server_address", .text, "the server's IP address") { row, cell in
        cell.address(row.exchange.connection.server.address)
    },
    Column("server_port", .integer, "the server's TCP port") { row, cell in
        cell.cell(Int(row.exchange.connection.server.port))
    },
    Column("method", .text, "the request's method") { row, cell in
        cell.cell(row.exchange.request?.method, of: row.exchange)
    },
    Column("target", .text, "the request's target, as on the wire") { row, cell in
        cell.cell(row.exchange.request?.target, of: row.exchange)
    },
    Column("host", .text, "the request's Host field") { row, cell in cell.cell(row.host, of: row.exchange)
    },
    Column("request_version", .text, "the request's HTTP version, as 1.1") { row, cell in
        if let request = row.exchange.request { cell.version(request.version) }
    },
    Column("user_agent", .text, "the request's User-Agent field") { row, cell in
        cell.cell(row.userAgent, of: row.exchange)
    },
    Column("expect", .text, "the request's Expect field") { row, cell in
        cell.cell(row.expect, of: row.exchange)
    },
    Column("request_time", .time, "the request's first byte; offsets count from it") { row, cell in
        if let request = row.exchange.request { cell.time(request.first.time) }
    },
    Column("request_frame", .integer, "the packet with the request's first byte") { row, cell in
        cell.cell(frame: row.exchange.request?.first.frame)
    },
    Column("request_end_ms", .milliseconds, "the request's last byte; empty while its content was not complete") {
        row, cell in
        cell.cell(ms: row.exchange.request?.end.map { row.exchange.offset($0) })
    },
    Column("request_body_bytes", .integer, "octets of the request's content") { row, cell in
        cell.cell(row.exchange.request?.bodyBytes)
    },
    Column("interim_count", .integer, "interim responses: 1xx but 101") { row, cell in
        cell.cell(row.exchange.interims.count)
    },
    Column("interim_statuses", .list, "their statuses, in order") { row, cell in
        cell.cell(list: row.exchange.interims) { $1.decimal($0.status) }
    },
    Column("count_100", .integer, "interim responses 100 Continue") { row, cell in
        cell.cell(row.interims { $0 == 100 })
    },
    Column("count_102", .integer, "interim responses 102 Processing") { row, cell in
        cell.cell(row.interims { $0 == 102 })
    },
    Column("count_103", .integer, "interim responses 103 Early Hints") { row, cell in
        cell.cell(row.interims { $0 == 103 })
    },
    Column("count_other", .integer, "interim responses of any other status") { row, cell in
        cell.cell(row.interims { $0 != 100 && $0 != 102 && $0 != 103 })
    },
    Column("first_interim_ms", .milliseconds, "first byte of the first interim response") { row, cell in
        cell.cell(ms: row.timing.firstInterim)
    },
    Column("longest_silence_ms", .milliseconds, "longest stretch of the wait without a byte from the server") {
        row, cell in
        cell.cell(ms: row.timing.longestSilence)
    },
    Column("wait_ms", .milliseconds, "end of the request to the final response, or to the exchange's end") {
        row, cell in
        cell.cell(ms: row.timing.wait)
    },
    Column("final_status", .integer, "the final response's status; empty where none was seen") { row, cell in
        cell.cell(row.exchange.final?.status)
    },
    Column("final_frame", .integer, "the packet with the final response's first byte") { row, cell in
        cell.cell(frame: row.exchange.final?.first.frame)
    },
    Column("final_first_byte_ms", .milliseconds, "first byte of the final response") { row, cell in
        cell.cell(ms: row.exchange.final.map { row.exchange.offset($0.first) })
    },
    Column("final_end_ms", .milliseconds, "last byte seen of the final response") { row, cell in
        cell.cell(ms: row.exchange.final.map { row.exchange.offset($0.end) })
    },
    Column("final_body_bytes", .integer, "octets of the final response's content") { row, cell in
        cell.cell(row.exchange.final?.bodyBytes)
    },
    Column("total_ms", .milliseconds, "first byte to the end of the exchange") { row, cell in
        cell.milliseconds(row.timing.total)
    },
    Column("outcome", .text, "how the exchange ended") { row, cell in cell.csvText(row.exchange.outcome.rawValue) },
    Column("closed_first", .text, "who sent the connection's first FIN or RST: client or server") { row, cell in
        if let side = row.connectionEnd.closedFirst { cell.literal(side.word) }
    },
    Column("webdav", .text, "none, class (RFC 4918 and its family) or legacy (RFC 2518 only)") { row, cell in
        cell.csvText(row.webdav.rawValue)
    },
    Column("pattern", .text, "how the server treated the request") { row, cell in cell.csvText(row.pattern.rawValue) },
    Column("integrity", .list, "what the capture cannot prove of it; empty when it is whole") { row, cell in
        cell.cell(list: Integrity.names.lazy.filter { row.exchange.integrity.contains($0.0) }) { $1.csvText($0.1) }
    },
    Column("findings", .list, "ids of the rules that fired") { row, cell in
        cell.cell(list: row.rules) { $1.csvText($0) }
    },
    Column("upstream", .text, "the exchange by which a proxy asked the next server for it") { row, cell in
        cell.cell(row.upstream)
    },
    Column("downstream", .text, "the exchange on the client's side of a proxy that it was made for") { row, cell in
        cell.cell(row.downstream)
    },
]

extension OctetBuffer {
    /// The id of an exchange as a cell.
    mutating func cell(_ id: ExchangeID?) {
        if let id { identity(id.connection, id.number) }
    }

    /// A stretch of an exchange's heads as a cell.
    mutating func cell(_ stretch: OctetRange?, of exchange: Exchange) {
        if let stretch { csvWire(exchange.octets.span.extracting(stretch.range)) }
    }
}
