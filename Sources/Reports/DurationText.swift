import CaptureModel

extension OctetBuffer {
    /// A duration for a person, in the unit that fits.
    mutating func duration(_ nanoseconds: Int64) {
        spellDuration(nanoseconds) { append($0) }
    }
}
