import CaptureModel

/// The beginning of a message's content, wherever the content is cut into segments and chunks.
struct ContentPrefix: Sendable {
    private var octets: [UInt8] = []
    /// Whether content is being kept.
    private(set) var isActive = false
    /// Octets for which the room is kept from one content to the next: there is one of these for each connection.
    private static let roomKept = 1_024

    /// Whether octets were missed, or left out because there were too many: what comes later does not go on here.
    private var isCut = false

    mutating func begin() {
        octets.removeAll(keepingCapacity: true)
        isActive = true
        isCut = false
    }

    /// Ends without a result.
    mutating func stop() {
        isActive = false
    }

    /// Adds nothing more: octets were missed.
    mutating func cut() {
        isCut = true
    }

    /// Takes more of the content, up to `limit` octets in all.
    mutating func add(_ content: Span<UInt8>, limit: Int) {
        guard isActive, !isCut else { return }
        let taken = min(content.count, limit - octets.count)
        octets.append(content.extracting(0..<taken))
        isCut = taken < content.count
    }

    /// Ends, and lends `body` what was kept, with whether it is all of the content; `nil` where nothing was to be kept.
    mutating func finish<Result>(_ body: (Span<UInt8>, _ isWhole: Bool) -> Result) -> Result? {
        guard isActive else { return nil }
        isActive = false
        let result = body(octets.span, !isCut)
        octets.removeAll(keepingCapacity: octets.capacity <= Self.roomKept)
        return result
    }
}
