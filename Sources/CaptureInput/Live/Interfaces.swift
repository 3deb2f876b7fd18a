import CLibpcap
package import CaptureModel
import Glibc

/// An interface that can be captured on.
package struct Interface: Sendable {
    /// Its name, as `LiveOptions` takes it.
    package var name: String
    /// What the system says of it, where it says anything.
    package var description: String?
    package var isUp: Bool
    package var isLoopback: Bool
    package var isWireless: Bool
    package var addresses: [IPAddress]

    /// All interfaces of this system that can be captured on, in its order. Throws `deviceFailed`.
    package static func all() throws(CaptureError) -> [Interface] {
        var first: UnsafeMutablePointer<pcap_if_t>?
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard unsafe pcap_findalldevs(&first, &message) == 0 else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw CaptureError(code: .deviceFailed, reason: "the interfaces cannot be listed: \(reason)")
        }
        defer { unsafe pcap_freealldevs(first) }
        var found: [Interface] = []
        var next = unsafe first
        while let device = unsafe next {
            unsafe found.append(Interface(device.pointee))
            unsafe next = device.pointee.next
        }
        return found
    }

    private init(_ device: pcap_if_t) {
        unsafe name = String(cString: device.name)
        description = unsafe device.description.map { unsafe String(cString: $0) }
        let flags = unsafe device.flags
        isUp = flags & UInt32(PCAP_IF_UP) != 0
        isLoopback = flags & UInt32(PCAP_IF_LOOPBACK) != 0
        isWireless = flags & UInt32(PCAP_IF_WIRELESS) != 0
        addresses = []
        var next = unsafe device.addresses
        while let entry = unsafe next {
            if let address = unsafe entry.pointee.addr, let known = unsafe IPAddress(address) {
                addresses.append(known)
            }
            unsafe next = entry.pointee.next
        }
    }
}

extension IPAddress {
    /// The address in a socket address; `nil` for other families.
    fileprivate init?(_ address: UnsafePointer<sockaddr>) {
        let raw = unsafe UnsafeRawPointer(address)
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            self.init(ipv4: UInt32(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        case AF_INET6:
            self.init(
                ipv6High: UInt64(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                low: UInt64(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
        default: return nil
        }
    }
}
