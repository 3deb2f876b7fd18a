import CaptureInput
import Testing

@Suite("Inputs that are no captures")
struct BadInputTests {
    @Test(
        "What a file is instead is said by its first bytes",
        arguments: [
            ([], .empty, "a: is empty: nothing was captured, or it has not been written yet"),
            (
                Array("BZh91AY&SY".utf8), .notACapture,
                "a: is neither pcap nor pcapng: it looks like bzip2-compressed data; unpack it first (bzip2 -d)"
            ),
            (
                Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8), .notACapture,
                #"a: is neither pcap nor pcapng: it begins with "GET / HTTP/1.1\x0d\x0a""#
            ),
            (
                Array("a.pcap".utf8) + Array(repeating: 0, count: 251) + Array("ustar".utf8), .notACapture,
                "a: is neither pcap nor pcapng: it looks like a tar archive; unpack it first (tar -xf)"
            ),
            ([0xff], .notACapture, #"a: is neither pcap nor pcapng: it begins with "\xff""#),
            (Array("{}".utf8), .notACapture, "a: is neither pcap nor pcapng: it looks like JSON"),
            ([0x0a, 0x0d], .truncated, "a: cut at byte 0: only 2 bytes of the file header are there"),
            ([0x4d, 0x3c, 0xb2, 0xa1], .truncated, "a: cut at byte 0: only 4 bytes of the file header are there"),
        ] as [([UInt8], CaptureError.Code, String)])
    func foreign(bytes: [UInt8], code: CaptureError.Code, sentence: String) {
        let reading = Reading(CaptureBytes(bytes: bytes))
        #expect(reading.outcome.error?.code == code)
        #expect(reading.sentence == sentence)
        #expect(reading.outcome.facts == nil)
        #expect(reading.packets.isEmpty)
    }

    @Test("A version of pcap that nobody knows is said to be one")
    func version() {
        let reading = Reading(.pcap(version: (9, 1)))
        #expect(reading.outcome.error?.code == .unsupportedVersion)
        #expect(reading.sentence == "a: unsupported pcap savefile version 9.1")
    }

    @Test("A path to nothing, or to a folder, is said to be one")
    func paths() {
        let folder = TemporaryFolder()
        let file = folder.write([1])
        #expect(Reading(["/none/such"]).outcome.error?.sentence == "/none/such: no such file; check the name")
        #expect(Reading(["\(file)/b"]).outcome.error?.code == .noSuchFile)
        #expect(
            Reading([folder.path]).outcome.error?.sentence
                == "\(folder.path): is a directory; name the capture files in it")
    }

    @Test("No files at all are no packets")
    func nothing() {
        let reading = Reading([])
        #expect(reading.packets.isEmpty)
        #expect(reading.outcomes.isEmpty)
    }
}
