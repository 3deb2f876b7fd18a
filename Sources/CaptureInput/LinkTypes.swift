package import CaptureModel
import CLibpcap

extension LinkType {
    /// From the number in a file. A few numbers that old systems wrote, their own DLT_ values, become the LINKTYPE_
    /// values that the registry has for the same frames.
    init(inFile number: UInt16) {
        self.init(rawValue: Self.registered[number] ?? number)
    }

    /// The registry's name without its LINKTYPE_ prefix, as libpcap knows it (`EN10MB`, `LINUX_SLL2`), or
    /// `LINKTYPE_147` for a number that libpcap does not know.
    package var name: String {
        guard let text = unsafe pcap_datalink_val_to_name(dataLinkType) else { return "LINKTYPE_\(rawValue)" }
        return unsafe String(cString: text)
    }

    /// libpcap's DLT_ value for these frames on this system.
    var dataLinkType: Int32 {
        switch rawValue {
        case 100: DLT_ATM_RFC1483
        case 101: DLT_RAW
        case 102: DLT_SLIP_BSDOS
        case 103: DLT_PPP_BSDOS
        case 106: DLT_ATM_CLIP
        case 246: DLT_PFSYNC
        case 258: DLT_PKTAP
        default: Int32(rawValue)
        }
    }

    /// The most octets that a classic file's record of such a frame may have; the same bounds as libpcap's
    /// (`max_snaplen_for_dlt`). Messages of D-Bus (231), of an EBHSCR (279) and over USB (249) are longer than frames of
    /// a network.
    var longestPacket: Int {
        switch rawValue {
        case 231: 128 << 20
        case 279: 8 << 20
        case 249: 1 << 20
        default: 256 << 10
        }
    }

    /// DLT_ values below 100 with which files were written before the registry gave them numbers of their own: raw IP
    /// (12 on most systems, 14 on OpenBSD), ATM with RFC 1483 headers, Classical IP over ATM.
    private static let registered: [UInt16: UInt16] = [11: 100, 12: 101, 14: 101, 19: 106]
}
