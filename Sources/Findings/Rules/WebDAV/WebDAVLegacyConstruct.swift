import Exchanges

extension Rule {
    static let webdavLegacyConstruct = Rule(
        id: "webdav/legacy-construct", severity: .warning,
        title: "a construct that only RFC 2518 defines",
        explanation: Explanation(
            wire: """
                The exchange holds something that RFC 2518 (1999) defines and RFC 4918 (2007) removed: 102 in answer \
                to a WebDAV request, the Status-URI field, `propertybehavior` in the content of COPY or MOVE, `source` \
                in PROPFIND or PROPPATCH, or a Timeout of another type than Second-n and Infinite; or a server that \
                names FrontPage in MS-Author-Via.
                """,
            matters: """
                Software that keeps to RFC 4918 may ignore these or refuse them. A `propertybehavior` that is ignored \
                means that a copy may lose properties its client insisted on.
                """,
            remedy: """
                Find out which program it is (the User-Agent and Server fields) and whether a newer one exists. In new \
                software, leave these constructs out.
                """),
        citation: "RFC 2518 sections 9.7, 9.8, 10.1, 12.12 and 13.10; RFC 4918 appendices F.2 and F.3",
        example: """
            > COPY /dav/a HTTP/1.1
            > Destination: /dav/b
            >
            > <D:propertybehavior xmlns:D="DAV:"><D:keepalive>*</D:keepalive></D:propertybehavior>
            """,
        needs: .maybeLegacy
    ) { exchange, context in
        guard let construct = context.webdav.construct else { return nil }
        return context.occurrence(at: construct.place) {
            let what =
                switch construct.kind {
                case .element(.propertyBehavior): "the content has propertybehavior (RFC 2518 section 12.12)"
                case .element(.source): "the content asks for DAV:source (RFC 2518 section 13.10)"
                case .statusURI: "a response has Status-URI (RFC 2518 section 9.7)"
                case .timeoutType: "Timeout names a type other than Second-n and Infinite (RFC 2518 section 9.8)"
                case .frontPage: "MS-Author-Via names FrontPage"
                case .processing: "102 answers a WebDAV request (RFC 2518 section 10.1)"
                }
            return "\(exchange.requestText): \(what)"
        }
    }
}
