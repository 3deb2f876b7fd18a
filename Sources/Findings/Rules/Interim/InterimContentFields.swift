import Exchanges
import HTTP1

extension Rule {
    static let interimContentFields = Rule(
        id: "interim/content-fields", severity: .warning,
        title: "fields about content in an interim response",
        explanation: Explanation(
            wire: """
                A 1xx response carried a field that describes content: Content-Type, Content-Encoding, \
                Content-Language, Content-Location, Content-Range, ETag, Last-Modified or Trailer. An interim response \
                has neither content nor trailers, so there is nothing that the field could describe. 103 and 104 are \
                left out here: the fields of a 103 are hints about the final response, and a 104 has its own.
                """,
            matters: """
                A recipient that keeps the fields of all responses of an exchange in one place gives the final response \
                the wrong type or validator, and a cache may store it so. Such fields also show that the 1xx was made \
                by the code for final responses, which tends to add Content-Length next.
                """,
            remedy: """
                Leave these fields out of interim responses. Usual causes are default fields of a framework and a \
                proxy's rule that adds a field to every response.
                """),
        citation: "RFC 9110 sections 6.4.1, 8, 14.4 and 15.2; RFC 8297 section 2",
        example: """
            < HTTP/1.1 102 Processing
            < Content-Type: text/html
            <
            < HTTP/1.1 201 Created
            """,
        needs: .maybeOddInterim
    ) { exchange, context in
        let described = exchange.interims.filter { interim in
            interim.status != 103 && interim.status != 104 && exchange.fieldAboutContent(of: interim) != nil
        }
        guard let first = described.first, let field = exchange.fieldAboutContent(of: first) else { return nil }
        return context.occurrence(at: first.first) {
            "\(exchange.quotation(of: field)) in a \(first.status) to \(exchange.requestText)"
                + exchange.suchFields(in: described.count)
        }
    }
}

extension Exchange {
    /// Fields that describe content, or announce what follows it.
    private static let aboutContent: [StaticString] = [
        "content-type", "content-encoding", "content-language", "content-location", "content-range", "etag",
        "last-modified", "trailer",
    ]

    /// The first field of an interim response that describes content.
    fileprivate func fieldAboutContent(of interim: InterimResponse) -> FieldLine? {
        for index in interim.fields where Self.aboutContent.contains(where: { isEqual(fields[index].name, to: $0) }) {
            return fields[index]
        }
        return nil
    }
}
