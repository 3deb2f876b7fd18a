import Exchanges
import HTTP1

/// What makes an exchange worth a look by its interim responses and its expectation.
extension Exchange {
    /// How many interim responses all software that was looked at lets pass, apart from what takes the first for final.
    static let uncrowded = 5

    /// The traits that interim responses give.
    var interimSigns: ExchangeTraits {
        guard !interims.isEmpty else { return [] }
        var signs: ExchangeTraits = .interim
        if interims.count > Self.uncrowded { signs.insert(.crowded) }
        if nextRequest != nil || clientClose != nil { signs.insert(.clientActed) }
        if let request, !request.version.isAtLeast11 { signs.insert(.interimToOld) }
        for interim in interims {
            switch interim.status {
            case 100: signs.insert(.continued)
            case 102: signs.formUnion([.processing, .maybeLegacy])
            case 103: signs.insert(.hints)
            case 104: break
            default: signs.insert(.unregistered)
            }
            if mayHaveOddField(interim.fields) { signs.insert(.maybeOddInterim) }
        }
        return signs
    }

    /// Whether a field among `lines` has the length and the first letter of Connection, of a framing field, or of one
    /// that describes content.
    private func mayHaveOddField(_ lines: Range<Int>) -> Bool {
        let (octets, fields) = (octets.span, fields.span)
        for index in lines {
            let name = fields[index].name
            guard let first = name.range.first.map({ octets[$0] | 0x20 }) else { continue }
            switch (name.count, first) {
            case (4, UInt8(ascii: "e")), (7, UInt8(ascii: "t")), (10, UInt8(ascii: "c")), (12, UInt8(ascii: "c")),
                (13, UInt8(ascii: "c")), (13, UInt8(ascii: "l")), (14, UInt8(ascii: "c")), (16, UInt8(ascii: "c")),
                (17, UInt8(ascii: "t")):
                return true
            default: continue
            }
        }
        return false
    }

    private static let expectName = NameDigest(["expect"])

    /// The traits that an Expect field gives.
    var expectSigns: ExchangeTraits {
        guard !names.isDisjoint(with: Self.expectName), let request, value(of: "expect", in: request.fields) != nil
        else { return [] }
        let isForContent = !request.framing.isNone && list("expect", in: request.fields, has: "100-continue")
        return isForContent ? [.expectation, .expectsContinue] : .expectation
    }
}

extension Exchange {
    /// Whether the whole head of the request is known, so that a field that is not there was not sent.
    var hasWholeRequestHead: Bool { request?.headComplete == true && !oddities.contains(.tooManyFields) }

    /// Whether the capture has all that was sent, so that what is not there did not happen.
    var isSeenToTheEnd: Bool { integrity.isDisjoint(with: [.gap, .snaplen, .oneSided, .limit]) }
}
