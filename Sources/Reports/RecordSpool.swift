/// Encoded records that have to wait for their turn: in memory at first, beyond 1 MiB in a temporary file.
final class RecordSpool {
    private var recent = OctetBuffer()
    private var file: TemporaryFile?
    private var isEmpty = true

    /// How much stays in memory.
    static let memoryLimit = 1 << 20

    /// Appends one record; `encode` is told whether it is the first.
    func add(_ encode: (inout OctetBuffer, Bool) -> Void) throws(ReportError) {
        encode(&recent, isEmpty)
        isEmpty = false
        guard recent.count > RecordSpool.memoryLimit else { return }
        let file = if let file { file } else { try TemporaryFile() }
        self.file = file
        try file.append(recent)
        recent.removeAll()
    }

    /// Writes all records in their order.
    func copy(to sink: inout ByteSink) throws(ReportError) {
        try file?.copy(to: &sink)
        recent.withSpan { sink.pending.append(copying: $0) }
        try sink.flushIfFull()
    }
}
