/// Why a frame gave no TCP segment: a row of the report's `skipped` table, one for each frame that delivered nothing.
///
/// "Truncated" means that the capture cut what was on the wire (snap length); "malformed" that the wire itself was
/// wrong.
@usableFromInline
package enum SkipReason: String, CaseIterable, Sendable {
    /// A UDP datagram, or a UDP tunnel whose content makes no sense.
    case udp
    /// ARP or RARP.
    case arp
    /// ICMP or ICMPv6; the packet that an ICMP error quotes is not a segment.
    case icmp
    /// SCTP.
    case sctp
    /// An IP protocol that is neither TCP nor one of those above nor a tunnel.
    case otherIPProtocol = "other_ip_protocol"
    /// A network protocol other than IP, by its EtherType, address family or network layer protocol identifier.
    case otherEtherType = "other_ethertype"
    /// A PPP protocol other than IP and MPLS: link control, authentication, compressed or encrypted data.
    case otherPPPProtocol = "other_ppp_protocol"
    /// An 802.2 LLC frame without SNAP: spanning tree, IS-IS, NetBEUI.
    case llc
    /// The capture cut the frame within its link layer headers or a tunnel's.
    case truncatedLink = "truncated_link"
    /// The capture cut the packet within its IP header or extension headers.
    case truncatedIP = "truncated_ip"
    /// The capture cut the packet before the flags of its TCP header.
    case truncatedTCP = "truncated_tcp"
    /// A link layer or tunnel header that contradicts itself or ends early.
    case malformedLink = "malformed_link"
    /// An IP header, extension header or fragment that contradicts itself or the frame.
    case malformedIP = "malformed_ip"
    /// A TCP header that contradicts itself or does not fit in its packet.
    case malformedTCP = "malformed_tcp"
    /// A fragment of an IP datagram that is not complete yet; the one that completes it delivers the segment.
    case fragmentPending = "fragment_pending"
    /// A fragment of an IP datagram that was complete a moment ago.
    case fragmentDuplicate = "fragment_duplicate"
    /// A fragment that alone exceeds what `DissectionLimits` lets wait.
    case fragmentLimit = "fragment_limit"
    /// More tunnels or tags inside each other than `DissectionLimits` allows.
    case tunnelDepth = "tunnel_depth"
    /// A link type that `LinkLayers` cannot read.
    case unknownLinkType = "unknown_link_type"
    /// A TCP checksum that is wrong, where checksums are verified.
    case badChecksum = "bad_checksum"
    /// IPsec ESP.
    case encryptedESP = "encrypted_esp"
    /// IEEE 802.1AE MACsec with its content encrypted.
    case encryptedMACsec = "encrypted_macsec"
    /// An IEEE 802.11 data frame that is encrypted.
    case ieee80211Protected = "ieee80211_protected"
    /// An IEEE 802.11 management, control or extension frame, or a data frame without data.
    case ieee80211NoData = "ieee80211_no_data"
    /// An IEEE 802.11 fragment; these are not put together.
    case ieee80211Fragment = "ieee80211_fragment"
    /// An IEEE 802.11 frame whose check sequence was wrong when it was captured.
    case ieee80211BadFCS = "ieee80211_bad_fcs"

    /// True for a reason that leaves no doubt about what came before: the packet was understood until there. The
    /// others would also follow from taking plain UDP for a tunnel.
    var isUnderstood: Bool {
        switch self {
        case .otherIPProtocol, .otherEtherType, .otherPPPProtocol, .llc, .malformedLink, .malformedIP, .malformedTCP,
            .unknownLinkType:
            false
        default: true
        }
    }
}
