import CaptureModel
import Exchanges
import HTTP1

/// Words for the messages of findings: short, and safe to print.
extension Exchange {
    /// `COPY /dav/a`, cut to a length that leaves room for the rest of the sentence.
    var requestText: String {
        guard let request else { return stray ? "no request" : "a request that was not captured" }
        var text: [UInt8] = []
        text.reserveCapacity(120)
        spell(request.method, limit: 20, to: &text)
        text.append(UInt8(ascii: " "))
        spell(request.target, limit: 80, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Octets of a head, escaped, and cut with `…` after `limit` of them.
    func text(_ stretch: OctetRange, limit: Int) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(limit + 8)
        spell(stretch, limit: limit, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func spell(_ stretch: OctetRange, limit: Int, to text: inout [UInt8]) {
        let start = Int(stretch.start)
        WireText.append(octets.span.extracting(start..<start + min(stretch.count, limit)), to: &text)
        if stretch.count > limit { text.append(contentsOf: "…".utf8) }
    }

    /// `“Content-Length: 5”`: a field line, its value cut.
    func quotation(of field: FieldLine) -> String {
        "“\(text(field.name, limit: 40)): \(text(field.value, limit: 40))”"
    }

    /// `a 102`, `the last of 3 × 102`: the interim response of this status that a time counts from.
    func lastInterim(_ status: Int) -> String {
        let count = interims.count { $0.status == status }
        return count == 1 ? "a \(status)" : "the last of \(count) × \(status)"
    }

    /// `; 2 of 3 interim responses have such a field`; empty where one alone has.
    func suchFields(in count: Int) -> String {
        count > 1 ? "; \(count) of \(interims.count) interim responses have such a field" : ""
    }

    /// `102`, `102 and 103`, `100, 102 and 103`: the different statuses of interim responses, in the order of their
    /// first appearance; at most four of them.
    var interimStatuses: String {
        var statuses: [Int] = []
        for interim in interims where !statuses.contains(interim.status) {
            statuses.append(interim.status)
            if statuses.count == 4 { break }
        }
        let texts = statuses.map(String.init)
        return texts.count < 2
            ? texts.joined() : texts.dropLast().joined(separator: ", ") + " and " + texts[texts.count - 1]
    }
}

/// A duration exact enough to hold against a timer, at any length: `60.02 s`, `1800.41 s`; below a second as usual.
func timerText(_ nanoseconds: Int64) -> String {
    guard nanoseconds >= 1_000_000_000 else { return durationText(nanoseconds) }
    let hundredths = nanoseconds / 10_000_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
}
