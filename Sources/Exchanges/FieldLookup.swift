import CaptureModel
package import HTTP1

/// Looking things up in the heads of an exchange, octet by octet, without making strings.
extension Exchange {
    /// The octets of a stretch of this exchange's heads, lent.
    @inlinable
    package func withOctets<R>(_ stretch: OctetRange, _ body: (Span<UInt8>) -> R) -> R {
        body(octets.span.extracting(stretch.range))
    }

    /// Whether the octets of `stretch` are `text`, letter case apart (ASCII). `text` is lower case.
    @inlinable
    package func isEqual(_ stretch: OctetRange, to text: StaticString) -> Bool {
        octets.span.isEqual(stretch.range, to: text)
    }

    /// Whether the octets of `method` are `name`; methods are case-sensitive (RFC 9110 section 9.1).
    @inline(__always)
    package func isMethod(_ method: OctetRange, _ name: StaticString) -> Bool {
        guard method.count == name.utf8CodeUnitCount else { return false }
        return octets.span.hasPrefix(name, at: Int(method.start))
    }

    /// The value of the first field called `name` (lower case) among `lines`; `nil` where there is none.
    package func value(of name: StaticString, in lines: Range<Int>) -> OctetRange? {
        let (octets, fields) = (octets.span, fields.span)
        for index in lines where octets.isName(fields[index].name, name) { return fields[index].value }
        return nil
    }

    /// Whether the value of any field called `name` (lower case) among `lines` has `member` (lower case) in its
    /// comma-separated list (RFC 9110 section 5.6.1); parameters after `;` are left aside.
    package func list(_ name: StaticString, in lines: Range<Int>, has member: StaticString) -> Bool {
        let (octets, fields) = (octets.span, fields.span)
        for index in lines where octets.isName(fields[index].name, name) {
            let value = fields[index].value.range
            guard value.count >= member.utf8CodeUnitCount else { continue }
            var start = value.lowerBound
            for at in value.lowerBound...value.upperBound {
                guard at == value.upperBound || octets[at] == UInt8(ascii: ",") else { continue }
                var end = start
                while end < at, octets[end] != UInt8(ascii: ";") { end += 1 }
                while start < end, isBlank(octets[start]) { start += 1 }
                while end > start, isBlank(octets[end - 1]) { end -= 1 }
                if isEqual(OctetRange(start, end), to: member) { return true }
                start = at + 1
            }
        }
        return false
    }

    private func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d || octet == 0x0a }
}

extension Span<UInt8> {
    /// `isEqual`, that hardly any field's name comes to: their lengths differ.
    @inline(__always)
    fileprivate func isName(_ name: OctetRange, _ text: StaticString) -> Bool {
        Int(name.end &- name.start) == text.utf8CodeUnitCount && isEqual(name.range, to: text)
    }
}
