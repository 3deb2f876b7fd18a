import CaptureModel
import HTTP1

/// A hash of octets, eight at a time; never 0.
package func hash(_ octets: Span<UInt8>, _ range: Range<Int>, _ seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(range.count)
    func take(_ word: UInt64) {
        let product = (state ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        state = product.high ^ product.low
    }
    var (at, end) = (range.lowerBound, range.upperBound)
    while end - at >= 8 {
        // Any eight octets are a number, and the load is checked against the bounds.
        take(unsafe octets.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
    }
    var rest: UInt64 = 0
    while end > at {
        end -= 1
        rest = rest << 8 | UInt64(octets[end])
    }
    take(rest)
    return state == 0 ? 1 : state
}

/// A hash of octets, ASCII letter case apart; never 0.
package func hash(folded octets: Span<UInt8>, _ range: Range<Int>, _ seed: UInt64) -> UInt64 {
    var state = seed
    for index in range { mix(octets[index] &- 0x41 < 26 ? octets[index] | 0x20 : octets[index], into: &state) }
    return state == 0 ? 1 : state
}

/// The same of an address, in lower case as it is written.
package func hash(of text: some CustomStringConvertible, _ seed: UInt64) -> UInt64 {
    var state = seed
    for octet in text.description.utf8 { mix(octet, into: &state) }
    return state == 0 ? 1 : state
}

@inline(__always)
private func mix(_ octet: UInt8, into state: inout UInt64) {
    state = (state ^ UInt64(octet)) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
}

extension Exchange {
    /// A hash of the request's method, and of path and query of its target; 0 where there is no request.
    package func targetKey(seed: UInt64) -> UInt64 {
        guard let request else { return 0 }
        let octets = octets.span
        let key =
            hash(octets, request.method.range, seed) &* 31
            &+ hash(octets, targetStart..<Int(request.target.end), seed)
        return key == 0 ? 1 : key
    }

    /// Where path and query of the request's target begin: past scheme and authority of an absolute form.
    package var targetStart: Int {
        guard let target = request?.target else { return 0 }
        return octets.span.pathStart(of: target)
    }
}

extension Span where Element == UInt8 {
    /// Where path and query of a target begin: past scheme and authority of an absolute form.
    func pathStart(of target: OctetRange) -> Int {
        let (start, end) = (Int(target.start), Int(target.end))
        guard end > start, self[start] | 0x20 == UInt8(ascii: "h") else { return start }
        let behind = start + (hasPrefix("https://", at: start) ? 8 : hasPrefix("http://", at: start) ? 7 : 0)
        guard behind > start, behind <= end else { return start }
        return firstIndex(of: UInt8(ascii: "/"), from: behind, to: end) ?? end
    }
}
