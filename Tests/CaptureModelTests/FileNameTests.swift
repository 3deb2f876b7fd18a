import CaptureModel
import Testing

@Suite("Names of files")
struct FileNameTests {
    @Test("Any octets become text and octets again, and UTF-8 stays as it is")
    func both() {
        let names: [[UInt8]] = [
            Array("büro/日本語 😀.pcap".utf8), [0xff], [0x61, 0xc3], [0xc3, 0x28], [0xe6, 0x97], [0xed, 0xa0, 0x80],
            [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80], [0x80, 0xc3, 0xbc, 0xfe], [],
        ]
        for name in names { #expect(FileName.octets(FileName.text(name)) == name) }
        #expect(Set(names.map(FileName.text)).count == names.count)
        #expect(FileName.text(names[0]) == "büro/日本語 😀.pcap")
        #expect(FileName.text([0x61, 0xff]) == "a\u{10ffff}")
        var random = SystemRandomNumberGenerator()
        for _ in 0..<1_000 {
            let name = (0..<12).map { _ in UInt8.random(in: 1...255, using: &random) }
            #expect(FileName.octets(FileName.text(name)) == name)
        }
    }

    @Test("C has the octets, with a zero behind them")
    func cString() {
        let octets = unsafe FileName.withCString("a\u{10ffff}") { unsafe [$0[0], $0[1], $0[2]] }
        #expect(octets == [0x61, -1, 0])
    }
}
