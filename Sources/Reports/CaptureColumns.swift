import CaptureModel

/// The columns of table `captures`, in the order of the contract. A new one is one literal here.
let captureColumns: [Column<CaptureRecord>] = [
    Column("file", .text, "the capture file") { row, cell in cell.cell(wire: FileName.octets(row.file)) },
    Column("format", .text, "its format; empty where it is none that is known") { row, cell in
        if let format = row.format { cell.csvText(format) }
    },
    Column("link_types", .list, "its link types") { row, cell in cell.cell(list: row.linkTypes) { $1.csvText($0) } },
    Column("status", .text, "complete, truncated or unreadable") { row, cell in cell.csvText(row.status.rawValue) },
    Column("error", .text, "why the status is not complete") { row, cell in
        if let error = row.error { cell.csvText(error) }
    },
    Column("packets", .integer, "packets read") { row, cell in cell.cell(row.packets) },
    Column("bytes", .integer, "octets captured of them") { row, cell in cell.cell(row.bytes) },
    Column("first_packet", .time, "the earliest packet") { row, cell in
        if let first = row.firstPacket { cell.time(first) }
    },
    Column("last_packet", .time, "the latest packet") { row, cell in
        if let last = row.lastPacket { cell.time(last) }
    },
    Column("connections", .integer, "TCP connections that carried HTTP") { row, cell in
        cell.cell(row.summary.connections)
    },
    Column("exchanges", .integer, "exchanges") { row, cell in cell.cell(row.summary.exchanges) },
    Column("without_final", .integer, "exchanges of which no final response was seen") { row, cell in
        cell.cell(row.summary.withoutFinal)
    },
    Column("count_100", .integer, "responses 100") { row, cell in cell.cell(row.summary.interim[100]) },
    Column("count_101", .integer, "responses 101") { row, cell in cell.cell(row.summary.interim[101]) },
    Column("count_102", .integer, "responses 102") { row, cell in cell.cell(row.summary.interim[102]) },
    Column("count_103", .integer, "responses 103") { row, cell in cell.cell(row.summary.interim[103]) },
    Column("count_104", .integer, "responses 104") { row, cell in cell.cell(row.summary.interim[104]) },
    Column("count_other", .integer, "responses 105 to 199") { row, cell in cell.cell(row.summary.interim.other) },
    Column("final_2xx", .integer, "final responses 2xx") { row, cell in cell.cell(row.summary.final[2]) },
    Column("final_3xx", .integer, "final responses 3xx") { row, cell in cell.cell(row.summary.final[3]) },
    Column("final_4xx", .integer, "final responses 4xx") { row, cell in cell.cell(row.summary.final[4]) },
    Column("final_5xx", .integer, "final responses 5xx, and those with no valid status") { row, cell in
        cell.cell(row.summary.final[5])
    },
    Column("webdav_class", .integer, "WebDAV exchanges without a legacy construct") { row, cell in
        cell.cell(row.summary.webdavCurrent)
    },
    Column("webdav_legacy", .integer, "WebDAV exchanges with one") { row, cell in cell.cell(row.summary.webdavLegacy) },
    Column("violations", .integer, "findings: a MUST is broken") { row, cell in cell.cell(row.summary.violations) },
    Column("warnings", .integer, "findings: a risk, or a SHOULD is broken") { row, cell in
        cell.cell(row.summary.warnings)
    },
    Column("notes", .integer, "findings: worth knowing") { row, cell in cell.cell(row.summary.notes) },
    Column("wait_p50_ms", .milliseconds, "median of the waits") { row, cell in
        cell.cell(ms: row.summary.waits.percentiles([50])[0])
    },
    Column("wait_p99_ms", .milliseconds, "99th percentile of the waits") { row, cell in
        cell.cell(ms: row.summary.waits.percentiles([99])[0])
    },
    Column("wait_max_ms", .milliseconds, "longest wait") { row, cell in cell.cell(ms: row.summary.waits.max) },
    Column("longest_silence_ms", .milliseconds, "longest silence of any exchange") { row, cell in
        cell.cell(ms: row.summary.longestSilence)
    },
]
