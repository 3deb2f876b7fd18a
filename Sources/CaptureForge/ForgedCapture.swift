package import CaptureModel

/// What a capture shall hold: segments in the order of the file, and perhaps a last packet of other traffic.
package struct ForgedCapture: Sendable {
    package var segments: [ForgedSegment]
    /// The time of a UDP packet behind all segments, which shows that the capture went on for so long.
    package var end: Timestamp?
    /// The capture holds at most so many octets of each packet; `nil` for all.
    package var snaplen: Int?

    package init(segments: [ForgedSegment], end: Timestamp? = nil, snaplen: Int? = nil) {
        self.segments = segments
        self.end = end
        self.snaplen = snaplen
    }

    /// The packets, cut to the snap length.
    package var frames: [Frame] {
        let whole = segments.map { Frame($0) } + (end.map { [Frame.bystander(at: $0)] } ?? [])
        guard let snaplen else { return whole }
        return whole.map { $0.cut(to: snaplen) }
    }
}
