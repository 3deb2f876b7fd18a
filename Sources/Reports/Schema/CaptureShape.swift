import Findings

/// A capture of a report and the summary, as `JSONRecords.swift` writes them.
enum CaptureShape {
    static let members: [Member] = [
        Member("file", .text, column: "file", of: .captures),
        Member("format", .optional(.text), column: "format", of: .captures),
        Member("link_types", .list(.text), column: "link_types", of: .captures),
        Member("packets", .count, column: "packets", of: .captures),
        Member("bytes", .count, column: "bytes", of: .captures),
        Member("first_packet", .optional(.time), column: "first_packet", of: .captures),
        Member("last_packet", .optional(.time), column: "last_packet", of: .captures),
        Member("status", .choice(CaptureStatus.allCases.map(\.rawValue)), column: "status", of: .captures),
        Member("error", .optional(.text), column: "error", of: .captures),
        Member("skipped", .counts, "packets that carried no TCP segment, by reason, and reasons of damage"),
        Member(
            "device",
            .object([
                Member("received", .count, "packets that the filter let through, the dropped ones included"),
                Member("dropped_by_kernel", .count, "dropped because the kernel's buffer was full"),
                Member("dropped_by_interface", .count, "dropped by the interface or its driver"),
            ]), "what the system counted, where packets came from a device"
        ).whereKnown,
        Member("summary", .reference("summary_of_capture"), "the numbers of this capture alone"),
    ]

    static let summary: [Member] = [
        Member("captures", .count, "capture files"),
        Member("connections", .count, column: "connections", of: .captures),
        Member("exchanges", .count, column: "exchanges", of: .captures),
        Member("interim", counts(["100", "101", "102", "103", "104", "other"]), "responses by status"),
        Member("final", counts(["2xx", "3xx", "4xx", "5xx"]), "final responses by class"),
        Member("without_final", .count, column: "without_final", of: .captures),
        Member("webdav", counts(["class", "legacy"]), "exchanges of WebDAV"),
        Member("findings", counts(["violation", "warning", "note"]), "findings by severity"),
        Member(
            "wait_ms",
            .object([
                Member("p50", .optional(.milliseconds), column: "wait_p50_ms", of: .captures),
                Member("p90", .optional(.milliseconds), "90th percentile of the waits"),
                Member("p99", .optional(.milliseconds), column: "wait_p99_ms", of: .captures),
                Member("max", .optional(.milliseconds), column: "wait_max_ms", of: .captures),
            ])),
    ]

    static let sketch: [Member] = [
        Member("longest_silence_ns", .optional(.count), column: "longest_silence_ms", of: .captures),
        Member("max_ns", .optional(.count), column: "wait_max_ms", of: .captures),
        Member("waits_ns", .list(.count), "every wait, up to 4,096"),
        Member("buckets", .list(.tuple([.count, .natural])), "of more waits, how many are in which bucket"),
    ]

    private static func counts(_ names: [String]) -> Shape {
        .object(names.map { Member($0, .count) })
    }
}
