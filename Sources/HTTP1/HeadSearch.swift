import CaptureModel

/// Finds the next head after framing was lost: in a run of octets of which nobody knows where it stands in a message.
///
/// A head nearly always begins a segment, for its sender writes it with one call; there its beginning is enough. Inside
/// a run only a whole start line is believed, with a field line or an empty line behind it, as far as the run shows.
package enum HeadSearch {
    /// The first place at or after `start` where a head of this kind seems to begin; `nil` where none does.
    package static func nextHead(_ kind: MessageKind, _ octets: Span<UInt8>, from start: Int) -> Int? {
        switch kind {
        case .request: nextRequest(octets, from: start)
        case .response: nextResponse(octets, from: start)
        }
    }

    /// Whether a request begins at `start`: a whole request line.
    package static func isRequest(_ octets: Span<UInt8>, at start: Int) -> Bool {
        guard start < octets.count, StartLines.isToken(octets[start]) else { return false }
        guard let lineFeed = octets.firstIndex(of: 0x0a, from: start) else { return false }
        let end = lineFeed > start && octets[lineFeed - 1] == 0x0d ? lineFeed - 1 : lineFeed
        if case .line = StartLines.request(octets, start..<end) { return true }
        return false
    }

    /// The octets of a status line up to its status, of which fewer do not tell that it is one.
    package static let statusOctets = 12

    /// Whether a short run may be the beginning of a status line.
    package static func mayBecomeResponse(_ octets: Span<UInt8>) -> Bool { StartLines.canBecomeStatus(octets, from: 0) }

    /// Whether a response begins at `start`: a whole status line, or what a short run shows of one (its status).
    package static func isResponse(_ octets: Span<UInt8>, at start: Int) -> Bool {
        guard octets.hasPrefix("HTTP/", at: start) || octets.hasPrefix("ICY ", at: start) else { return false }
        guard let lineFeed = octets.firstIndex(of: 0x0a, from: start) else {
            return octets.count - start >= statusOctets && StartLines.canBecomeStatus(octets, from: start)
        }
        let end = lineFeed > start && octets[lineFeed - 1] == 0x0d ? lineFeed - 1 : lineFeed
        if case .line = StartLines.status(octets, start..<end) { return true }
        return false
    }

    /// Which kind of message this run holds a head of; `nil` where none is seen. For a connection of which nobody knows
    /// who is the client.
    package static func kind(of octets: Span<UInt8>) -> MessageKind? {
        if isRequest(octets, at: 0) { return .request }
        if isResponse(octets, at: 0) { return .response }
        // "HTTP" could still be the beginning of either, and a few capital letters of anything.
        if StartLines.canBecomeStatus(octets, from: 0) || methodEnd(octets) == octets.count { return nil }
        if nextRequest(octets, from: 0) != nil { return .request }
        var (at, line) = (0, LineAhead())
        while let candidate = octets.firstIndex(of: UInt8(ascii: "H"), from: at) {
            if isWholeResponse(octets, candidate, &line) { return .response }
            at = candidate + 1
        }
        return nil
    }

    /// Whether a short run may be the beginning of a head of either kind.
    package static func mayBecomeHead(_ octets: Span<UInt8>) -> Bool {
        StartLines.canBecomeStatus(octets, from: 0) || beginsRequest(octets)
    }

    /// Whether a run begins with a request, where a request or something else is due; `nil` where more of it has to be
    /// seen. The method is one of capital letters.
    package static func beginsWithRequest(_ octets: Span<UInt8>) -> Bool? {
        let lineFeed = octets.firstIndex(of: 0x0a, from: 0)
        guard isPlausibleLine(octets.extracting(0..<(lineFeed ?? octets.count))) else { return false }
        return lineFeed == nil ? nil : isRequest(octets, at: 0)
    }

    private static func nextRequest(_ octets: Span<UInt8>, from start: Int) -> Int? {
        if start == 0, beginsRequest(octets) { return 0 }
        var at = start
        while at < octets.count {
            guard let lineFeed = octets.firstIndex(of: 0x0a, from: at) else { return nil }
            if isRequest(octets, at: at), isFollowedByField(octets, lineFeed) { return at }
            at = lineFeed + 1
        }
        return nil
    }

    /// Whether a run begins with a request line, or, as far as it goes, with a plausible beginning of one.
    private static func beginsRequest(_ octets: Span<UInt8>) -> Bool {
        isRequest(octets, at: 0) || octets.firstIndex(of: 0x0a, from: 0) == nil && isPlausibleLine(octets)
    }

    /// Whether these octets, in which no line ends, may begin a request line: a method of capital letters, then a target
    /// of one of the four forms (RFC 9112 section 3.2), as far as they go.
    private static func isPlausibleLine(_ octets: Span<UInt8>) -> Bool {
        let at = methodEnd(octets)
        if at == octets.count { return at > 0 && at <= 20 }
        guard at >= 3, octets[at] == 0x20 else { return false }
        guard at + 1 < octets.count else { return true }
        let first = octets[at + 1]
        guard
            first == UInt8(ascii: "/") || first == UInt8(ascii: "*") || first == UInt8(ascii: "h")
                || octets.hasPrefix("CONNECT ", at: 0)
        else { return false }
        // A target has no control characters; binary protocols that begin with letters are told apart here.
        for place in at..<octets.count where octets[place] < 0x20 && octets[place] != 0x09 && octets[place] != 0x0d {
            return false
        }
        return true
    }

    /// The end of the capital letters and hyphens that a run begins with.
    private static func methodEnd(_ octets: Span<UInt8>) -> Int {
        var at = 0
        while at < octets.count, octets[at] >= 0x41 && octets[at] <= 0x5a || octets[at] == UInt8(ascii: "-") { at += 1 }
        return at
    }

    private static func nextResponse(_ octets: Span<UInt8>, from start: Int) -> Int? {
        var (at, line) = (start, LineAhead())
        if octets.hasPrefix("ICY ", at: start), isResponse(octets, at: start) { return start }
        while let candidate = octets.firstIndex(of: UInt8(ascii: "H"), from: at) {
            let beginsRun = candidate == start
            if beginsRun ? isResponse(octets, at: candidate) : isWholeResponse(octets, candidate, &line) {
                return candidate
            }
            // The end of a run may hold the beginning of a status line; what it becomes, the next run tells.
            if octets.count - candidate < 13, octets.count - candidate >= (beginsRun ? 1 : 5),
                StartLines.canBecomeStatus(octets, from: candidate)
            {
                return candidate
            }
            at = candidate + 1
        }
        return nil
    }

    private static func isWholeResponse(_ octets: Span<UInt8>, _ start: Int, _ line: inout LineAhead) -> Bool {
        guard octets.hasPrefix("HTTP/1.", at: start), let lineFeed = line.lineFeed(octets, from: start) else {
            return false
        }
        let end = octets[lineFeed - 1] == 0x0d ? lineFeed - 1 : lineFeed
        guard case .line = StartLines.status(octets, start..<end) else { return false }
        return line.isFollowedByField(octets, lineFeed)
    }

    /// What was found out of the line that a search is in, so that however many candidates a line holds, its end and
    /// the next line are looked at once.
    private struct LineAhead {
        /// The first line feed from the place that was asked for last; the run's length where there is none.
        private var lineFeed = -1
        private var isFollowed: Bool?

        /// The first line feed at or after `start`, which never goes back.
        mutating func lineFeed(_ octets: Span<UInt8>, from start: Int) -> Int? {
            if lineFeed < start {
                lineFeed = octets.firstIndex(of: 0x0a, from: start) ?? octets.count
                isFollowed = nil
            }
            return lineFeed < octets.count ? lineFeed : nil
        }

        mutating func isFollowedByField(_ octets: Span<UInt8>, _ lineFeed: Int) -> Bool {
            if let isFollowed { return isFollowed }
            let found = HeadSearch.isFollowedByField(octets, lineFeed)
            isFollowed = found
            return found
        }
    }

    /// Whether the line behind this line feed is empty, or has a field's name and colon, as far as the run shows.
    private static func isFollowedByField(_ octets: Span<UInt8>, _ lineFeed: Int) -> Bool {
        var at = lineFeed + 1
        guard at < octets.count, octets[at] != 0x0d, octets[at] != 0x0a else { return true }
        while at < octets.count, StartLines.isToken(octets[at]) { at += 1 }
        return at == octets.count || at > lineFeed + 1 && octets[at] == UInt8(ascii: ":")
    }
}
