/// The findings that are known and accepted, by their fingerprints.
package struct Baseline: Sendable, Equatable {
    private var known: Set<Fingerprint> = []

    /// The most fingerprints that a baseline has; more are no list that anybody has looked at.
    package static let most = 100_000
    private static let schema = "interlude.baseline/1"

    package init() {}

    /// How many there are.
    package var count: Int { known.count }

    /// Whether a finding is known.
    package func contains(_ fingerprint: Fingerprint) -> Bool { known.contains(fingerprint) }

    /// Adds one; false where the baseline is full.
    package mutating func add(_ fingerprint: Fingerprint) -> Bool {
        guard known.count < Self.most || known.contains(fingerprint) else { return false }
        known.insert(fingerprint)
        return true
    }

    /// Reads a baseline as `octets` writes it.
    package init(_ octets: [UInt8]) throws(JSONFault) {
        let document = try JSONValue(octets)
        guard document["schema"]?.text == Self.schema, let rows = document["findings"]?.items else {
            throw JSONFault(at: 0, what: "it is no baseline of schema \(Self.schema)")
        }
        for (index, row) in rows.enumerated() {
            let parts = ["rule", "method", "host", "target"].map { row[$0]?.text }
            guard let rule = parts[0], let method = parts[1], let host = parts[2], let target = parts[3] else {
                throw JSONFault(at: 0, what: "finding \(index + 1) has no rule, method, host and target")
            }
            guard add(Fingerprint(rule: rule, method: method, host: host, target: target)) else {
                throw JSONFault(at: 0, what: "it has more than \(Self.most) findings")
            }
        }
    }

    /// The baseline as JSON, a finding a line in the order of rules: made to be looked at, and compared.
    package func write(to sink: inout ByteSink) throws(ReportError) {
        sink.pending.literal("{\"schema\":")
        sink.pending.jsonText(Self.schema)
        sink.pending.literal(",\n\"findings\":[")
        for (index, fingerprint) in known.sorted().enumerated() {
            sink.pending.literal(index > 0 ? ",\n{\"rule\":" : "\n{\"rule\":")
            sink.pending.jsonText(fingerprint.rule)
            sink.pending.literal(",\"method\":")
            sink.pending.jsonText(fingerprint.method)
            sink.pending.literal(",\"host\":")
            sink.pending.jsonText(fingerprint.host)
            sink.pending.literal(",\"target\":")
            sink.pending.jsonText(fingerprint.target)
            sink.pending.append(UInt8(ascii: "}"))
            try sink.flushIfFull()
        }
        sink.pending.literal("\n]}\n")
        try sink.flush()
        try sink.publish()
    }
}
