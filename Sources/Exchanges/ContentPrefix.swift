import CaptureModel

/// The beginning of a message's content, wherever the content is cut into segments and chunks.
struct ContentPrefix: Sendable {
    private var octets: [UInt8] = []
    /// Whether content is being kept.
    private(set) var isActive = false
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

    /// Gives away what was kept, and whether it is all of the content; `nil` where nothing was to be kept.
    mutating func take() -> (octets: [UInt8], isWhole: Bool)? {
        guard isActive else { return nil }
        isActive = false
        defer { octets = [] }
        return (octets, !isCut)
    }
}
