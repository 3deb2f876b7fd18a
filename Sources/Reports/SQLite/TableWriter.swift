/// Writes rows of one table: the columns of the CSV table of that name, from the same literals, with types.
///
/// A cell is written as in CSV, and what CSV adds to it is taken away again: quotes, and the apostrophe before what a spreadsheet
/// would run. An empty cell is NULL.
struct TableWriter<Row> {
    private let columns: [Column<Row>]
    private let statement: Statement

    init(_ table: ReportTable, _ columns: [Column<Row>], in database: Database) throws(ReportError) {
        self.columns = columns
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        statement = try database.prepare("INSERT INTO \(table.rawValue) VALUES (\(marks))")
    }

    /// Inserts one row.
    func insert(_ row: Row, _ cell: inout OctetBuffer) throws(ReportError) {
        for (index, column) in columns.enumerated() {
            cell.removeAll()
            column.write(row, &cell)
            guard cell.count > 0 else { continue }
            cell.withSpan { octets in bind(octets, column.column.type, at: index + 1) }
        }
        try statement.run()
    }

    private func bind(_ octets: Span<UInt8>, _ type: ColumnType, at index: Int) {
        switch type {
        case .integer: statement.bind(Self.integer(octets), at: index)
        case .milliseconds: statement.bind(Self.decimal(octets), at: index)
        case .text, .time, .list:
            let first = octets[0]
            if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
                let plain = Self.plain(octets)
                statement.bind(plain.span, at: index)
            } else {
                statement.bind(octets, at: index)
            }
        }
    }

    /// A cell without its quotes and its apostrophe.
    private static func plain(_ cell: Span<UInt8>) -> [UInt8] {
        let isQuoted = cell[0] == UInt8(ascii: "\"")
        var plain: [UInt8] = []
        var at = isQuoted ? 1 : 0
        let end = isQuoted ? cell.count - 1 : cell.count
        while at < end {
            plain.append(cell[at])
            at += isQuoted && cell[at] == UInt8(ascii: "\"") ? 2 : 1
        }
        if plain.first == UInt8(ascii: "'") { plain.removeFirst() }
        return plain
    }

    /// The number that a cell of digits, perhaps with a sign, stands for.
    private static func integer(_ cell: Span<UInt8>) -> Int64 {
        let isNegative = cell[0] == UInt8(ascii: "-")
        var value: Int64 = 0
        for at in (isNegative ? 1 : 0)..<cell.count { value = value &* 10 &+ Int64(cell[at] & 15) }
        return isNegative ? -value : value
    }

    /// The number that a cell of digits with a point stands for.
    private static func decimal(_ cell: Span<UInt8>) -> Double {
        let text = cell.indices.map { cell[$0] }
        return Double(String(decoding: text, as: UTF8.self)) ?? 0
    }
}

extension ReportTable {
    /// What makes the table.
    var definition: String {
        let parts = columns.map { column in
            let type =
                switch column.type {
                case .integer: "INTEGER"
                case .milliseconds: "REAL"
                case .text, .time, .list: "TEXT"
                }
            return "\(column.name) \(type)"
        }
        return "CREATE TABLE \(rawValue) (\(parts.joined(separator: ", ")));"
    }

    /// The column that names the capture.
    var captureColumn: String { self == .captures ? "file" : "capture" }

    /// What makes its indexes: by capture, and by what is asked for most.
    var indexes: String {
        let asked: [String] =
            switch self {
            case .exchanges:
                ["\(captureColumn), id", "method", "final_status", "outcome", "wait_ms", "longest_silence_ms"]
            case .interim: ["\(captureColumn), id", "status"]
            case .findings: ["\(captureColumn), exchange", "rule", "severity"]
            case .captures: [captureColumn, "status"]
            }
        return asked.enumerated().map { number, columns in
            "CREATE INDEX \(rawValue)_\(number + 1) ON \(rawValue) (\(columns));"
        }.joined()
    }
}
