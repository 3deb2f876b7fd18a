import Exchanges

extension Rule {
    static let webdavWeakSign = Rule(
        id: "webdav/weak-sign", severity: .note,
        title: "a sign of old WebDAV that proves nothing",
        explanation: Explanation(
            wire: """
                The exchange has a construct that is often taken for a sign of RFC 2518: a DAV field with class 1 or 2 \
                and without 3, MS-Author-Via: DAV, or Translate: f.
                """,
            matters: """
                Current software sends all three. Apache's mod_dav answers OPTIONS with `DAV: 1,2` and MS-Author-Via \
                today, sabre/dav sends MS-Author-Via as well, and Windows 10 and 11 send Translate: f. Class 3 missing \
                says only that the server does not advertise RFC 4918.
                """,
            remedy: """
                Nothing. For proof look at `webdav/legacy-construct`.
                """),
        citation: "RFC 4918 section 18.3; MS-WDVSE sections 2.2.1 and 2.2.2",
        example: """
            > OPTIONS /dav/ HTTP/1.1
            < HTTP/1.1 200 OK
            < DAV: 1,2
            < MS-Author-Via: DAV
            """,
        needs: .maybeWeakSign
    ) { exchange, context in
        var signs: [String] = []
        var place = exchange.request?.first
        if let request = exchange.request, exchange.list("translate", in: request.fields, has: "f") {
            signs.append("Translate: f")
        }
        if let final = exchange.final {
            let lines = final.fields
            var answered = false
            if let request = exchange.request, exchange.isMethod(request.method, "OPTIONS"),
                exchange.list("dav", in: lines, has: "1"), !exchange.list("dav", in: lines, has: "3")
            {
                let level = exchange.list("dav", in: lines, has: "2") ? "1 and 2" : "1"
                signs.append("DAV with class \(level) but not 3")
                answered = true
            }
            if exchange.list("ms-author-via", in: lines, has: "dav") {
                signs.append("MS-Author-Via: DAV")
                answered = true
            }
            if answered { place = final.first }
        }
        guard let place, let last = signs.last else { return nil }
        let all = signs.count == 1 ? last : signs.dropLast().joined(separator: ", ") + " and " + last
        return context.occurrence(at: place) { "\(exchange.requestText): \(all), which current software sends as well" }
    }
}
