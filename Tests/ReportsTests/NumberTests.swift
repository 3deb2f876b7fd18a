import CaptureModel
import Foundation
import Testing

@testable import Reports

/// A fixed series of pseudorandom numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Numbers and times as text")
struct NumberTests {
    private func text(_ write: (inout OctetBuffer) -> Void) -> String {
        var octets = OctetBuffer()
        write(&octets)
        return octets.string
    }

    @Test(
        "Milliseconds have one to six decimals",
        arguments: [
            (2_009_100_000, "2009.1"), (0, "0.0"), (-3_250_000, "-3.25"), (1, "0.000001"), (-1, "-0.000001"),
            (1_000_000, "1.0"), (100_000, "0.1"), (123_456, "0.123456"), (.max, "9223372036854.775807"),
            (.min, "-9223372036854.775808"),
        ] as [(Int64, String)])
    func milliseconds(nanoseconds: Int64, expected: String) {
        #expect(text { $0.milliseconds(nanoseconds) } == expected)
    }

    @Test("Milliseconds and integers give the number back", arguments: [1, 2, 3] as [UInt64])
    func numbers(seed: UInt64) throws {
        var random = Seeded(state: seed)
        for _ in 0..<2000 {
            let value = Int64(bitPattern: random.next()) >> Int64(random.next() % 63)
            let written = text { $0.milliseconds(value) }
            let parts = written.split(separator: ".")
            try #require(parts.count == 2 && (1...6).contains(parts[1].count))
            #expect(parts[1].count == 1 || !parts[1].hasSuffix("0"))
            let digits = parts[0] + parts[1] + String(repeating: "0", count: 6 - parts[1].count)
            #expect(Int64(digits) == value, "\(written)")
            #expect(text { $0.decimal(Int(value)) } == String(value))
            #expect(text { $0.decimal(UInt64(bitPattern: value)) } == String(UInt64(bitPattern: value)))
        }
    }

    @Test(
        "Times at the edges of what 64 bits hold, and around the Unix epoch",
        arguments: [
            (.min, "1677-09-21T00:12:43.145224192Z"), (.max, "2262-04-11T23:47:16.854775807Z"),
            (0, "1970-01-01T00:00:00.000000000Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
            (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
            (1_795_433_409_567_123_000, "2026-11-23T11:30:09.567123000Z"),
        ] as [(Int64, String)])
    func edges(nanoseconds: Int64, expected: String) {
        #expect(text { $0.time(Timestamp(nanoseconds: nanoseconds)) } == expected)
    }

    @Test("Times agree with the calendar", arguments: [4, 5] as [UInt64])
    func times(seed: UInt64) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var random = Seeded(state: seed)
        for _ in 0..<500 {
            let seconds = Int64.random(in: -9_223_372_036...9_223_372_035, using: &random)
            let fraction = Int64.random(in: 0..<1_000_000_000, using: &random)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
            let expected = String(
                format: "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0,
                parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0, Int(fraction))
            #expect(text { $0.time(Timestamp(seconds: seconds, nanoseconds: fraction)) } == expected)
        }
    }

    @Test("Endpoints are written as they describe themselves", arguments: [6] as [UInt64])
    func endpoints(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<200 {
            let address =
                random.next() % 2 == 0
                ? IPAddress(ipv4: UInt32(truncatingIfNeeded: random.next()))
                : IPAddress(ipv6High: random.next() & random.next(), low: random.next() % 3)
            let endpoint = Endpoint(address: address, port: UInt16(truncatingIfNeeded: random.next()))
            #expect(text { $0.endpoint(endpoint) } == endpoint.description)
        }
    }
}
