import CaptureModel
import Exchanges
import Findings

/// The columns of table `findings`, in the order of the contract. A new one is one literal here.
let findingColumns: [Column<FindingRow>] = [
    Column("rule", .text, "the rule's id; `interlude explain` tells more") { row, cell in
        cell.csvText(row.finding.rule)
    },
    Column("severity", .text, "violation, warning or note") { row, cell in
        cell.csvText(row.finding.severity.rawValue)
    },
    Column("capture", .text, "the file with the packet that proves it") { row, cell in
        cell.cell(wire: row.names[row.finding.place.capture])
    },
    Column("exchange", .text, "the exchange's id; empty for a finding about a connection or a capture") { row, cell in
        if let connection = row.finding.connection, let number = row.finding.exchange {
            cell.identity(connection, number)
        }
    },
    Column("connection", .integer, "the connection's number; empty for a finding about a capture") { row, cell in
        cell.cell(row.finding.connection)
    },
    Column("frame", .integer, "the packet that proves it") { row, cell in cell.cell(frame: row.finding.frame) },
    Column("at_ms", .milliseconds, "when, after the first byte of the exchange") { row, cell in
        cell.cell(ms: row.finding.at)
    },
    Column("method", .text, "the request's method") { row, cell in
        if let exchange = row.exchange { cell.cell(exchange.request?.method, of: exchange) }
    },
    Column("target", .text, "the request's target, as on the wire") { row, cell in
        if let exchange = row.exchange { cell.cell(exchange.request?.target, of: exchange) }
    },
    Column("message", .text, "one sentence with the numbers of this case") { row, cell in
        cell.csvText(row.finding.message)
    },
]

extension Finding {
    /// The packet that proves it; `nil` where it stands for no packet (frames count from 1).
    var frame: UInt64? { place.frame == 0 ? nil : place.frame }
}
