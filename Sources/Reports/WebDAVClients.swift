import CaptureModel
import Exchanges
import HTTP1

/// The software that spoke WebDAV, by User-Agent, and what each did. Its size is bounded by `limit` and `methodLimit`.
struct WebDAVClients {
    private struct Client {
        var exchanges = 0
        var legacy = 0
        var methods: [String: Int] = [:]
    }

    private var clients: [String: Client] = [:]
    /// Exchanges of software beyond the limit.
    private var others = 0

    /// How many names are told apart, how many methods of each, and how many names are shown; nobody reads more.
    private static let (limit, methodLimit, shown) = (100, 30, 5)

    /// Takes an exchange that is WebDAV.
    mutating func add(_ exchange: borrowing Exchange, isLegacy: Bool) {
        let agent = exchange.value(of: "user-agent", in: exchange.request?.fields ?? 0..<0)
        let name = agent.map { exchange.shown($0, 60) } ?? "software that gives no name"
        guard clients[name] != nil || clients.count < WebDAVClients.limit else {
            others += 1
            return
        }
        var client = clients.removeValue(forKey: name) ?? Client()
        client.exchanges += 1
        if isLegacy { client.legacy += 1 }
        if let method = exchange.request.map({ exchange.shown($0.method, 20) }),
            client.methods[method] != nil || client.methods.count < WebDAVClients.methodLimit
        {
            client.methods[method, default: 0] += 1
        }
        clients[name] = client
    }

    /// A sentence for each, those with legacy constructs first, then those that did most.
    var sentences: [String] {
        let sorted = clients.sorted { left, right in
            (right.value.legacy, right.value.exchanges, left.key) < (left.value.legacy, left.value.exchanges, right.key)
        }
        var sentences = sorted.prefix(WebDAVClients.shown).map { name, client in
            let methods = client.methods.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let legacy = client.legacy == 0 ? "" : ", \(client.legacy) of them legacy"
            return "\(name): \(counted(client.exchanges, "exchange"))\(legacy) ("
                + methods.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + ")"
        }
        let rest = sorted.dropFirst(WebDAVClients.shown).reduce(others) { $0 + $1.value.exchanges }
        if rest > 0 { sentences.append("other software: \(counted(rest, "exchange"))") }
        return sentences
    }
}

extension Exchange {
    /// Octets of a head, safe to show, cut to `limit` columns.
    fileprivate func shown(_ stretch: OctetRange, _ limit: Int) -> String {
        withOctets(stretch) { String(decoding: [UInt8].shown($0).cut(to: limit), as: UTF8.self) }
    }
}
