import CaptureModel
package import Exchanges
import HTTP1

/// What makes an exchange worth a look: found in one cheap pass, so that the rules cost nothing where all is plain.
package struct ExchangeTraits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// It has an interim response.
    package static let interim = ExchangeTraits(rawValue: 1 << 0)
    /// It has a 102.
    package static let processing = ExchangeTraits(rawValue: 1 << 1)
    /// Its request was captured, and no final response was seen.
    package static let withoutFinal = ExchangeTraits(rawValue: 1 << 2)
    /// Its request has content and asks for a 100 first.
    package static let expectsContinue = ExchangeTraits(rawValue: 1 << 3)
    /// A silence reached the threshold.
    package static let longSilence = ExchangeTraits(rawValue: 1 << 4)
    /// The capture cannot prove all of it.
    package static let notWhole = ExchangeTraits(rawValue: 1 << 5)
    /// No request waited for it.
    package static let stray = ExchangeTraits(rawValue: 1 << 6)
    /// It may hold a construct of RFC 2518: a sign that is cheap to see, not the proof.
    package static let maybeLegacy = ExchangeTraits(rawValue: 1 << 7)

    // What interim responses, an expectation and a change of protocol give (`MessageSigns.swift`).

    /// It has a 100.
    package static let continued = ExchangeTraits(rawValue: 1 << 8)
    /// It has a 103.
    package static let hints = ExchangeTraits(rawValue: 1 << 9)
    /// It has a 1xx that is not registered.
    package static let unregistered = ExchangeTraits(rawValue: 1 << 10)
    /// It has more interim responses than some software survives.
    package static let crowded = ExchangeTraits(rawValue: 1 << 11)
    /// An interim response may have a field that it should not have: a sign that is cheap to see, not the proof.
    package static let maybeOddInterim = ExchangeTraits(rawValue: 1 << 12)
    /// It has an interim response, and its client closed or sent its next request before the exchange was over.
    package static let clientActed = ExchangeTraits(rawValue: 1 << 13)
    /// It has an interim response, and its request speaks HTTP/1.0.
    package static let interimToOld = ExchangeTraits(rawValue: 1 << 14)
    /// Its request has an Expect field.
    package static let expectation = ExchangeTraits(rawValue: 1 << 15)
    /// Its final response is 101.
    package static let switched = ExchangeTraits(rawValue: 1 << 16)
    /// A line inside a header section looks like a status line.
    package static let nestedStatusLine = ExchangeTraits(rawValue: 1 << 17)
    /// Octets of the server were missed while it waited for its final response.
    package static let missedInWait = ExchangeTraits(rawValue: 1 << 18)

    /// The traits of an exchange. It asks for the cheapest first, and for times only where the whole lasted long enough.
    package init(of exchange: borrowing Exchange, silenceThreshold: Int64) {
        var traits: ExchangeTraits = []
        if exchange.final == nil, exchange.request != nil { traits.insert(.withoutFinal) }
        if !exchange.integrity.isEmpty { traits.insert(.notWhole) }
        if exchange.stray { traits.insert(.stray) }
        if let first = exchange.request?.first.time, exchange.end.time.since(first) > silenceThreshold,
            exchange.timing.longestSilence ?? 0 > silenceThreshold
        {
            traits.insert(.longSilence)
        }
        if exchange.oddities.contains(.nestedStatusLine) { traits.insert(.nestedStatusLine) }
        if exchange.missedInWait > 0 { traits.insert(.missedInWait) }
        if exchange.final?.status == 101 { traits.insert(.switched) }
        traits.formUnion(exchange.interimSigns)
        traits.formUnion(exchange.expectSigns)
        if exchange.hasSignOfAge { traits.insert(.maybeLegacy) }
        self = traits
    }
}

extension Exchange {
    /// Whether `legacyConstruct` is worth asking for, 102 apart: a field line whose name has the length and the first
    /// letter of Timeout (in a request), Status-URI or MS-Author-Via, or an element found already.
    fileprivate var hasSignOfAge: Bool {
        if legacyElement != nil { return true }
        let (octets, lines) = (octets.span, fields.span)
        for index in lines.indices {
            let name = lines[index].name
            let first: UInt8
            switch name.count {
            case 7: first = UInt8(ascii: "t")
            case 10: first = UInt8(ascii: "s")
            case 13: first = UInt8(ascii: "m")
            default: continue
            }
            if octets[Int(name.start)] | 0x20 == first { return true }
        }
        return false
    }
}
