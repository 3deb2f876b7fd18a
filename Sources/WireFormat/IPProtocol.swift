import CaptureModel

extension Cursor {
    /// What an IP protocol number (or IPv6 next header) says of the octets at the cursor.
    mutating func ipProtocol(_ number: UInt8, _ octets: Span<UInt8>) -> Layer {
        switch number {
        case 6: return .tcp
        case 17: return udp(octets)
        case 51: return authentication(octets)
        case 0, 60, 135, 139, 140: return extensionHeader(octets, isRouting: false)
        case 43: return extensionHeader(octets, isRouting: true)
        case 44: return fragmentHeader(octets)
        case 4: return enter(.ipInIP, then: .ipv4)
        case 41: return enter(.ipInIP, then: .ipv6)
        case 47: return .gre
        case 97: return etherIP(octets)
        case 115: return l2tpOverIP(octets)
        case 137: return enter(.mplsInIP, then: .mpls)
        default: return .skip(Self.leafReason(number) ?? .otherIPProtocol)
        }
    }

    /// Why a protocol never leads to a TCP segment; nil for one that may.
    static func leafReason(_ number: UInt8) -> SkipReason? {
        switch number {
        case 0, 4, 6, 17, 41, 43, 44, 47, 51, 60, 97, 115, 135, 137, 139, 140: nil
        case 1, 58: .icmp
        case 50: .encryptedESP
        case 132: .sctp
        default: .otherIPProtocol
        }
    }
}
