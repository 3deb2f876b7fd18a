import CaptureForge
import CaptureModel
package import Exchanges
package import HTTP1

/// One exchange in one line, so that a test can say all of it at once.
///
/// `1.1 PUT /up@0.1-0.1-0.7+5 100@0.6 200@3.7+2 completed@3.7 (gap)`: connection and number; the request with the
/// seconds of its first octet, the end of its head, and its last octet (equal ones at the end are told once), and its
/// octets of content; the interim responses; the final one; outcome and end; what the capture cannot prove. `?` is a
/// request that was not captured, `–` a final response that was not seen; `~` marks a cut head, `…` a message that is
/// not complete, `stray` a response that no request waited for.
package func account(_ exchange: Exchange, times: Bool = true) -> String {
    let text = Account(exchange: exchange, showsTimes: times)
    var words = ["\(exchange.connection.id).\(exchange.number)", text.request]
    words += exchange.interims.map(text.interim)
    words += [text.final, exchange.outcome.rawValue + text.places([exchange.end])]
    let names = Integrity.names.filter { exchange.integrity.contains($0.0) }.map(\.1)
    if !names.isEmpty { words.append("(" + names.joined(separator: " ") + ")") }
    if exchange.stray { words.append("stray") }
    return words.joined(separator: " ")
}

/// The accounts of several exchanges, in order of connection and number.
package func accounts(_ exchanges: [Exchange], times: Bool = true) -> [String] {
    exchanges.sorted { ($0.connection.id, $0.number) < ($1.connection.id, $1.number) }
        .map { account($0, times: times) }
}

/// How a connection ended: `1 fin client`.
package func account(_ end: EndedConnection) -> String {
    "\(end.id) \(end.end.kind.rawValue)" + (end.end.closedFirst.map { $0 == .client ? " client" : " server" } ?? "")
}

extension Exchange {
    /// A stretch of its heads as text.
    package func text(_ range: OctetRange) -> String {
        String(decoding: octets[range.range], as: UTF8.self)
    }

    /// Names and values of some of its field lines: `["host: a.example"]`.
    package func texts(_ lines: Range<Int>) -> [String] {
        lines.map { "\(text(fields[$0].name)): \(text(fields[$0].value))" }
    }
}

private struct Account {
    let exchange: Exchange
    let showsTimes: Bool

    var request: String {
        guard let request = exchange.request else { return "?" }
        let line = "\(exchange.text(request.method)) \(exchange.text(request.target))"
        let places = [request.first, request.headEnd] + (request.end.map { [$0] } ?? [])
        return line + (request.headComplete ? "" : "~") + self.places(places) + content(request.bodyBytes)
            + (request.complete ? "" : "…")
    }

    func interim(_ interim: InterimResponse) -> String {
        "\(interim.status)" + places([interim.first, interim.headEnd])
    }

    var final: String {
        guard let final = exchange.final else { return "–" }
        return "\(final.status)" + (final.headComplete ? "" : "~") + places([final.first, final.headEnd, final.end])
            + content(final.bodyBytes) + (final.complete ? "" : "…")
    }

    private func content(_ octets: Int) -> String { octets > 0 ? "+\(octets)" : "" }

    func places(_ places: [StreamPlace]) -> String {
        guard showsTimes else { return "" }
        var texts = places.map { seconds($0.time.since(Dialogue.start)) }
        while texts.count > 1, texts[texts.count - 1] == texts[texts.count - 2] { texts.removeLast() }
        return "@" + texts.joined(separator: "-")
    }

    /// Seconds without needless zeros.
    private func seconds(_ nanoseconds: Int64) -> String {
        let (whole, fraction) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var digits = String(fraction.magnitude + 1_000_000_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return (nanoseconds < 0 ? "-" : "") + "\(whole.magnitude)" + (digits.isEmpty ? "" : "." + digits)
    }
}
