/// How an interface is captured on.
package struct LiveOptions: Sendable {
    /// The interface's name; `any` is all of them (Linux).
    package var interface: String
    /// A BPF expression (pcap-filter(7)), which the kernel applies; `nil` for all packets.
    package var filter: String?
    /// The most octets kept of a packet: what tcpdump keeps.
    package var snaplen = 262_144
    /// Octets that the kernel holds for us: 32 MiB, a quarter of a second at a gigabit a second.
    package var bufferOctets = 32 << 20
    /// Whether frames for other hosts are wanted too.
    package var isPromiscuous = false
    /// Whether a wireless interface leaves its network to hear all.
    package var usesMonitorMode = false
    /// Whether the kernel gives each packet at once, and not gathered for `gatheringMilliseconds`: dearer by the packet.
    package var isImmediate = false

    /// How long the kernel gathers packets before it wakes us, in milliseconds. Half of it is the usual delay.
    package static let gatheringMilliseconds: Int32 = 40

    package init(interface: String) {
        self.interface = interface
    }
}

/// What the system counted of a capture on a device, since it began (pcap_stats(3PCAP)).
package struct DeviceCounters: Hashable, Sendable {
    /// Packets that the filter let through, those dropped for want of room included.
    package var received: UInt64 = 0
    /// Packets dropped because the buffer was full: we were too slow.
    package var droppedByKernel: UInt64 = 0
    /// Packets that the interface or its driver dropped.
    package var droppedByInterface: UInt64 = 0

    package init() {}

    /// All packets that are missing.
    package var dropped: UInt64 { droppedByKernel &+ droppedByInterface }

    /// Takes the system's counts, which have 32 bits and go round, after `before`.
    mutating func add(_ now: (UInt32, UInt32, UInt32), since before: (UInt32, UInt32, UInt32)) {
        received &+= UInt64(now.0 &- before.0)
        droppedByKernel &+= UInt64(now.1 &- before.1)
        droppedByInterface &+= UInt64(now.2 &- before.2)
    }
}
