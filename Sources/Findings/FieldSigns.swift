import Exchanges
import HTTP1

/// What makes an exchange worth a look by its status and its field lines.
extension Exchange {
    /// The traits that the final response's status gives.
    var statusSigns: ExchangeTraits {
        switch final?.status {
        case 202: .accepted
        case 207: innerFailures == nil ? [] : .davFailure
        case 423, 424, 507: .davFailure
        case 408, 502, 503, 504, 524: .outOfPatience
        default: []
        }
    }

    /// The traits that field lines may give: by the length and the first letter of their names, and no more than a
    /// glance at the value. So this is a hint, not the proof, and one cheap pass for all rules.
    var fieldSigns: ExchangeTraits {
        var signs: ExchangeTraits = legacyElement == nil ? [] : .maybeLegacy
        let (octets, lines) = (octets.span, fields.span)
        let isPlain = names.isDisjoint(with: Self.tellingNames)
        if isPlain, names.isDisjoint(with: Self.agentName) { return signs }
        for index in lines.indices {
            let name = lines[index].name
            if isPlain, name.count != 10 { continue }  // all but User-Agent
            // By length first: hardly any other field comes further.
            switch name.count {
            case 3: if octets[Int(name.start)] | 0x20 == UInt8(ascii: "d") { signs.insert(.maybeWeakSign) }
            case 7: if octets[Int(name.start)] | 0x20 == UInt8(ascii: "t") { signs.insert(.maybeLegacy) }
            case 9: if octets[Int(name.start)] | 0x20 == UInt8(ascii: "t") { signs.insert(.maybeWeakSign) }
            case 10:
                switch octets[Int(name.start)] | 0x20 {
                case UInt8(ascii: "s"): if isEqual(name, to: "status-uri") { signs.insert(.maybeLegacy) }
                case UInt8(ascii: "u"): if mayNameOldClient(lines[index].value) { signs.insert(.maybeOldClient) }
                default: break
                }
            case 13:
                switch octets[Int(name.start)] | 0x20 {
                case UInt8(ascii: "m"): signs.formUnion([.maybeLegacy, .maybeWeakSign])
                case UInt8(ascii: "a"): if namesBasic(lines[index].value) { signs.insert(.basicCredentials) }
                default: break
                }
            case 19: if namesBasic(lines[index].value) { signs.insert(.basicCredentials) }
            default: break
            }
        }
        return signs
    }

    /// The names of the fields that give traits, but for User-Agent, which most requests have.
    private static let tellingNames = NameDigest([
        "dav", "timeout", "translate", "status-uri", "ms-author-via", "authorization", "proxy-authorization",
    ])

    private static let agentName = NameDigest(["user-agent"])

    /// Whether a value begins with the scheme `Basic` (RFC 7617).
    func namesBasic(_ value: OctetRange) -> Bool {
        guard value.count > 6, octets[Int(value.start) + 5] == 0x20 else { return false }
        return isEqual(OctetRange(Int(value.start), Int(value.start) + 5), to: "basic")
    }
}
