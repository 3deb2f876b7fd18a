import CaptureModel
import Testing

@Suite("Addresses as text")
struct AddressTextTests {
    @Test(
        "IPv6 in the form of RFC 5952",
        arguments: [
            (0xfd09_0003_0000_0000, 1, "fd09:3::1"),
            (0, 0, "::"),
            (0, 1, "::1"),
            (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
            (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
            (0xfe80_0000_0000_0000, 0, "fe80::"),
            (0, 0x0000_ffff_0a09_0301, "::ffff:10.9.3.1"),
        ] as [(UInt64, UInt64, String)])
    func ipv6(high: UInt64, low: UInt64, text: String) {
        #expect(IPAddress(ipv6High: high, low: low).description == text)
    }

    @Test("An endpoint names its port, IPv6 in brackets")
    func endpoint() {
        #expect(Endpoint(address: IPAddress(ipv4: 0x0a09_0301), port: 40472).description == "10.9.3.1:40472")
        #expect(Endpoint(address: IPAddress(ipv6High: 0, low: 1), port: 80).description == "[::1]:80")
    }
}
