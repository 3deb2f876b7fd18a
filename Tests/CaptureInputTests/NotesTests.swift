import CaptureInput
import Testing

@Suite("Notes in captures")
struct NotesTests {
    @Test("Comments of section, interface and packet are kept with the packet's number", arguments: [false, true])
    func comments(littleEndian: Bool) throws {
        var file = CaptureBytes(isLittleEndian: littleEndian)
        file.block(
            0x0a0d_0d0a,
            file.body {
                $0.number(UInt32(0x1a2b_3c4d))
                $0.number(UInt16(1))
                $0.number(UInt16(0))
                $0.number(Int64(-1))
                $0.option(1, Array("of the section".utf8))
                $0.option(3, Array("Linux".utf8))
            })
        file.block(
            1,
            file.body {
                $0.number(UInt64(littleEndian ? 1 : 1 << 48))
                $0.option(1, Array("of the interface".utf8))
            })
        file.enhanced(ticks: 1, [1])
        file.simple([2])
        for type in [6, 2] as [UInt32] {
            file.block(
                type,
                file.body {
                    for number in [0, 0, 7, 3, 3] as [UInt32] { $0.number(number) }
                    $0.bytes += [1, 2, 3, 0]
                    $0.option(2, [1, 2, 3, 4])
                    $0.option(1, Array("of packet".utf8))
                    $0.option(1, Array("another".utf8))
                    $0.option(0, [])
                    $0.option(1, Array("behind the end".utf8))
                })
        }
        let reading = Reading(file)
        #expect(reading.packets.count == 4 && reading.outcome.error == nil)
        let notes = try #require(reading.outcome.facts?.notes)
        #expect(
            notes.comments.map { "\($0.packet ?? 0) \(String(decoding: $0.text, as: UTF8.self))" } == [
                "0 of the section", "0 of the interface", "3 of packet", "3 another", "4 of packet", "4 another",
            ])
        #expect(notes.omitted == 0)
    }

    @Test("Secrets are kept as they are; a block that lies about its length has none")
    func secrets() throws {
        var file = CaptureBytes.pcapng(littleEndian: false)
        for claimed in [5, 8, 9, .max] as [UInt32] {
            file.block(
                10,
                file.body {
                    $0.number(UInt32(0x544c_534b))
                    $0.number(claimed)
                    $0.bytes += Array("CLIENT_R".utf8)
                })
        }
        let secrets = try #require(Reading(file).outcome.facts?.notes.secrets)
        #expect(secrets.map(\.kind) == [0x544c_534b, 0x544c_534b])
        #expect(secrets.map { String(decoding: $0.octets, as: UTF8.self) } == ["CLIEN", "CLIENT_R"])
    }

    @Test("What goes beyond the bounds is left out and counted")
    func bounds() throws {
        var file = CaptureBytes.pcapng()
        for _ in 0..<2_000 {
            file.block(
                1,
                file.body {
                    $0.number(UInt64(1))
                    $0.option(1, [])
                })
        }
        for _ in 0..<3 {
            file.block(
                10,
                file.body {
                    $0.number(UInt32(1))
                    $0.number(UInt32(500_000))
                    $0.bytes += [UInt8](repeating: 9, count: 500_000)
                })
        }
        let notes = try #require(Reading(file).outcome.facts?.notes)
        #expect(notes.comments.count == 1_024)
        #expect(notes.secrets.count == 2)
        #expect(notes.omitted == 2_000 - 1_024 + 1)
    }
}
