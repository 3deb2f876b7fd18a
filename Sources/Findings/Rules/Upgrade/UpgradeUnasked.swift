import Exchanges
import HTTP1

extension Rule {
    static let upgradeUnasked = Rule(
        id: "upgrade/unasked", severity: .violation,
        title: "101 to a protocol that the request did not offer",
        explanation: Explanation(
            wire: """
                The server answered 101, and the request had no Upgrade field, or offered none of the protocols that \
                the 101 names, or spoke HTTP/1.0, where Upgrade has no meaning.
                """,
            matters: """
                After a 101, HTTP/1 is over on the connection. A client that asked for nothing, or for something else, \
                cannot read what follows; it may take it for the rest of an HTTP response. A proxy that did not see an \
                upgrade coming may go on reading requests that are none.
                """,
            remedy: """
                Let the server answer an upgrade only with what the request lists. If a proxy took the Upgrade field \
                away, or added it, mend its configuration: the field holds for one hop only.
                """),
        citation: "RFC 9110 sections 7.8 and 15.2.2",
        example: """
            > GET /chat HTTP/1.1
            < HTTP/1.1 101 Switching Protocols
            < Upgrade: websocket
            """,
        needs: .switched
    ) { exchange, context in
        guard let request = exchange.request, exchange.hasWholeRequestHead, let final = exchange.final,
            final.status == 101
        else { return nil }
        let named = exchange.protocols(in: final.fields)
        let to = named.isEmpty ? "101" : "101 to \(named.quoted)"
        if !request.version.isAtLeast11 {
            let version = "HTTP/\(request.version.major).\(request.version.minor)"
            return context.occurrence(at: final.first) {
                "\(to) in answer to \(exchange.requestText), which speaks \(version)"
            }
        }
        let offered = exchange.protocols(in: request.fields)
        if offered.isEmpty {
            return context.occurrence(at: final.first) {
                "\(to) in answer to \(exchange.requestText), which offered no upgrade"
            }
        }
        // A 101 lists all layers, old ones as well (RFC 2817 section 3.3 has “TLS/1.0, HTTP/1.1”): one offered is enough.
        guard !named.isEmpty, named.allSatisfy({ !offered.contains($0) }) else { return nil }
        return context.occurrence(at: final.first) {
            "\(to) in answer to \(exchange.requestText), which offered \(offered.quoted)"
        }
    }
}

extension Exchange {
    /// The names of the protocols in Upgrade fields, in lower case and without their versions: they are compared so.
    fileprivate func protocols(in lines: Range<Int>) -> [String] {
        var names: [String] = []
        for index in lines where isEqual(fields[index].name, to: "upgrade") {
            for member in octets[fields[index].value.range].split(separator: UInt8(ascii: ",")) {
                let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
                let name = member.drop(while: isBlank).prefix { $0 != UInt8(ascii: "/") && !isBlank($0) }
                if !name.isEmpty {
                    names.append(text(OctetRange(name.startIndex, name.endIndex), limit: 40).lowercased())
                }
            }
        }
        return names
    }
}

extension [String] {
    /// `“a”, “b”`, four of them at most.
    fileprivate var quoted: String {
        prefix(4).map { "“\($0)”" }.joined(separator: ", ")
    }
}
