/// How much a dissector lets wait and how deep it goes.
@usableFromInline
package struct DissectionLimits: Sendable {
    /// Tunnels inside each other in one packet. Real networks nest two or three; a forged packet could nest hundreds.
    package var tunnelDepth: Int
    /// IP datagrams that wait for their fragments.
    package var fragmentedDatagrams: Int
    /// Octets of fragments that wait, in all.
    package var fragmentOctets: Int
    /// Nanoseconds of packet time that a datagram waits (RFC 8200 section 4.5 says 60 s, Linux does 30 s for IPv4).
    package var fragmentAge: Int64

    @usableFromInline
    package init(
        tunnelDepth: Int = 8, fragmentedDatagrams: Int = 1_024, fragmentOctets: Int = 8 << 20,
        fragmentAge: Int64 = 30_000_000_000
    ) {
        self.tunnelDepth = tunnelDepth
        self.fragmentedDatagrams = fragmentedDatagrams
        self.fragmentOctets = fragmentOctets
        self.fragmentAge = fragmentAge
    }
}
