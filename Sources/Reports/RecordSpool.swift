/// Encoded records that have to wait for their turn: in memory at first, beyond 1 MiB in a temporary file.
struct RecordSpool {
    private var recent: [UInt8] = []
    private var file: TemporaryFile?
    private var isEmpty = true

    /// How much stays in memory.
    static let memoryLimit = 1 << 20

    /// Appends one record; `encode` is told whether it is the first.
    mutating func add(_ encode: (inout [UInt8], Bool) -> Void) throws(ReportError) {
        encode(&recent, isEmpty)
        isEmpty = false
        guard recent.count > RecordSpool.memoryLimit else { return }
        let file = if let file { file } else { try TemporaryFile() }
        self.file = file
        try file.append(&recent)
    }

    /// Writes all records in their order.
    func copy(to sink: inout ByteSink) throws(ReportError) {
        try file?.copy(to: &sink)
        sink.pending.octets(recent.span)
        try sink.flushIfFull()
    }
}
