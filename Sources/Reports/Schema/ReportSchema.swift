import Exchanges
import Findings

/// The JSON Schema (draft 2020-12) of reports. Its words are those of the columns where both say the same, and its lists of words
/// those of the types themselves.
package enum ReportSchema {
    /// The schema of the JSON document; with `lines`, of one line of JSON Lines. One definition a line.
    package static func text(lines: Bool) -> String {
        var schema = OctetBuffer()
        schema.literal(##"{"$schema":"https://json-schema.org/draft/2020-12/schema","##)
        schema.literal(
            lines ? #""title":"A line of an Interlude report in JSON Lines""# : #""title":"An Interlude report""#)
        if lines {
            schema.literal(#","oneOf":"#)
            schema.array(records.map(\.name) + ["event"]) { $1.schema(.reference($0)) }
        } else {
            schema.literal(##","$ref":"#/$defs/report""##)
        }
        schema.literal(",\n\"$defs\":{")
        let lineRecords = records + [("event", eventMembers)]
        for (index, definition) in (lines ? parts + lineRecords : parts + [whole] + records).enumerated() {
            schema.literal(index > 0 ? ",\n" : "\n")
            schema.jsonText(definition.name)
            schema.append(UInt8(ascii: ":"))
            var members = definition.members
            if lines, lineRecords.contains(where: { $0.name == definition.name }) {
                members.insert(Member("record", .choice([definition.name])), at: 0)
                if definition.name == "capture" { members.append(Member("sketch", .reference("sketch"))) }
            }
            schema.schema(.object(members))
        }
        schema.literal("\n}}\n")
        return schema.string
    }

    private typealias Definition = (name: String, members: [Member])

    private static let whole: Definition = (
        "report",
        [
            Member("schema", .choice(["interlude.report/1"])),
            Member("tool", .object([Member("name", .text), Member("version", .text)])),
            Member("captures", .list(.reference("capture"))),
            Member("exchanges", .list(.reference("exchange"))),
            Member("findings", .list(.reference("finding"))),
            Member("summary", .reference("summary")),
        ]
    )

    /// What stands on lines of its own.
    private static let records: [Definition] = [
        ("capture", CaptureShape.members), ("exchange", ExchangeShape.members), ("finding", findingMembers),
        ("summary", CaptureShape.summary),
    ]

    /// What happened while a device was watched, as `LiveEvent.swift` writes it; it has a line of its own only.
    private static let eventMembers: [Member] = [
        Member("event", .choice(LiveEvent.Kind.allCases.map(\.rawValue)), "what happened"),
        Member("capture", .optional(.text), "the interface"),
        Member("time", .time, "when, by the packets' clock"),
        Member("frame", .optional(.natural), "the packet; null where it was the clock that told"),
        Member("connection", .natural, column: "connection", of: .findings),
        Member("exchange", .optional(.identity), column: "id", of: .exchanges),
        Member("client", .text, "address and port; an IPv6 address in brackets"),
        Member("server", .text, "address and port; an IPv6 address in brackets"),
        Member("method", .optional(.text), column: "method", of: .exchanges),
        Member("target", .optional(.text), column: "target", of: .exchanges),
        Member("status", .optional(.count), "of the interim or final response"),
        Member("at_ms", .optional(.milliseconds), "after the first byte of the request"),
        Member("wait_ms", .optional(.milliseconds), "since the request was complete"),
        Member("silence_ms", .optional(.milliseconds), "for how long the server had been silent"),
        Member("interims", .count, "interim responses so far"),
        Member("timers", .optional(.text), "the timers that would fire now, by name"),
        Member("ending", .optional(.text), "how it ended"),
    ]

    private static let parts: [Definition] = [
        ("connection", ExchangeShape.connection), ("request", ExchangeShape.request),
        ("interim", ExchangeShape.interim), ("final", ExchangeShape.final), ("timing", ExchangeShape.timing),
        ("summary_of_capture", CaptureShape.summary), ("sketch", CaptureShape.sketch),
    ]

    private static let findingMembers: [Member] = [
        Member("rule", .choice(Catalogue.rules.map(\.id)), column: "rule", of: .findings),
        Member("severity", .choice(Severity.allCases.map(\.rawValue)), column: "severity", of: .findings),
        Member("capture", .text, column: "capture", of: .findings),
        Member("exchange", .optional(.identity), column: "exchange", of: .findings),
        Member("connection", .optional(.natural), column: "connection", of: .findings),
        Member("frame", .optional(.natural), column: "frame", of: .findings),
        Member("at_ms", .optional(.milliseconds), column: "at_ms", of: .findings),
        Member("message", .text, column: "message", of: .findings),
    ]
}
