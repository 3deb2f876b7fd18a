import CaptureModel
import Exchanges

/// One interim response with its exchange.
struct InterimRow: Sendable {
    let row: ExchangeRow
    /// Which of the exchange's interim responses, from 0.
    let index: Int

    var exchange: Exchange { row.exchange }
    var interim: InterimResponse { row.exchange.interims[index] }

    /// Nanoseconds since the first byte of the interim response before, or since the request was said; `nil` where
    /// that was not captured.
    var sincePrevious: Int64? {
        let before = index > 0 ? exchange.interims[index - 1].first.time : exchange.waitStart
        return before.map { interim.first.time.since($0) }
    }
}

/// The columns of table `interim`, in the order of the contract. A new one is one literal here.
let interimColumns: [Column<InterimRow>] = [
    Column("capture", .text, "the file in which the exchange begins") { row, cell in cell.cell(wire: row.row.capture) },
    Column("id", .text, "the exchange: connection number, then its number on it, both from 1") { row, cell in
        cell.identity(row.exchange.connection.id, row.exchange.number)
    },
    Column("position", .integer, "which interim response of its exchange, from 1") { row, cell in
        cell.cell(row.index + 1)
    },
    Column("method", .text, "the request's method") { row, cell in
        cell.cell(row.exchange.request?.method, of: row.exchange)
    },
    Column("target", .text, "the request's target, as on the wire") { row, cell in
        cell.cell(row.exchange.request?.target, of: row.exchange)
    },
    Column("status", .integer, "its status") { row, cell in cell.cell(row.interim.status) },
    Column("reason", .text, "its reason phrase") { row, cell in cell.cell(row.interim.reason, of: row.exchange) },
    Column("frame", .integer, "the packet with its first byte") { row, cell in
        cell.cell(frame: row.interim.first.frame)
    },
    Column("first_byte_ms", .milliseconds, "its first byte, after the first byte of the request") { row, cell in
        cell.cell(ms: row.exchange.offset(row.interim.first))
    },
    Column("head_end_ms", .milliseconds, "the end of its head, which is its end") { row, cell in
        cell.cell(ms: row.exchange.offset(row.interim.headEnd))
    },
    Column("since_previous_ms", .milliseconds, "since the interim response before, or since the end of the request") {
        row, cell in
        cell.cell(ms: row.sincePrevious)
    },
    Column("fields_count", .integer, "field lines in its head") { row, cell in cell.cell(row.interim.fields.count) },
    Column("final_status", .integer, "the final response's status; empty where none was seen") { row, cell in
        cell.cell(row.exchange.final?.status)
    },
]
