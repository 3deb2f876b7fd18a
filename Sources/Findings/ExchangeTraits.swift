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
    /// It lasted a second or more.
    package static let held = ExchangeTraits(rawValue: 1 << 24)
    /// Its final response is 202.
    package static let accepted = ExchangeTraits(rawValue: 1 << 25)
    /// Its final response is 207 with failures inside, 423, 424 or 507.
    package static let davFailure = ExchangeTraits(rawValue: 1 << 26)
    /// Its final response is one that servers and gateways give when they lose patience: 408, 502, 503, 504 or 524.
    package static let outOfPatience = ExchangeTraits(rawValue: 1 << 27)
    /// Its method is PROPFIND.
    package static let propfind = ExchangeTraits(rawValue: 1 << 28)
    /// It carries Basic credentials.
    package static let basicCredentials = ExchangeTraits(rawValue: 1 << 29)
    /// Its User-Agent may be one of RFC 2518's time.
    package static let maybeOldClient = ExchangeTraits(rawValue: 1 << 30)
    /// It may have a weak sign of RFC 2518: DAV or MS-Author-Via in a response, Translate in a request.
    package static let maybeWeakSign = ExchangeTraits(rawValue: 1 << 31)

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

    /// The traits of an exchange with these times.
    package init(of exchange: borrowing Exchange, _ timing: Timing, silenceThreshold: Int64) {
        var traits: ExchangeTraits = []
        if exchange.final == nil, exchange.request != nil { traits.insert(.withoutFinal) }
        if !exchange.integrity.isEmpty { traits.insert(.notWhole) }
        if exchange.stray { traits.insert(.stray) }
        if let first = exchange.request?.first.time {
            if exchange.end.time.since(first) >= Pattern.holdThreshold { traits.insert(.held) }
            if timing.longestSilence ?? 0 > silenceThreshold { traits.insert(.longSilence) }
        }
        if exchange.oddities.contains(.nestedStatusLine) { traits.insert(.nestedStatusLine) }
        if exchange.missedInWait > 0 { traits.insert(.missedInWait) }
        if exchange.final?.status == 101 { traits.insert(.switched) }
        traits.formUnion(exchange.interimSigns)
        traits.formUnion(exchange.expectSigns)
        if let method = exchange.request?.method, exchange.isMethod(method, "PROPFIND") { traits.insert(.propfind) }
        traits.formUnion(exchange.statusSigns)
        traits.formUnion(exchange.fieldSigns)
        self = traits
    }
}
