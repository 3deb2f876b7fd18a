import CaptureModel
import Testing

@testable import StreamAssembly

@Suite("What is held takes no more room than it should")
struct HeldTests {
    private let place = StreamPlace(time: Timestamp(nanoseconds: 0), frame: 1, capture: 0)

    /// A half that holds `count` pieces of a thousand octets, each behind a hole of one.
    private func half(_ count: Int, _ spares: inout SpareArrays) -> HeldSegments {
        var held = HeldSegments()
        let octets = [UInt8](repeating: 0x61, count: 1_000)
        for index in 0..<count {
            _ = held.insert(
                octets.span, length: 1_000, at: 1 + index * 1_001, place: place, acknowledged: nil, &spares)
        }
        return held
    }

    @Test("What a FIN cuts off is let go of, all or most of it")
    func cut() {
        for kept in [0, 5] {
            var spares = SpareArrays()
            var held = half(500, &spares)
            #expect(held.storedOctets == 500_000)
            held.cut(at: kept * 1_001, &spares)
            #expect(held.storedOctets == kept * 1_000)
            #expect(held.isEmpty == (kept == 0))
        }
    }

    @Test("What was told takes no room while more is held, and a half that waits long takes none to spare")
    func room() {
        var spares = SpareArrays()
        var held = half(500, &spares)
        for _ in 0..<490 {
            var (_, octets) = held.removeFirst()
            held.takeBack(&octets, &spares)
        }
        held.tidy(&spares)
        #expect(held.storedOctets == 10_000)
        held.shrink(&spares)
        #expect(held.room < 12_000)
        for index in 490..<500 {
            var (piece, octets) = held.removeFirst()
            #expect(piece.start == 1 + index * 1_001 && octets[piece.stored].allSatisfy { $0 == 0x61 })
            held.takeBack(&octets, &spares)
        }
        #expect(held.isEmpty && held.storedOctets == 0)
    }

    @Test("What was shrunk is not moved again while nothing changes, however the system rounds its room")
    func shrunkOnce() {
        var (spares, none) = (SpareArrays(), SpareArrays())
        var held = HeldSegments()
        let octets = [UInt8](repeating: 0x61, count: 50_000)
        for index in 0..<4 {
            _ = held.insert(
                octets.span, length: 50_000, at: 1 + index * 50_001, place: place, acknowledged: nil, &spares)
        }
        held.shrink(&spares)
        held.shrink(&none)
        var given: [UInt8] = []
        none.take(&given)
        #expect(given.capacity == 0)
        let before = held.room
        _ = held.insert(octets.span, length: 50_000, at: 300_000, place: place, acknowledged: nil, &spares)
        #expect(held.room > before + 100_000)
        held.shrink(&none)
        none.take(&given)
        #expect(given.capacity > 0 && held.room < before + 60_000)
    }

    @Test("The array of a half serves the next one")
    func serves() {
        var spares = SpareArrays()
        var first = half(100, &spares)
        while !first.isEmpty {
            var (piece, octets) = first.removeFirst()
            #expect(octets[piece.stored].allSatisfy { $0 == 0x61 } && piece.captured == 1_000)
            first.takeBack(&octets, &spares)
        }
        #expect(first.storedOctets == 0)
        let second = half(3, &spares)
        #expect(second.storedOctets == 3_000)
    }
}
