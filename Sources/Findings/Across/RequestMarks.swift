import CaptureModel
import Exchanges
import HTTP1

/// What the head of a request says that a proxy passes on, or adds: hashes of texts, to be compared and not read.
///
/// 0 stands for a field that is not there. The seed is of this run alone, so that nobody can prepare two texts with one
/// hash.
struct RequestMarks: Sendable {
    /// Method, and path and query of the target, an absolute form without its authority (RFC 9112 section 3.2).
    var key: UInt64 = 0
    /// Whether few other requests have such a target: it is long, or has a query.
    var isDistinctive = false
    /// The authority of a target in absolute form.
    var authority: UInt64 = 0
    var host: UInt64 = 0
    /// Whether Host is the server's own address: what a client says that knows of nothing behind.
    var namesOwnServer = false
    var agent: UInt64 = 0
    /// The names of all field lines, in order.
    var shape: UInt64 = 0
    /// X-Request-Id or X-Correlation-Id, and the trace of traceparent (W3C Trace Context section 3.2.2).
    var requestID: UInt64 = 0
    var trace: UInt64 = 0
    /// The whole of X-Forwarded-For, X-Real-IP or Forwarded, and the address at its end: whom it was forwarded for.
    var forwarded: UInt64 = 0
    var forwardedFor: UInt64 = 0
    /// Members of all Via fields (RFC 9110 section 7.6.3).
    var vias = 0

    init(_ exchange: borrowing Exchange, seed: UInt64) {
        guard let request = exchange.request else { return }
        let octets = exchange.octets.span
        let target = exchange.targetStart
        key = exchange.targetKey(seed: seed)
        isDistinctive =
            request.target.range.count >= 20
            || octets.firstIndex(of: 0x3f, from: target, to: Int(request.target.end)) != nil
        if target > Int(request.target.start) {
            let start = Int(request.target.start) + (octets.hasPrefix("https", at: Int(request.target.start)) ? 8 : 7)
            authority = hash(folded: octets, min(start, target)..<target, seed)
        }
        for index in request.fields {
            let (name, value) = (exchange.fields[index].name, exchange.fields[index].value)
            shape = shape &* 31 &+ hash(folded: octets, name.range, seed)
            switch name.count {
            case 3 where exchange.isEqual(name, to: "via"):
                vias += 1 + value.range.count { octets[$0] == UInt8(ascii: ",") }
            case 4 where exchange.isEqual(name, to: "host"):
                host = hash(folded: octets, value.range, seed)
                namesOwnServer = mayBeAddress(octets, value.range) && namesServer(exchange.connection.server, seed)
            case 9 where exchange.isEqual(name, to: "forwarded") || exchange.isEqual(name, to: "x-real-ip"):
                takeForwarded(octets, value.range, seed)
            case 15 where exchange.isEqual(name, to: "x-forwarded-for"): takeForwarded(octets, value.range, seed)
            case 10 where exchange.isEqual(name, to: "user-agent"): agent = hash(octets, value.range, seed)
            case 11 where exchange.isEqual(name, to: "traceparent"):
                // version "-" trace-id "-" parent-id "-" flags
                if value.count >= 35 { trace = hash(octets, Int(value.start) + 3..<Int(value.start) + 35, seed) }
            case 12 where exchange.isEqual(name, to: "x-request-id"): requestID = hash(octets, value.range, seed)
            case 16 where exchange.isEqual(name, to: "x-correlation-id"): requestID = hash(octets, value.range, seed)
            default: break
            }
        }
    }

    /// Whether a host may be an address: hardly any is, and then no address has to be written to be compared.
    private func mayBeAddress(_ octets: Span<UInt8>, _ value: Range<Int>) -> Bool {
        guard let first = value.first else { return false }
        let isIPv4 = octets[first] &- UInt8(ascii: "0") < 10
        let isIPv6 = octets.firstIndex(of: UInt8(ascii: ":"), from: first, to: value.upperBound) != nil
        return isIPv4 || isIPv6 || value.count == 9 && octets.isEqual(value, to: "localhost")
    }

    private func namesServer(_ server: Endpoint, _ seed: UInt64) -> Bool {
        let names = server.isLoopback ? ["localhost", "localhost:\(server.port)"] : []
        return host == hash(of: server, seed) || host == hash(of: server.address, seed)
            || names.contains { hash(of: $0, seed) == host }
    }

    /// The address at the end of a list of those that a request was forwarded for, quotes, brackets and port apart.
    private mutating func takeForwarded(_ octets: Span<UInt8>, _ value: Range<Int>, _ seed: UInt64) {
        forwarded = forwarded &* 31 &+ hash(octets, value, seed)
        var start = value.upperBound
        let separators: [UInt8] = [
            UInt8(ascii: ","), UInt8(ascii: "="), 0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "["),
        ]
        var end = value.upperBound
        // Of Forwarded only what stands behind the last "for=", up to the next parameter, is an address.
        if let parameter = lastFor(octets, value) {
            start = parameter
            while start < value.upperBound, separators.contains(octets[start]) { start += 1 }
            end = start
            while end < value.upperBound, !separators.contains(octets[end]), octets[end] != UInt8(ascii: ";"),
                octets[end] != UInt8(ascii: "]")
            { end += 1 }
        } else {
            while start > value.lowerBound, !separators.contains(octets[start - 1]) { start -= 1 }
            if end > start, octets[end - 1] == UInt8(ascii: "]") { end -= 1 }
        }
        // A port stands behind the only colon of an IPv4 address.
        let colons = (start..<end).count { octets[$0] == UInt8(ascii: ":") }
        if colons == 1, let colon = octets.firstIndex(of: UInt8(ascii: ":"), from: start, to: end) { end = colon }
        forwardedFor = hash(folded: octets, start..<end, seed)
    }

    private func lastFor(_ octets: Span<UInt8>, _ value: Range<Int>) -> Int? {
        guard value.count > 4 else { return nil }
        var found: Int?
        for at in value.lowerBound..<value.upperBound - 4
        where octets.isEqual(at..<at + 4, to: "for=") { found = at + 4 }
        return found
    }
}

extension Endpoint {
    /// Whether its address is one of 127.0.0.0/8, or ::1.
    fileprivate var isLoopback: Bool {
        address.isIPv6 ? address.high == 0 && address.low == 1 : address.low >> 24 == 127
    }
}
