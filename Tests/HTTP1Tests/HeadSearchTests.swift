import HTTP1
import Testing

/// The search for the next head looks at each octet a few times at most, however many heads seem to begin: the runs here
/// would take minutes if it looked at the rest of the run for each.
@Suite("The search for the next head")
struct HeadSearchTests {
    private func many(_ text: String, _ count: Int, then end: String = "") -> [UInt8] {
        let part = Array(text.utf8)
        var octets: [UInt8] = []
        octets.reserveCapacity(part.count * count + end.utf8.count)
        for _ in 0..<count { octets += part }
        return octets + Array(end.utf8)
    }

    @Test("Beginnings of status lines on a line without end are passed over in linear time")
    func withoutLineEnd() {
        let octets = many("HTTP/1.", 1_500_000)
        #expect(HeadSearch.nextHead(.response, octets.span, from: 1) == octets.count - 7)
        let other = many("xHTTP/1.", 1_500_000, then: "x")
        #expect(HeadSearch.nextHead(.response, other.span, from: 1) == nil)
        #expect(HeadSearch.kind(of: other.span) == nil)
    }

    @Test("Status lines on one line that no field follows are passed over in linear time")
    func withoutField() {
        let octets = many("HTTP/1.1 200 ", 200_000, then: "\n" + String(repeating: "x", count: 3_000_000) + "\nend")
        #expect(HeadSearch.nextHead(.response, octets.span, from: 1) == nil)
    }

    @Test("Lines that are requests but for the line behind them are passed over in linear time")
    func requests() {
        let octets = many("GET / HTTP/1.1\n\u{1}\n", 200_000)
        #expect(HeadSearch.nextHead(.request, octets.span, from: 1) == nil)
        let tokens = many("GETGETGETGETGET", 500_000)
        #expect(HeadSearch.nextHead(.request, tokens.span, from: 1) == nil)
    }

    @Test("A head behind many that are none is found where it begins")
    func found() {
        let before = many("HTTP/1.1 2x0 HTTP/1.", 10_000, then: "\r\n")
        let octets = before + Array("junk HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n".utf8)
        #expect(HeadSearch.nextHead(.response, octets.span, from: 0) == before.count + 5)
        #expect(HeadSearch.kind(of: octets.span) == .response)
    }
}
