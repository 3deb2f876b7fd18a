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
    mutating func read(_ field: FieldLine, _ octets: Span<UInt8>, _ base: Int, _ oddities: inout Oddities) {
        switch field.name.count {
        case 14 where isName(field, "content-length", octets, base): readLength(field, octets, base, &oddities)
        case 17 where isName(field, "transfer-encoding", octets, base): readCodings(field, octets, base)
        default: break
        }
    }

    private func isName(_ field: FieldLine, _ name: StaticString, _ octets: Span<UInt8>, _ base: Int) -> Bool {
        equalsIgnoringCase(octets, field.name.shifted(by: base).range, name)
    }

    /// `1*DIGIT`, or a list of equal ones (RFC 9110 section 8.6).
    private mutating func readLength(
        _ field: FieldLine, _ octets: Span<UInt8>, _ base: Int, _ oddities: inout Oddities
    ) {
        forEachMember(octets, field.value.shifted(by: base).range) { member in
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

    private mutating func readCodings(_ field: FieldLine, _ octets: Span<UInt8>, _ base: Int) {
        forEachMember(octets, field.value.shifted(by: base).range) { member in
            guard !member.isEmpty, !equalsIgnoringCase(octets, member, "identity") else { return }
            hasTransferEncoding = true
            endsInChunked = equalsIgnoringCase(octets, member, "chunked")
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

/// Whether the octets of `stretch` are `text`, letter case apart (ASCII). `text` is lower case.
func equalsIgnoringCase(_ octets: Span<UInt8>, _ stretch: Range<Int>, _ text: StaticString) -> Bool {
    guard stretch.count == text.utf8CodeUnitCount else { return false }
    // A literal's octets are constant data of the program, and their number was compared above.
    let lower = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var index = 0
    for at in stretch {
        let octet = octets[at]
        let folded = octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet
        if unsafe folded != lower[index] { return false }
        index += 1
    }
    return true
}

/// The members of a comma-separated list, white space around and parameters behind them left out.
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
