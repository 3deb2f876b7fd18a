import CaptureModel

/// One packet as its file gives it. The bytes are the reader's and live until it is asked for the next packet.
@safe struct CapturedPacket {
    var time: Timestamp
    var linkType: LinkType
    var originalLength: Int
    let bytes: UnsafeBufferPointer<UInt8>
}

/// What turns the bytes of one format into packets.
protocol PacketReader: AnyObject {
    /// The next packet; nil at an end that is no cut. After a fault there is nothing more to be had.
    func next() throws(InputFault) -> CapturedPacket?
}
