import CaptureModel
import HTTP1

/// Looks for elements that only RFC 2518 defines in the beginning of a WebDAV request's content.
struct ContentInspection: Sendable {
    private var content = ContentPrefix()

    var isActive: Bool { content.isActive }

    /// Begins with a request's content, if its method can carry such elements.
    mutating func begin(_ exchange: borrowing Exchange) {
        content.stop()
        guard let method = exchange.request?.method else { return }
        if exchange.isMethod(method, "COPY") || exchange.isMethod(method, "MOVE")
            || exchange.isMethod(method, "PROPFIND") || exchange.isMethod(method, "PROPPATCH")
        {
            content.begin()
        }
    }

    /// Ends without a result.
    mutating func stop() {
        content.stop()
    }

    /// Takes more of the content, up to `limit` octets in all.
    mutating func add(_ octets: Span<UInt8>, limit: Int) {
        content.add(octets, limit: limit)
    }

    /// What was found, and the end of this inspection.
    mutating func finish() -> LegacyElement? {
        content.finish { octets, _ in
            var (at, asksForSource) = (0, false)
            while let name = octets.nextStartTag(from: at) {
                at = name.upperBound
                if octets.isTag(name, "propertybehavior") { return .propertyBehavior }
                if octets.isTag(name, "source") { asksForSource = true }
            }
            return asksForSource ? .source : nil
        } ?? nil
    }
}
