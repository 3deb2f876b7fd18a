/// A TCP sequence number: 32 bits that wrap (RFC 9293 section 3.4).
@usableFromInline
package struct SequenceNumber: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline package var rawValue: UInt32

    @inlinable
    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// How far `other` lies ahead of this number, −2³¹ to 2³¹ − 1; negative when it lies behind.
    @inlinable
    package func distance(to other: SequenceNumber) -> Int {
        Int(Int32(bitPattern: other.rawValue &- rawValue))
    }

    @inlinable
    package static func + (number: SequenceNumber, octets: Int) -> SequenceNumber {
        SequenceNumber(number.rawValue &+ UInt32(truncatingIfNeeded: octets))
    }
}
