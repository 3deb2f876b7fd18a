import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let interimNestedStatusLine = Rule(
        id: "interim/nested-status-line", severity: .warning,
        title: "a status line inside a header section",
        explanation: Explanation(
            wire: """
                A line that begins with `HTTP/1.` and so looks like a status line stands where a field line belongs. \
                The message before it was not ended by its empty line, so both share one header section.
                """,
            matters: """
                A strict recipient refuses the message; a lenient one drops the line, and then counts one response \
                less than its neighbour does. An interim response that swallows the final response's head this way \
                leaves the client waiting. Attackers provoke it to shift responses from one request to another: octets \
                such as `HTTP/1.1 100 Continue` inside a final response's head are a known sign.
                """,
            remedy: """
                Look at what writes the responses: an interim response is ended by an empty line, CR LF CR LF in all, \
                and so is each head. If a proxy joined the two, it is the proxy that needs an update.
                """),
        citation: "RFC 9112 sections 2.1, 5 and 11; RFC 9110 section 15.2; Kettle, “HTTP/1.1 must die”, 2025",
        example: """
            < HTTP/1.1 102 Processing
            < HTTP/1.1 201 Created
            < Content-Length: 0
            """,
        needs: .nestedStatusLine
    ) { exchange, context in
        guard let nested = exchange.nestedStatusLine else { return nil }
        return context.occurrence(at: nested.place) {
            "“\(exchange.text(nested.line, limit: 40))” inside the header section of \(nested.role)\(exchange.requestText)"
        }
    }
}

extension Exchange {
    /// The head of one message of this exchange.
    private struct Head {
        /// An octet of its start line.
        var octet: UInt32
        var place: StreamPlace
        /// What stands before the request's name to name it: nothing, `the 102 to `, `the final 200 to `.
        var role: String
    }

    /// The first line in a head that looks like a status line and is no message's own; and what stands
    /// before the request's name to name that message.
    fileprivate var nestedStatusLine: (line: OctetRange, place: StreamPlace, role: String)? {
        var heads: [Head] = []
        if let request { heads.append(Head(octet: request.method.start, place: request.first, role: "")) }
        for interim in interims where interim.reason.start > 0 {
            heads.append(Head(octet: interim.reason.start, place: interim.first, role: "the \(interim.status) to "))
        }
        if let final {
            heads.append(Head(octet: final.reason.start, place: final.first, role: "the final \(final.status) to "))
        }
        heads.sort { $0.octet < $1.octet }
        let span = octets.span
        var (lineStart, next) = (0, 0)
        while lineStart < span.count {
            let lineFeed = span.firstIndex(of: 0x0a, from: lineStart) ?? span.count
            let end = lineFeed > lineStart && span[lineFeed - 1] == 0x0d ? lineFeed - 1 : lineFeed
            if next < heads.count, Int(heads[next].octet) <= end {
                next += 1  // a message's own start line
            } else if next > 0, span.hasPrefix("HTTP/1.", at: lineStart) {
                let head = heads[next - 1]
                return (OctetRange(lineStart, end), head.place, head.role)
            }
            lineStart = lineFeed + 1
        }
        return nil
    }
}
