package import CaptureModel
import HTTP1

/// Whether an exchange is WebDAV, and of which age.
package enum WebDAVClass: String, Sendable, CaseIterable {
    /// No sign of WebDAV.
    case none
    /// RFC 4918 or one of its family.
    case current = "class"
    /// A construct that only RFC 2518 defines is on the wire.
    case legacy
}

/// A construct that RFC 2518 defines and RFC 4918 removed, or one of FrontPage, and the packet that shows it.
package struct LegacyConstruct: Hashable, Sendable {
    /// Which construct it is.
    package enum Kind: Hashable, Sendable {
        /// An element in the request's content (RFC 4918 appendix F.2, F.3).
        case element(LegacyElement)
        /// The Status-URI response field (RFC 2518 section 9.7; RFC 4918 appendix F.3).
        case statusURI
        /// A Timeout request field with another type than Second-n and Infinite (RFC 2518 section 9.8; RFC 4918
        /// appendix F.3).
        case timeoutType
        /// `MS-Author-Via: MS-FP/4.0` in a response: FrontPage (MS-WDVSE section 2.2.2).
        case frontPage
        /// 102 answers a WebDAV request (RFC 2518 section 10.1; RFC 4918 appendix F.3).
        case processing
    }

    package var kind: Kind
    /// The first octet of the message that carries it, or of the request's content.
    package var place: StreamPlace
}

/// What an exchange shows of WebDAV.
package struct WebDAVReading: Sendable {
    /// Whether it is WebDAV: by its method, a 207, a field that only WebDAV defines, or a DAV field that answers OPTIONS;
    /// `legacy` with any construct.
    package let age: WebDAVClass
    /// The strongest RFC 2518-only construct on the wire; `nil` where there is none.
    package let construct: LegacyConstruct?
    /// The longest Depth field of the request.
    package let depth: Depth

    /// What the length of a Depth field tells: 0 and 1 are one octet.
    package enum Depth: Sendable {
        case absent
        case oneOctet
        case longer
    }
}

extension Exchange {
    /// What this exchange shows of WebDAV: one pass over its heads.
    package var webdav: WebDAVReading {
        let signs = webdavSigns
        let construct = signs.isEmpty ? nil : legacyConstruct(among: signs)
        let age: WebDAVClass = construct != nil ? .legacy : signs.contains(.family) ? .current : .none
        let depth: WebDAVReading.Depth =
            signs.contains(.longDepth) ? .longer : signs.contains(.depth) ? .oneOctet : .absent
        return WebDAVReading(age: age, construct: construct, depth: depth)
    }

    /// What one pass over the heads tells. Most exchanges have none of it, so this is all they pay for.
    private struct Signs: OptionSet {
        let rawValue: UInt8

        static let family = Signs(rawValue: 1)
        static let statusURI = Signs(rawValue: 2)
        static let timeout = Signs(rawValue: 4)
        static let authorVia = Signs(rawValue: 8)
        static let depth = Signs(rawValue: 16)
        static let longDepth = Signs(rawValue: 32)
    }

    private var webdavSigns: Signs {
        var signs: Signs = []
        if let method = request?.method, isWebDAVMethod(method) { signs.insert(.family) }
        if final?.status == 207 || legacyElement != nil { signs.insert(.family) }
        guard !names.isDisjoint(with: Exchange.webdavNames) else { return signs }
        let ofRequest = request?.fields ?? 0..<0
        let lines = fields.span
        for index in lines.indices {
            let name = lines[index].name
            let asked = ofRequest.contains(index)
            // By length first: hardly any other field comes further.
            switch name.end &- name.start {
            case 2:
                if asked, isEqual(name, to: "if"), beginsStateList(fields[index].value) { signs.insert(.family) }
            case 3:
                if isEqual(name, to: "dav"), asked || isOptions { signs.insert(.family) }
            case 5:
                if asked, isEqual(name, to: "depth") {
                    signs.formUnion(lines[index].value.count > 1 ? [.family, .depth, .longDepth] : [.family, .depth])
                }
            case 7:
                if asked, isEqual(name, to: "timeout") { signs.insert(.timeout) }
            case 10:
                if asked ? isEqual(name, to: "lock-token") : isEqual(name, to: "status-uri") {
                    signs.insert(asked ? .family : .statusURI)
                }
            case 11:
                if asked, isEqual(name, to: "destination") { signs.insert(.family) }
            case 13:
                if !asked, isEqual(name, to: "ms-author-via") { signs.insert(.authorVia) }
            default:
                break
            }
        }
        return signs
    }

    /// The fields that are looked for.
    private static let webdavNames = NameDigest([
        "if", "dav", "depth", "timeout", "lock-token", "status-uri", "destination", "ms-author-via",
    ])

    private func legacyConstruct(among signs: Signs) -> LegacyConstruct? {
        if let legacyElement, let request {
            return LegacyConstruct(kind: .element(legacyElement), place: request.contentBegan ?? request.first)
        }
        if signs.contains(.statusURI), let place = responsePlace(of: "status-uri", where: { _ in true }) {
            return LegacyConstruct(kind: .statusURI, place: place)
        }
        // Timeout and 102 are found outside WebDAV, and mean something else there.
        if signs.isSuperset(of: [.timeout, .family]), let request, hasLegacyTimeout(request.fields) {
            return LegacyConstruct(kind: .timeoutType, place: request.first)
        }
        if signs.contains(.authorVia), let place = responsePlace(of: "ms-author-via", where: namesFrontPage) {
            return LegacyConstruct(kind: .frontPage, place: place)
        }
        if signs.contains(.family), let interim = interims.first(where: { $0.status == 102 }) {
            return LegacyConstruct(kind: .processing, place: interim.first)
        }
        return nil
    }

    /// The first octet of the first response with a field called `name` whose value `suits`.
    private func responsePlace(of name: StaticString, where suits: (OctetRange) -> Bool) -> StreamPlace? {
        func has(_ lines: Range<Int>) -> Bool {
            lines.contains { isEqual(fields[$0].name, to: name) && suits(fields[$0].value) }
        }
        if let interim = interims.first(where: { has($0.fields) }) { return interim.first }
        guard let final, has(final.fields) else { return nil }
        return final.first
    }

    private var isOptions: Bool {
        request.map { isEqual($0.method, to: "options") } ?? false
    }

    /// The registered methods of WebDAV's family (RFC 4918, 3253, 3648, 3744, 4437, 4791, 5323, 5842) and those of
    /// Microsoft Exchange; UPnP shares SUBSCRIBE and NOTIFY, so those two prove nothing.
    private func isWebDAVMethod(_ method: OctetRange) -> Bool {
        guard method.count > 2, method.count < Exchange.webdavMethods.count else { return false }
        switch octets[Int(method.start)] | 0x20 {
        case UInt8(ascii: "g"), UInt8(ascii: "h"): return false  // GET and HEAD, most of all requests
        default: break
        }
        return Exchange.webdavMethods[method.count].contains { isEqual(method, to: $0) }
    }

    /// The methods, by length.
    private static let webdavMethods: [[StaticString]] = [
        [], [], [],
        ["acl"],
        ["copy", "move", "lock", "bind", "poll"],
        ["mkcol", "label", "merge", "bcopy", "bmove"],
        ["report", "search", "unlock", "unbind", "rebind", "update"],
        ["checkin", "bdelete"],
        ["propfind", "checkout"],
        ["proppatch", "bpropfind"],
        ["mkactivity", "mkcalendar", "uncheckout", "orderpatch", "bproppatch"],
        ["mkworkspace", "unsubscribe"],
        [],
        ["mkredirectref", "x-ms-enumatts"],
        [],
        ["version-control"],
        ["baseline-control"],
        ["updateredirectref"],
    ]

    /// `(<` or `<…> (`: an If field is always a list of states, tagged or not (RFC 4918 section 10.4.2).
    private func beginsStateList(_ value: OctetRange) -> Bool {
        guard let first = value.range.first else { return false }
        return octets[first] == UInt8(ascii: "(") || octets[first] == UInt8(ascii: "<")
    }

    /// Whether a member of the Timeout fields among `lines` is neither Second-n nor Infinite.
    private func hasLegacyTimeout(_ lines: Range<Int>) -> Bool {
        lines.contains { index in
            guard isEqual(fields[index].name, to: "timeout") else { return false }
            return octets[fields[index].value.range].split(separator: UInt8(ascii: ",")).contains { member in
                let blank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 || octet == 0x0d || octet == 0x0a }
                let text = member.drop(while: blank)
                guard let end = text.lastIndex(where: { !blank($0) }) else { return false }
                let start = text.startIndex
                if isEqual(OctetRange(start, end + 1), to: "infinite") { return false }
                return end - start < 7 || !isEqual(OctetRange(start, start + 7), to: "second-")
            }
        }
    }

    private func namesFrontPage(_ value: OctetRange) -> Bool {
        value.range.dropLast(4).contains { isEqual(OctetRange($0, $0 + 5), to: "ms-fp") }
    }
}
