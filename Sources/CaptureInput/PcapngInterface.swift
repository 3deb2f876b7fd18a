import CaptureModel

/// One interface of a pcapng section: what its packets share.
struct PcapngInterface {
    var linkType: LinkType
    /// The most octets that were kept of a packet; 0 for no limit.
    var snaplen: Int
    var clock: PcapngClock
}

/// How an interface counts time: options if_tsresol and if_tsoffset (draft-ietf-opsawg-pcapng section 4.2).
struct PcapngClock {
    /// Nanoseconds in a tick, where that is a whole number; 0 otherwise.
    private let nanosecondsPerTick: UInt64
    /// Ticks in a second; 0 for more than 128 bits hold.
    private let ticksPerSecond: UInt128
    /// Seconds to add.
    private let offset: Int64

    /// `resolution` is the option's octet: ticks of 10^-n seconds, or of 2^-n with the highest bit set.
    init(resolution: UInt8 = 6, offset: Int64 = 0) {
        let exponent = Int(resolution & 0x7f)
        if resolution & 0x80 != 0 {
            ticksPerSecond = 1 << UInt128(exponent)
        } else {
            ticksPerSecond = exponent <= 38 ? (0..<exponent).reduce(1) { ticks, _ in ticks * 10 } : 0
        }
        let nanoseconds: UInt128 = 1_000_000_000
        let isWhole = ticksPerSecond != 0 && nanoseconds % ticksPerSecond == 0
        nanosecondsPerTick = isWhole ? UInt64(nanoseconds / ticksPerSecond) : 0
        self.offset = offset
    }

    /// The moment of a time stamp, rounded down to a nanosecond and clamped to what a `Timestamp` holds.
    @inline(__always)
    func time(_ ticks: UInt64) -> Timestamp {
        let (product, overflow) = ticks.multipliedReportingOverflow(by: nanosecondsPerTick)
        if nanosecondsPerTick != 0, !overflow, offset == 0, let nanoseconds = Int64(exactly: product) {
            return Timestamp(nanoseconds: nanoseconds)
        }
        return wideTime(ticks)
    }

    private func wideTime(_ ticks: UInt64) -> Timestamp {
        let elapsed = ticksPerSecond == 0 ? 0 : UInt128(ticks) * 1_000_000_000 / ticksPerSecond  // below 2^94
        return Timestamp(nanoseconds: Int64(clamping: Int128(elapsed) + Int128(offset) * 1_000_000_000))
    }
}
