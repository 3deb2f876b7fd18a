/// What a capture shall hold: segments in the order of the file.
package struct ForgedCapture: Sendable {
    package var segments: [ForgedSegment]
    /// The capture holds at most so many octets of each packet; `nil` for all.
    package var snaplen: Int?

    package init(segments: [ForgedSegment], snaplen: Int? = nil) {
        self.segments = segments
        self.snaplen = snaplen
    }

    /// The packets, cut to the snap length.
    package var frames: [Frame] {
        let whole = segments.map { Frame($0) }
        guard let snaplen else { return whole }
        return whole.map { $0.cut(to: snaplen) }
    }
}
