/// The kind of frame a capture holds: a LINKTYPE_ value of the registry at tcpdump.org, open for unknown numbers.
///
/// These are the numbers *in files*. libpcap's DLT_ values of a running system differ for a few of them (raw IP, for
/// one); `CaptureInput` translates, and nothing right of it sees a DLT_.
@usableFromInline
package struct LinkType: Hashable, Sendable {
    /// The LINKTYPE_ number.
    @usableFromInline package var rawValue: UInt16

    @inlinable
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// BSD loopback: a four-byte address family in the byte order of the capturing host.
    package static let null = LinkType(rawValue: 0)
    /// Ethernet (EN10MB).
    package static let ethernet = LinkType(rawValue: 1)
    /// Raw IP, version by the first nibble.
    package static let raw = LinkType(rawValue: 101)
    /// OpenBSD loopback: the address family in network byte order.
    package static let loop = LinkType(rawValue: 108)
    /// Linux "cooked" capture, as on the `any` device.
    package static let linuxSLL = LinkType(rawValue: 113)
    /// Raw IPv4.
    package static let ipv4 = LinkType(rawValue: 228)
    /// Raw IPv6.
    package static let ipv6 = LinkType(rawValue: 229)
    /// Linux "cooked" capture, version 2.
    package static let linuxSLL2 = LinkType(rawValue: 276)
}
