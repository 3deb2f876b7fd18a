import CaptureModel
import HTTP1

/// Looks for elements that only RFC 2518 defines in the beginning of a WebDAV request's content, wherever the content
/// is cut into segments and chunks.
struct ContentInspection: Sendable {
    private var octets: [UInt8] = []
    private(set) var isActive = false

    /// Begins with a request's content, if its method can carry such elements.
    mutating func begin(_ exchange: borrowing Exchange) {
        octets.removeAll(keepingCapacity: true)
        guard let method = exchange.request?.method else { return isActive = false }
        isActive =
            exchange.isMethod(method, "COPY") || exchange.isMethod(method, "MOVE")
            || exchange.isMethod(method, "PROPFIND") || exchange.isMethod(method, "PROPPATCH")
    }

    /// Ends without a result.
    mutating func stop() {
        isActive = false
    }

    /// Takes more of the content, up to `limit` octets in all.
    mutating func add(_ content: Span<UInt8>, limit: Int) {
        guard isActive, octets.count < limit else { return }
        octets.append(content.extracting(0..<min(content.count, limit - octets.count)))
    }

    /// What was found, and the end of this inspection.
    mutating func finish() -> LegacyElement? {
        guard isActive else { return nil }
        isActive = false
        defer { octets.removeAll(keepingCapacity: true) }
        if hasElement("propertybehavior") { return .propertyBehavior }
        return hasElement("source") ? .source : nil
    }

    /// Whether an element of this local name is opened: `<name` or `<prefix:name`, and then no name character.
    private func hasElement(_ name: StaticString) -> Bool {
        let span = octets.span
        var at = 0
        while let open = span.firstIndex(of: UInt8(ascii: "<"), from: at) {
            at = open + 1
            var local = at
            while local < span.count, isNameCharacter(span[local]) { local += 1 }
            if local < span.count, span[local] == UInt8(ascii: ":") { local += 1 } else { local = at }
            guard span.hasPrefix(name, at: local) else { continue }
            let end = local + name.utf8CodeUnitCount
            if end == span.count || !isNameCharacter(span[end]) { return true }
        }
        return false
    }

    private func isNameCharacter(_ octet: UInt8) -> Bool {
        octet >= 0x80 || octet >= 0x30 && octet <= 0x39 || octet >= 0x41 && octet <= 0x5a
            || octet >= 0x61 && octet <= 0x7a || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            || octet == UInt8(ascii: ".")
    }
}
