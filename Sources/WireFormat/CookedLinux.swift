import CaptureModel

/// Link layers that an operating system makes up: Linux "cooked" captures and the loopback of the BSDs.
extension Cursor {
    /// LINKTYPE_LINUX_SLL: type, ARPHRD_, address length, address in eight octets, protocol.
    @inline(__always)
    mutating func cooked(_ octets: Span<UInt8>) -> Layer {
        guard has(16) else { return shortLink(16) }
        let (hardware, type) = (octets.big16(at + 2), octets.big16(at + 14))
        return skip(16, then: cookedPayload(hardware, type))
    }

    /// LINKTYPE_LINUX_SLL2: protocol, two reserved octets, interface index, ARPHRD_, type, address.
    @inline(__always)
    mutating func cooked2(_ octets: Span<UInt8>) -> Layer {
        guard has(20) else { return shortLink(20) }
        let (hardware, type) = (octets.big16(at + 8), octets.big16(at))
        return skip(20, then: cookedPayload(hardware, type))
    }

    /// The protocol field is an EtherType, but for the ARPHRD_ types whose own header follows and for Linux's numbers
    /// below 1536.
    @inline(__always)
    private func cookedPayload(_ hardware: UInt16, _ type: UInt16) -> Layer {
        switch (hardware, type) {
        case (770, _): .frameRelay
        case (801, _): .ieee80211(isPadded: false)
        case (802, _): .wirelessMonitor
        case (803, _): .radiotap
        case (_, 0x0004): .llc
        case (_, ...0x05ff): .skip(.otherEtherType)
        default: .etherType(type)
        }
    }

    /// LINKTYPE_NULL and LINKTYPE_LOOP: an address family in four octets, in the byte order of the capturing host or
    /// of the network. A family is a small number, which tells the order.
    mutating func loopback(_ octets: Span<UInt8>) -> Layer {
        guard has(4) else { return shortLink(4) }
        let little = octets.little32(at)
        return skip(4, then: family(little <= 0xffff ? little : octets.big32(at)))
    }

    /// An AF_ number: 2 is IPv4 everywhere; IPv6 is 10 on Linux, 24, 28 and 30 on the BSDs and macOS, 26 on Solaris.
    func family(_ number: UInt32) -> Layer {
        switch number {
        case 2: .ipv4
        case 10, 24, 26, 28, 30: .ipv6
        default: .skip(.otherEtherType)
        }
    }
}
