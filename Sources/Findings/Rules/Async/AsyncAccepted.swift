import Exchanges
import HTTP1

extension Rule {
    static let asyncAccepted = Rule(
        id: "async/accepted", severity: .note,
        title: "202 Accepted with a way to learn the result",
        explanation: Explanation(
            wire: """
                The final response is 202, and it says where or when to ask for the result: a status monitor in \
                Location, Operation-Location, Azure-AsyncOperation, Content-Location or Link, or a Retry-After.
                """,
            matters: """
                This is what replaced 102: the request is over at once, no timer on the way runs, and the connection is \
                free while the server works. HTTP cannot send the result later, so the client has to ask.
                """,
            remedy: """
                Nothing is wrong. Say Retry-After too, so that clients do not ask too often, and describe the state of \
                the work in the content.
                """),
        citation: "RFC 9110 sections 15.3.3 and 10.2.3; RFC 7240 section 4.1",
        example: """
            > POST /report HTTP/1.1
            < HTTP/1.1 202 Accepted
            < Location: /report/status/7
            < Retry-After: 5
            """,
        needs: .accepted
    ) { exchange, context in
        guard let final = exchange.final, final.status == 202 else { return nil }
        let (monitor, after) = (exchange.statusMonitor, exchange.value(of: "retry-after", in: final.fields))
        guard monitor != nil || after != nil else { return nil }
        return context.occurrence(at: final.first) {
            let ways = [
                monitor.map { "the result is to be asked for at \(exchange.text($0.value, limit: 80)) (\($0.name))" },
                after.map { "the client is to ask again after “\(exchange.text($0, limit: 40))” (Retry-After)" },
            ]
            return
                "\(exchange.requestText) was accepted with 202: \(ways.compactMap(\.self).joined(separator: ", and "))"
        }
    }
}

extension Exchange {
    /// The field of a 202 that names its status monitor, with its value: those of RFC 9110 and of Microsoft's and
    /// Azure's guidelines.
    var statusMonitor: (name: String, value: OctetRange)? {
        guard let final else { return nil }
        let fields: [(StaticString, String)] = [
            ("operation-location", "Operation-Location"), ("azure-asyncoperation", "Azure-AsyncOperation"),
            ("location", "Location"), ("content-location", "Content-Location"), ("link", "Link"),
        ]
        for (field, name) in fields {
            if let value = value(of: field, in: final.fields), !value.isEmpty { return (name, value) }
        }
        return nil
    }
}
