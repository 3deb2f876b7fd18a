/// File names as text. A name is any octets, and text is Unicode: an octet that is part of no UTF-8 stands in the text as
/// a private-use scalar of its own, U+10FF80 to U+10FFFF. Such a scalar in a name is written octet by octet, so that no
/// two names become the same text.
package enum FileName {
    /// The text of a name, or of any argument of the command line.
    package static func text(_ octets: [UInt8]) -> String {
        var text = ""
        var rest = octets[...]
        while let first = rest.first {
            var octetsLeft = rest.makeIterator()
            var parser = UTF8.ForwardParser()
            if case .valid(let encoded) = parser.parseScalar(from: &octetsLeft), octet(UTF8.decode(encoded)) == nil {
                text.unicodeScalars.append(UTF8.decode(encoded))
                rest = rest.dropFirst(encoded.count)
            } else {
                if let stand = Unicode.Scalar(firstStand + UInt32(first)) { text.unicodeScalars.append(stand) }
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// The octets of a name from its text.
    package static func octets(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let octet = octet(scalar) {
                octets.append(octet)
            } else {
                octets += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return octets
    }

    /// The octet that a scalar stands for; `nil` for one that stands for itself.
    package static func octet(_ scalar: Unicode.Scalar) -> UInt8? {
        scalar.value >= firstStand + 0x80 ? UInt8(truncatingIfNeeded: scalar.value) : nil
    }

    /// Calls `body` with the name as C has it.
    package static func withCString<Result>(_ text: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let octets = octets(text).map { CChar(bitPattern: $0) } + [0]
        // The array outlives the call, and ends in zero.
        return unsafe octets.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return unsafe "".withCString { unsafe body($0) } }
            return unsafe body(base)
        }
    }

    private static let firstStand: UInt32 = 0x10ff00
}
