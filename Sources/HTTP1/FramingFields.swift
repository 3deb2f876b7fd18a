import CaptureModel

/// What the fields of one head say of the content's length, before the rules of RFC 9112 section 6.3 are applied.
package struct FramingFields: Hashable, Sendable {
    /// A transfer coding other than identity was named.
    package var hasTransferEncoding = false
    /// The last transfer coding is chunked.
    package var endsInChunked = false
    /// The one valid Content-Length, in octets.
    package var length: Int?
    /// A Content-Length that is no number, too large, or contradicts another.
    package var lengthIsInvalid = false

    /// Whether a field's name is as long as one of the two: hardly any other is.
    static func mayBeOne(_ name: OctetRange) -> Bool { name.count == 14 || name.count == 17 }

    /// Takes in one field line; others than Content-Length and Transfer-Encoding are passed over.
    mutating func read(_ field: FieldLine, _ octets: Span<UInt8>, _ oddities: inout Oddities) {
        if octets.isEqual(field.name.range, to: "content-length") {
            readLength(field.value.range, octets, &oddities)
        } else if octets.isEqual(field.name.range, to: "transfer-encoding") {
            readCodings(field.value.range, octets)
        }
    }

    /// `1*DIGIT`, or a list of equal ones (RFC 9110 section 8.6).
    private mutating func readLength(_ value: Range<Int>, _ octets: Span<UInt8>, _ oddities: inout Oddities) {
        if length == nil, let number = plainNumber(value, octets) {
            length = number
            return
        }
        forEachMember(octets, value) { member in
            var number = 0
            var valid = !member.isEmpty
            for at in member {
                let octet = octets[at]
                guard StartLines.isDigit(octet) else {
                    valid = false
                    break
                }
                let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
                let (sum, overflowToo) = tenfold.addingReportingOverflow(Int(octet - 0x30))
                if overflow || overflowToo {
                    valid = false
                    break
                }
                number = sum
            }
            if !valid {
                oddities.insert(.invalidLength)
                lengthIsInvalid = true
            } else if let length, length != number {
                oddities.insert(.conflictingLengths)
                lengthIsInvalid = true
            } else {
                length = number
            }
        }
    }

    /// A number as nearly all fields have it: one to eighteen digits, which cannot overflow.
    @inline(__always)
    private func plainNumber(_ value: Range<Int>, _ octets: Span<UInt8>) -> Int? {
        guard 1...18 ~= value.count else { return nil }
        var number = 0
        for at in value {
            let octet = octets[at]
            guard StartLines.isDigit(octet) else { return nil }
            number = number &* 10 &+ Int(octet &- 0x30)
        }
        return number
    }

    private mutating func readCodings(_ value: Range<Int>, _ octets: Span<UInt8>) {
        forEachMember(octets, value) { member in
            guard !member.isEmpty, !octets.isEqual(member, to: "identity") else { return }
            hasTransferEncoding = true
            endsInChunked = octets.isEqual(member, to: "chunked")
        }
    }

    /// The content's length of a request (RFC 9112 section 6.3, rules 3 to 5 and 7).
    package func requestFraming(_ version: HTTPVersion, _ oddities: inout Oddities) -> BodyFraming {
        if hasTransferEncoding {
            noteTransferEncoding(version, &oddities)
            if endsInChunked { return .chunked }
            oddities.insert(.requestNotChunked)
            return .unknown
        }
        if lengthIsInvalid { return .unknown }
        guard let length, length > 0 else { return .none }
        return .length(length)
    }

    /// The content's length of a response to a request whose method says nothing of it (RFC 9112 section 6.3, rules 3
    /// to 6 and 8).
    package func responseFraming(_ version: HTTPVersion, _ oddities: inout Oddities) -> BodyFraming {
        if hasTransferEncoding {
            noteTransferEncoding(version, &oddities)
            return endsInChunked ? .chunked : .untilClose
        }
        if lengthIsInvalid { return .unknown }
        guard let length else { return .untilClose }
        return length > 0 ? .length(length) : .none
    }

    private func noteTransferEncoding(_ version: HTTPVersion, _ oddities: inout Oddities) {
        if length != nil || lengthIsInvalid { oddities.insert(.lengthAndChunked) }
        if !version.isAtLeast11 { oddities.insert(.chunkedInHTTP10) }
    }
}

/// The members of a comma-separated list, white space around and parameters behind them left out.
@inline(__always)
private func forEachMember(_ octets: Span<UInt8>, _ value: Range<Int>, _ body: (Range<Int>) -> Void) {
    var start = value.lowerBound
    for at in value.lowerBound...value.upperBound {
        guard at == value.upperBound || octets[at] == UInt8(ascii: ",") else { continue }
        var (first, last) = (start, at)
        if let parameters = (first..<last).first(where: { octets[$0] == UInt8(ascii: ";") }) { last = parameters }
        while first < last, octets[first] <= 0x20 { first += 1 }
        while last > first, octets[last - 1] <= 0x20 { last -= 1 }
        body(first..<last)
        start = at + 1
    }
}
