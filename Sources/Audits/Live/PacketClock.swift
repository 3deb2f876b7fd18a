import CaptureModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Packet time that goes on while no packet comes: the time of the last one, and what has passed since it was read by a
/// clock that nobody sets.
struct PacketClock {
    private var packet: Timestamp?
    private var read: Int64 = 0

    /// Nanoseconds of a clock that nobody sets.
    static var monotonic: Int64 {
        var time = timespec()
        // It writes to the given place only, and cannot fail for a clock that every system has.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// A packet of this time was read at this moment.
    mutating func set(_ packet: Timestamp, readAt moment: Int64) {
        self.packet = packet
        read = moment
    }

    /// Packet time at a moment; `nil` before the first packet.
    func time(at moment: Int64) -> Timestamp? {
        packet.map { Timestamp(nanoseconds: $0.nanoseconds &+ max(0, moment - read)) }
    }
}
