import CaptureModel

/// A request line: `method SP request-target SP HTTP-version` (RFC 9112 section 3).
@usableFromInline
package struct RequestLine: Hashable, Sendable {
    @usableFromInline package var method: OctetRange
    @usableFromInline package var target: OctetRange
    @usableFromInline package var version: HTTPVersion
}

/// A status line: `HTTP-version SP status-code SP [ reason-phrase ]` (RFC 9112 section 4).
@usableFromInline
package struct StatusLine: Hashable, Sendable {
    @usableFromInline package var version: HTTPVersion
    @usableFromInline package var status: Int
    @usableFromInline package var reason: OctetRange
}

/// What a line is, or may become when more of it arrives.
package enum StartLineMatch<Line> {
    /// A start line; the flag tells that it took leniency to read it.
    case line(Line, loose: Bool)
    /// The beginning of one, as far as the octets go.
    case partial
    /// HTTP/2's connection preface (RFC 9113 section 3.4), which looks like a request line.
    case http2Preface
    /// Something else.
    case no
}

/// Recognises start lines. Lenient where real software is (several spaces, spaces in a target, no reason phrase), strict
/// in what tells HTTP/1.x from anything else: a token, then a target, then `HTTP/`, a digit, a point and a digit. A
/// message that has HTTP/1's form and claims another version is one all the same: its peer reads it, and answers.
package enum StartLines {
    /// The longest token taken for a method: the longest registered one has 17 octets (UPDATEREDIRECTREF).
    package static let longestMethod = 64

    /// Reads a request line from `line`, which has no line end.
    package static func request(_ octets: Span<UInt8>, _ line: Range<Int>) -> StartLineMatch<RequestLine> {
        var at = line.lowerBound
        while at < line.upperBound, isToken(octets[at]) { at += 1 }
        let method = line.lowerBound..<at
        guard !method.isEmpty, method.count <= longestMethod, at < line.upperBound, octets[at] == 0x20 else {
            return .no
        }
        var end = line.upperBound
        while end > at, isBlank(octets[end - 1]) { end -= 1 }
        let versionStart = end - 8
        guard versionStart > at, let version = version(octets, versionStart), isBlank(octets[versionStart - 1]) else {
            return .no
        }
        var target = at..<versionStart
        while !target.isEmpty, isBlank(octets[target.lowerBound]) { target = target.lowerBound + 1..<target.upperBound }
        while !target.isEmpty, isBlank(octets[target.upperBound - 1]) {
            target = target.lowerBound..<target.upperBound - 1
        }
        guard !target.isEmpty else { return .no }
        if version.major == 2, octets.hasPrefix("PRI * HTTP/2.0", at: line.lowerBound) { return .http2Preface }
        let tight = target.lowerBound == at + 1 && target.upperBound == versionStart - 1 && end == line.upperBound
        let found = RequestLine(
            method: OctetRange(method.lowerBound, method.upperBound),
            target: OctetRange(target.lowerBound, target.upperBound), version: version)
        return .line(found, loose: !tight || hasBlank(octets, target))
    }

    /// Reads a status line from `line`, which has no line end. SHOUTcast's `ICY 200 OK` is one too, which behaves like
    /// HTTP/1.0 and answers a request that is HTTP.
    package static func status(_ octets: Span<UInt8>, _ line: Range<Int>) -> StartLineMatch<StatusLine> {
        let (version, versionEnd): (HTTPVersion, Int)
        if line.count >= 12, let found = Self.version(octets, line.lowerBound) {
            (version, versionEnd) = (found, line.lowerBound + 8)
        } else if line.count >= 7, octets.hasPrefix("ICY ", at: line.lowerBound) {
            (version, versionEnd) = (HTTPVersion(major: 1, minor: 0), line.lowerBound + 3)
        } else {
            return .no
        }
        var at = versionEnd
        while at < line.upperBound, isBlank(octets[at]) { at += 1 }
        guard at > versionEnd, at + 3 <= line.upperBound else { return .no }
        var status = 0
        for place in at..<at + 3 {
            guard isDigit(octets[place]) else { return .no }
            status = status * 10 + Int(octets[place] - 0x30)
        }
        let tight = at == versionEnd + 1
        at += 3
        guard status >= 100, at == line.upperBound || isBlank(octets[at]) else { return .no }
        if at < line.upperBound { at += 1 }
        let reason = OctetRange(at, line.upperBound)
        return .line(StatusLine(version: version, status: status, reason: reason), loose: !tight)
    }

    /// Whether the octets from `start` to the end, a line not yet complete, can still become a request line.
    package static func canBecomeRequest(_ octets: Span<UInt8>, from start: Int) -> Bool {
        var at = start
        while at < octets.count, isToken(octets[at]) { at += 1 }
        if at == octets.count { return at - start <= longestMethod }
        return at > start && at - start <= longestMethod && octets[at] == 0x20
    }

    /// Whether the octets from `start` to the end, a line not yet complete, can still become a status line.
    package static func canBecomeStatus(_ octets: Span<UInt8>, from start: Int) -> Bool {
        let count = octets.count - start
        var at = start + 8
        if agrees(octets, from: start, with: "HTTP/") {
            if count > 5, !isDigit(octets[start + 5]) { return false }
            if count > 6, octets[start + 6] != UInt8(ascii: ".") { return false }
            if count > 7, !isDigit(octets[start + 7]) { return false }
        } else if agrees(octets, from: start, with: "ICY ") {
            at = start + 3
        } else {
            return false
        }
        guard at < octets.count else { return true }
        guard isBlank(octets[at]) else { return false }
        while at < octets.count, isBlank(octets[at]) { at += 1 }
        for place in at..<min(at + 3, octets.count) where !isDigit(octets[place]) { return false }
        return true
    }

    /// Whether the octets from `start` on begin with `text`, or are a beginning of it.
    private static func agrees(_ octets: Span<UInt8>, from start: Int, with text: StaticString) -> Bool {
        let count = min(text.utf8CodeUnitCount, max(0, octets.count - start))
        // A literal's octets are constant data of the program, and `count` is not above their number.
        let pattern = unsafe UnsafeBufferPointer(start: text.utf8Start, count: count)
        for index in 0..<count where unsafe octets[start + index] != pattern[index] { return false }
        return true
    }

    private static func hasBlank(_ octets: Span<UInt8>, _ stretch: Range<Int>) -> Bool {
        octets.firstIndex(of: 0x20, from: stretch.lowerBound, to: stretch.upperBound) != nil
            || octets.firstIndex(of: 0x09, from: stretch.lowerBound, to: stretch.upperBound) != nil
    }

    /// `HTTP/d.d` at `at`.
    @inline(__always)
    private static func version(_ octets: Span<UInt8>, _ at: Int) -> HTTPVersion? {
        guard octets.count - at >= 8, octets.big32(at) == 0x4854_5450, octets[at + 4] == UInt8(ascii: "/"),
            octets[at + 6] == UInt8(ascii: "."), isDigit(octets[at + 5]), isDigit(octets[at + 7])
        else { return nil }
        return HTTPVersion(major: octets[at + 5] - 0x30, minor: octets[at + 7] - 0x30)
    }

    @inlinable static func isDigit(_ octet: UInt8) -> Bool { octet >= 0x30 && octet <= 0x39 }

    @inlinable static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    /// Where the octets from `start` to `end` end when the white space behind them is left out.
    @inline(__always)
    static func trimmedEnd(_ octets: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, isBlank(octets[end - 1]) { end -= 1 }
        return end
    }

    /// `tchar` of RFC 9110 section 5.6.2.
    @inlinable
    package static func isToken(_ octet: UInt8) -> Bool {
        octet < 0x40
            ? tokensBelow40 >> UInt64(octet) & 1 != 0 : tokensFrom40 >> UInt64(octet & 0x3f) & 1 != 0 && octet < 0x80
    }

    /// `!#$%&'*+-.` and digits, a bit each.
    @usableFromInline static let tokensBelow40: UInt64 = 0x03ff_6cfa_0000_0000
    /// Letters and `^_` `` ` `` `|~`, a bit each, from 0x40 on.
    @usableFromInline static let tokensFrom40: UInt64 = 0x57ff_ffff_c7ff_fffe
}
