import Exchanges
import Findings

/// An exchange of a report, part by part, as `JSONExchange.swift` writes it.
enum ExchangeShape {
    static let members: [Member] = [
        Member("capture", .text, column: "capture", of: .exchanges),
        Member("id", .identity, column: "id", of: .exchanges),
        Member("connection", .reference("connection")),
        Member("request", .optional(.reference("request")), "null where it was not captured"),
        Member("interim", .list(.reference("interim")), column: "interim_count", of: .exchanges),
        Member("final", .optional(.reference("final")), column: "final_status", of: .exchanges),
        Member("outcome", .choice(Outcome.allCases.map(\.rawValue)), column: "outcome", of: .exchanges),
        Member("timing", .reference("timing")),
        Member("webdav", .choice(WebDAVClass.allCases.map(\.rawValue)), column: "webdav", of: .exchanges),
        Member("pattern", .choice(Pattern.allCases.map(\.rawValue)), column: "pattern", of: .exchanges),
        Member("integrity", .list(.choice(Integrity.names.map(\.1))), column: "integrity", of: .exchanges),
        Member("findings", .list(.choice(Catalogue.rules.map(\.id))), column: "findings", of: .exchanges),
        Member("upstream", .optional(.identity), column: "upstream", of: .exchanges),
        Member("downstream", .optional(.identity), column: "downstream", of: .exchanges),
    ]

    static let connection: [Member] = [
        Member("id", .natural, column: "connection", of: .findings),
        Member("client", .text, "address and port; an IPv6 address in brackets"),
        Member("server", .text, "address and port; an IPv6 address in brackets"),
        Member("start", .choice(ConnectionStart.allCases.map(\.rawValue)), "whether its beginning was captured"),
        Member("end", .choice(ConnectionEnd.Kind.allCases.map(\.rawValue)), "what ended it"),
        Member("closed_first", .optional(.choice(["client", "server"])), column: "closed_first", of: .exchanges),
    ]

    private static let version = Shape.pattern(#"^\d+\.\d+$"#)
    private static let fields = Member(
        "fields", .list(.tuple([.text, .text])), "names in lower case and values, in the order of the wire")

    static let request: [Member] = [
        Member("time", .time, column: "request_time", of: .exchanges),
        Member("frame", .natural, column: "request_frame", of: .exchanges),
        Member("method", .text, column: "method", of: .exchanges),
        Member("target", .text, column: "target", of: .exchanges),
        Member("version", version, column: "request_version", of: .exchanges),
        Member("host", .optional(.text), column: "host", of: .exchanges),
        Member("user_agent", .optional(.text), column: "user_agent", of: .exchanges),
        Member("expect", .optional(.text), column: "expect", of: .exchanges),
        fields,
        Member("head_end_ms", .optional(.milliseconds), "the end of its head"),
        Member("end_ms", .optional(.milliseconds), column: "request_end_ms", of: .exchanges),
        Member("body_bytes", .count, column: "request_body_bytes", of: .exchanges),
        Member("complete", .boolean, "whether all of it was captured"),
    ]

    /// What interim and final responses begin with.
    private static let status: [Member] = [
        Member("status", .count),
        Member("reason", .text, column: "reason", of: .interim),
        Member("version", version),
        Member("frame", .natural, column: "frame", of: .interim),
        Member("first_byte_ms", .milliseconds, column: "first_byte_ms", of: .interim),
    ]

    static let interim: [Member] =
        status + [Member("head_end_ms", .milliseconds, column: "head_end_ms", of: .interim), fields]

    static let final: [Member] =
        status + [
            Member("head_end_ms", .optional(.milliseconds), "the end of its head"),
            Member("end_ms", .milliseconds, column: "final_end_ms", of: .exchanges),
            Member("body_bytes", .count, column: "final_body_bytes", of: .exchanges),
            Member("complete", .boolean, "whether all of it was captured"),
            fields,
        ]

    static let timing: [Member] = [
        Member("wait_ms", .optional(.milliseconds), column: "wait_ms", of: .exchanges),
        Member("first_interim_ms", .optional(.milliseconds), column: "first_interim_ms", of: .exchanges),
        Member("longest_silence_ms", .optional(.milliseconds), column: "longest_silence_ms", of: .exchanges),
        Member("silence_start_ms", .optional(.milliseconds), "when that stretch begins"),
        Member("total_ms", .milliseconds, column: "total_ms", of: .exchanges),
    ]
}
