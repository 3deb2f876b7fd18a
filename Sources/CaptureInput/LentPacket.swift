import CaptureModel

/// The packet at which a reading stands. The reader of the format fills in what it knows, the file its number; the
/// bytes are the reader's, and live until it is asked for the next packet or goes away.
@safe struct LentPacket {
    var record: PacketRecord
    var bytes: UnsafeBufferPointer<UInt8>

    /// No packet.
    init() {
        record = PacketRecord(
            time: Timestamp(nanoseconds: 0), frame: 0, capture: 0, linkType: .ethernet, originalLength: 0)
        unsafe bytes = UnsafeBufferPointer(start: nil, count: 0)
    }
}
