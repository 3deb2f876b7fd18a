import CaptureModel
package import HTTP1

/// What went wrong inside a 207 (RFC 4918 section 13): resources whose own status is a failure.
package struct InnerFailures: Hashable, Sendable, BitwiseCopyable {
    /// How many of the resources failed, and how many there are.
    package var count: UInt32
    package var resources: UInt32
    /// The status of the first one that failed.
    package var status: UInt16
    /// Whether all of the content was looked at, not only its beginning.
    package var isWhole: Bool
    /// The first one's href, cut to `hrefLimit` octets; it stands in the exchange's octets.
    package var href: OctetRange

    static let hrefLimit = 512

    package init(count: UInt32, resources: UInt32, status: UInt16, isWhole: Bool, href: OctetRange) {
        self.count = count
        self.resources = resources
        self.status = status
        self.isWhole = isWhole
        self.href = href
    }
}

/// Looks for failures in the beginning of the content of a 207. Other responses pay for one comparison.
struct MultistatusInspection: Sendable {
    private var content = ContentPrefix()
    /// Whether the request asks for properties or members: a 404 then says that there are none, which is no failure.
    private var isQuery = false

    var isActive: Bool { content.isActive }

    /// Begins with the content of the exchange's final response, if that is a 207 whose content can be read.
    mutating func begin(_ exchange: borrowing Exchange) {
        content.stop()
        guard let final = exchange.final, final.status == 207, !final.framing.isNone,
            exchange.value(of: "content-encoding", in: final.fields) == nil
        else { return }
        isQuery = false
        if let method = exchange.request?.method {
            isQuery =
                exchange.isMethod(method, "PROPFIND") || exchange.isMethod(method, "REPORT")
                || exchange.isMethod(method, "SEARCH")
        }
        content.begin()
    }

    /// Takes more of the content, up to `limit` octets in all.
    mutating func add(_ octets: Span<UInt8>, limit: Int) {
        content.add(octets, limit: limit)
    }

    /// Octets were missed: what comes later is not looked at.
    mutating func cut() {
        content.cut()
    }

    /// Puts what was found into `exchange`, and ends this inspection. Most contents tell of no failure, and then their
    /// tags are not looked at.
    mutating func finish(into exchange: inout Exchange) {
        let isQuery = isQuery
        content.finish { octets, isWhole in
            guard octets.mayTellOfFailure(isQuery) else { return }
            exchange.takeFailures(in: octets, isWhole: isWhole, isQuery)
        }
    }
}

extension Exchange {
    /// Takes over what failed, and the octets of the first one's href.
    fileprivate mutating func takeFailures(in octets: Span<UInt8>, isWhole: Bool, _ isQuery: Bool) {
        var failures = InnerFailures(count: 0, resources: 0, status: 0, isWhole: isWhole, href: OctetRange(0, 0))
        var href: Range<Int>?
        var (firstHref, at, isCounted) = (0..<0, 0, true)
        while let name = octets.nextStartTag(from: at) {
            at = name.upperBound
            if octets.isTag(name, "response") {
                failures.resources += 1
                (href, isCounted) = (nil, false)
            } else if href == nil, octets.isTag(name, "href") {
                href = octets.textOfElement(from: at)
            } else if !isCounted, octets.isTag(name, "status"), let text = octets.textOfElement(from: at),
                let status = octets.failure(onLine: text, isQuery)
            {
                if failures.count == 0 { (failures.status, firstHref) = (status, href ?? 0..<0) }
                failures.count += 1
                isCounted = true
            }
        }
        guard failures.count > 0 else { return }
        let start = self.octets.count
        let named = firstHref.lowerBound..<min(firstHref.upperBound, firstHref.lowerBound + InnerFailures.hrefLimit)
        self.octets.append(octets.extracting(named))
        failures.href = OctetRange(start, self.octets.count)
        innerFailures = failures
    }
}

extension Span<UInt8> {
    /// Whether the status line of a failure stands anywhere, be it in an element or not.
    fileprivate func mayTellOfFailure(_ isQuery: Bool) -> Bool {
        var at = 0
        while let line = firstIndex(of: UInt8(ascii: "H"), from: at) {
            if failure(onLine: line..<count, isQuery) != nil { return true }
            at = line + 1
        }
        return false
    }

    /// The status of a status line, `HTTP/1.1 423 Locked`, that tells of a failure; `nil` where it is none.
    fileprivate func failure(onLine line: Range<Int>, _ isQuery: Bool) -> UInt16? {
        guard line.count >= 12, hasPrefix("HTTP/", at: line.lowerBound) else { return nil }
        var status: UInt16 = 0
        for at in line.lowerBound + 9..<line.lowerBound + 12 {
            guard self[at] >= 0x30, self[at] <= 0x39 else { return nil }
            status = status * 10 + UInt16(self[at] - 0x30)
        }
        guard self[line.lowerBound + 8] == 0x20, status >= 400, !(isQuery && status == 404) else { return nil }
        return status
    }
}
