import CaptureModel
import Exchanges
import HTTP1

/// What HAR takes apart: URLs, queries and cookies. Values stay as they were sent, not decoded.
extension OctetBuffer {
    /// The request's URL (RFC 9112 section 3.3): of a target in origin form with the scheme of this HTTP and the Host
    /// field, or the server's address where there is none. Octets that no URL may hold are percent-encoded, so that it
    /// is one; `_target` has the target as it was sent.
    mutating func harURL(_ request: Request, _ row: ExchangeRow) {
        let exchange = row.exchange
        let octets = exchange.octets.span
        let target = octets.extracting(request.target.range)
        append(UInt8(ascii: "\""))
        let isOrigin = target.count > 0 && target[0] == UInt8(ascii: "/")
        let isAsterisk = target.count == 1 && target[0] == UInt8(ascii: "*")
        if isOrigin || isAsterisk {
            literal("http://")
            if let host = row.host, !host.isEmpty {
                url(octets.extracting(host.range))
            } else {
                endpoint(exchange.connection.server)
            }
            if isAsterisk { append(UInt8(ascii: "/")) }
        } else if !target.hasScheme {
            literal("http://")
        }
        if !isAsterisk { url(target) }
        append(UInt8(ascii: "\""))
    }

    private mutating func url(_ wire: Span<UInt8>) {
        for at in wire.indices {
            if wire[at].isOfURL {
                append(wire[at])
            } else {
                append(UInt8(ascii: "%"))
                append(upperHexDigit(wire[at] >> 4))
                append(upperHexDigit(wire[at] & 15))
            }
        }
    }

    private func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// The query of a target: what stands between `?` and `#`, cut at each `&`.
    mutating func harQuery(_ target: Span<UInt8>) {
        append(UInt8(ascii: "["))
        if let mark = target.firstIndex(of: UInt8(ascii: "?"), from: 0) {
            let end = target.firstIndex(of: UInt8(ascii: "#"), from: mark) ?? target.count
            harPairs(target, mark + 1..<end, separator: UInt8(ascii: "&"))
        }
        append(UInt8(ascii: "]"))
    }

    /// The cookies of a request (RFC 6265 section 4.2).
    mutating func harCookies(_ lines: Range<Int>, _ exchange: Exchange) {
        append(UInt8(ascii: "["))
        let octets = exchange.octets.span
        var isFirst = true
        for index in lines where exchange.isEqual(exchange.fields[index].name, to: "cookie") {
            let value = exchange.fields[index].value.range
            isFirst = harPairs(octets, value, separator: UInt8(ascii: ";"), isFirst: isFirst)
        }
        append(UInt8(ascii: "]"))
    }

    /// The cookies that a response sets (RFC 6265 section 4.1), without the time of their end, which is told in too many
    /// forms.
    mutating func harSetCookies(_ lines: Range<Int>, _ exchange: Exchange) {
        append(UInt8(ascii: "["))
        let octets = exchange.octets.span
        var isFirst = true
        for index in lines where exchange.isEqual(exchange.fields[index].name, to: "set-cookie") {
            if !isFirst { append(UInt8(ascii: ",")) }
            isFirst = false
            var (start, isPair) = (Int(exchange.fields[index].value.start), true)
            let limit = Int(exchange.fields[index].value.end)
            while start < limit || isPair {
                let end = octets.firstIndex(of: UInt8(ascii: ";"), from: start, to: limit) ?? limit
                if isPair {
                    harPair(octets, start..<end)
                } else {
                    cookieAttribute(octets, octets.trimmed(start..<end))
                }
                isPair = false
                start = end + 1
            }
            append(UInt8(ascii: "}"))
        }
        append(UInt8(ascii: "]"))
    }

    private mutating func cookieAttribute(_ octets: Span<UInt8>, _ part: Range<Int>) {
        let equals = octets.firstIndex(of: UInt8(ascii: "="), from: part.lowerBound, to: part.upperBound)
        let name = octets.trimmed(part.lowerBound..<(equals ?? part.upperBound))
        let value = octets.trimmed((equals.map { $0 + 1 } ?? part.upperBound)..<part.upperBound)
        if octets.isEqual(name, to: "path") {
            literal(#","path":"#)
            jsonWire(octets.extracting(value))
        } else if octets.isEqual(name, to: "domain") {
            literal(#","domain":"#)
            jsonWire(octets.extracting(value))
        } else if octets.isEqual(name, to: "httponly") {
            literal(#","httpOnly":true"#)
        } else if octets.isEqual(name, to: "secure") {
            literal(#","secure":true"#)
        }
    }

    /// Pairs of name and value; returns whether there has been none yet.
    @discardableResult
    private mutating func harPairs(
        _ octets: Span<UInt8>, _ part: Range<Int>, separator: UInt8, isFirst: Bool = true
    ) -> Bool {
        var (start, isFirst) = (part.lowerBound, isFirst)
        while start < part.upperBound {
            let end = octets.firstIndex(of: separator, from: start, to: part.upperBound) ?? part.upperBound
            if !octets.trimmed(start..<end).isEmpty {
                if !isFirst { append(UInt8(ascii: ",")) }
                isFirst = false
                harPair(octets, start..<end)
                append(UInt8(ascii: "}"))
            }
            start = end + 1
        }
        return isFirst
    }

    /// An object of name and value, not closed yet.
    private mutating func harPair(_ octets: Span<UInt8>, _ part: Range<Int>) {
        let equals = octets.firstIndex(of: UInt8(ascii: "="), from: part.lowerBound, to: part.upperBound)
        literal(#"{"name":"#)
        jsonWire(octets.extracting(octets.trimmed(part.lowerBound..<(equals ?? part.upperBound))))
        literal(#","value":"#)
        jsonWire(octets.extracting(octets.trimmed((equals.map { $0 + 1 } ?? part.upperBound)..<part.upperBound)))
    }
}

extension Span<UInt8> {
    /// `part` without blanks around it.
    fileprivate func trimmed(_ part: Range<Int>) -> Range<Int> {
        var (start, end) = (part.lowerBound, part.upperBound)
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }

    /// Whether it begins with a scheme and `://` (RFC 3986 section 3.1).
    fileprivate var hasScheme: Bool {
        var at = 0
        while at < count, self[at].isOfScheme { at += 1 }
        return at > 0 && at + 2 < count && self[at] == UInt8(ascii: ":") && self[at + 1] == UInt8(ascii: "/")
            && self[at + 2] == UInt8(ascii: "/")
    }
}

extension UInt8 {
    private var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    fileprivate var isOfScheme: Bool {
        isLetterOrDigit || self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }

    /// Whether a URL may hold it (RFC 3986 section 2), `%` among them, for what is encoded stays so.
    fileprivate var isOfURL: Bool {
        switch self {
        case _ where isLetterOrDigit, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"),
            UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","),
            UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}
