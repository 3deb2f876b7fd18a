import Testing

@testable import Reports

@Suite("The buffer that reports are made in")
struct OctetBufferTests {
    private func copied(_ octets: [UInt8], but stop: UInt8, lowerCase: Bool) -> [UInt8]? {
        var buffer = OctetBuffer()
        buffer.append(UInt8(ascii: "<"))
        let isPlain = buffer.appendPlain(octets.span, but: stop, lowerCase: lowerCase)
        buffer.append(UInt8(ascii: ">"))
        let whole = buffer.withSpan { span in span.indices.map { span[$0] } }
        #expect(whole.first == UInt8(ascii: "<") && whole.last == UInt8(ascii: ">"))
        #expect(isPlain || whole.count == 2)
        return isPlain ? Array(whole.dropFirst().dropLast()) : nil
    }

    @Test("Every octet at every place of every short length is copied or refused as one looked at alone")
    func plain() {
        for length in 0...26 {
            for place in 0..<max(length, 1) {
                for octet in UInt8.min...UInt8.max where length > 0 || octet == 0 {
                    var octets = (0..<length).map { UInt8(ascii: "A") + UInt8($0) }
                    if length > 0 { octets[place] = octet }
                    let isPlain = length == 0 || (0x20...0x7e ~= octet && ![0x22, 0x5c, 0x2c].contains(octet))
                    #expect(copied(octets, but: 0x2c, lowerCase: false) == (isPlain ? octets : nil), "\(octets)")
                    let lower = octets.map { 0x41...0x5a ~= $0 ? $0 + 0x20 : $0 }
                    #expect(copied(octets, but: 0x2c, lowerCase: true) == (isPlain ? lower : nil), "\(octets)")
                }
            }
        }
    }

    @Test("It grows as need be and keeps what it has")
    func growth() {
        var buffer = OctetBuffer(capacity: 0)
        var expected: [UInt8] = []
        for round in 0..<300 {
            let more = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: round)
            buffer.append(copying: more.span)
            buffer.literal("ab")
            buffer.digits(12_345, count: 3)
            expected += more + Array("ab345".utf8)
        }
        #expect(buffer.withSpan { span in span.indices.map { span[$0] } } == expected)
        buffer.removeAll()
        #expect(buffer.count == 0)
    }
}
