import Exchanges
import HTTP1

extension Rule {
    static let expectOddValue = Rule(
        id: "expect/odd-value", severity: .warning,
        title: "an expectation that is not plainly 100-continue",
        explanation: Explanation(
            wire: """
                The request's Expect field holds something else than 100-continue, or parameters; or it is folded onto \
                a second line, or has white space before its colon.
                """,
            matters: """
                Only 100-continue is defined, without parameters; a server may answer anything else with 417. One hop \
                that reads 100-continue out of a value and another that does not disagree on whether the content \
                follows: `Expect: y 100-continue` and a folded Expect were used to smuggle requests past large front \
                ends (CVE-2025-32094 is one of these).
                """,
            remedy: """
                If the client is yours, send the plain value. If not, look at what else it sent on this connection, and \
                let the first hop refuse such requests.
                """),
        citation: "RFC 9110 section 10.1.1; RFC 9112 sections 5.1 and 5.2; Kettle, “HTTP/1.1 must die”, 2025",
        example: """
            > POST /a HTTP/1.1
            > Expect: y 100-continue
            > Content-Length: 5
            """,
        needs: .expectation
    ) { exchange, context in
        guard let request = exchange.request else { return nil }
        for index in request.fields where exchange.isEqual(exchange.fields[index].name, to: "expect") {
            let field = exchange.fields[index]
            guard let oddity = exchange.oddity(ofExpect: field) else { continue }
            return context.occurrence(at: request.first) {
                let status = exchange.final.map { "; the answer was \($0.status)" } ?? ""
                return "\(exchange.quotation(of: field)) in \(exchange.requestText) \(oddity)\(status)"
            }
        }
        return nil
    }
}

extension Exchange {
    /// What is odd about an Expect field, as a predicate; `nil` for nothing. 102-processing has a rule of its own.
    fileprivate func oddity(ofExpect field: FieldLine) -> String? {
        let value = octets[field.value.range]
        if value.contains(0x0a) { return "is folded onto a second line" }
        let afterName = Int(field.name.end)
        if afterName < octets.count, octets[afterName] != UInt8(ascii: ":") {
            return "has white space before its colon"
        }
        for member in value.split(separator: UInt8(ascii: ",")) {
            let blank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
            guard let last = member.lastIndex(where: { !blank($0) }) else { continue }
            let text = OctetRange(member.drop(while: blank).startIndex, last + 1)
            if !isEqual(text, to: "100-continue"), !isEqual(text, to: "102-processing") {
                return "is not plainly 100-continue"
            }
        }
        return nil
    }
}
