/// The tables that CSV can give; one file holds one of them.
package enum ReportTable: String, Sendable, CaseIterable {
    case exchanges
    case interim
    case findings
    case captures

    /// What the table's rows are.
    package var doc: String {
        switch self {
        case .exchanges: "one row an exchange"
        case .interim: "one row an interim response"
        case .findings: "one row a finding"
        case .captures: "one row a capture file"
        }
    }

    /// Its columns, in order.
    package var columns: [ReportColumn] {
        switch self {
        case .exchanges: exchangeColumns.map(\.column)
        case .interim: interimColumns.map(\.column)
        case .findings: findingColumns.map(\.column)
        case .captures: captureColumns.map(\.column)
        }
    }
}

/// What a column holds; an empty cell always means "not seen in this capture".
package enum ColumnType: String, Sendable, CaseIterable {
    /// Text; octets of the wire are escaped, and what a spreadsheet would run has an apostrophe before it.
    case text
    case integer
    /// Milliseconds, a decimal number.
    case milliseconds
    /// RFC 3339, UTC, nine decimals.
    case time
    /// Words or numbers with a space between them.
    case list
}

/// A column as `interlude list columns` shows it.
package struct ReportColumn: Sendable {
    package let name: String
    package let type: ColumnType
    /// One line on what it holds.
    package let doc: String
}

/// A column with the code that writes its cell; an absent value writes nothing.
struct Column<Row>: Sendable {
    let column: ReportColumn
    let write: @Sendable (Row, inout OctetBuffer) -> Void

    init(
        _ name: String, _ type: ColumnType, _ doc: String, _ write: @escaping @Sendable (Row, inout OctetBuffer) -> Void
    ) {
        column = ReportColumn(name: name, type: type, doc: doc)
        self.write = write
    }
}

/// What the writers of cells share: each writes nothing where there is no value.
extension OctetBuffer {
    mutating func cell(_ value: Int?) {
        if let value { decimal(value) }
    }

    mutating func cell(frame: UInt64?) {
        if let frame { decimal(frame) }
    }

    mutating func cell(ms nanoseconds: Int64?) {
        if let nanoseconds { milliseconds(nanoseconds) }
    }

    mutating func cell(wire octets: [UInt8]?) {
        if let octets { csvWire(octets.span) }
    }

    mutating func cell<Item>(list: some Sequence<Item>, _ item: (Item, inout OctetBuffer) -> Void) {
        var first = true
        for element in list {
            if !first { append(UInt8(ascii: " ")) }
            first = false
            item(element, &self)
        }
    }
}
