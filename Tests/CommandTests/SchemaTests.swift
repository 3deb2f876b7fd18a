import CaptureForge
import TestBench
import Testing

@Suite("The published schema")
struct SchemaTests {
    private let folder = ScratchFolder()

    private func schema(_ options: String...) throws -> Validator {
        let found = try interlude(["schema"] + options, in: folder)
        #expect(found.code == 0)
        return Validator(root: try JSON.parse(found.text))
    }

    /// Real captures, a damaged one and none at all.
    private func report(_ option: String) throws -> String {
        _ = try folder.write(try Captures.pcap().dropLast(20), as: "cut.pcap")
        _ = try folder.write(try Captures.many(4_200, perConnection: 900), as: "many.pcap")
        let captures = Repository.root + "/Fixtures/captures"
        _ = try interlude(
            ["audit", "-q", captures, "cut.pcap", "many.pcap", "nowhere.pcap", option, "report"], in: folder)
        return String(decoding: try folder.read("report"), as: UTF8.self)
    }

    @Test("A JSON document is as the schema says")
    func document() throws {
        let document = try JSON.parse(try report("--json"))
        #expect(document["exchanges"]?.items.count ?? 0 > 4_200)
        #expect(try schema().problems(document) == [])
    }

    @Test("Every line of JSON Lines is as the schema of lines says")
    func lines() throws {
        let schema = try schema("--lines")
        var kinds: Set<String> = []
        for line in try report("--jsonl").split(separator: "\n") {
            let record = try JSON.parse(String(line))
            kinds.insert(record["record"]?.string ?? "?")
            #expect(schema.problems(record) == [])
        }
        #expect(kinds == ["capture", "exchange", "finding", "summary"])
    }

    @Test(
        "The schema refuses what is none",
        arguments: [
            ("\"status\":201", "\"status\":\"201\""), ("\"outcome\":\"completed\"", "\"outcome\":\"done\""),
            ("\"id\":\"1.1\"", "\"id\":\"1\""), ("\"webdav\":", "\"dav\":"),
            ("\"record\":\"exchange\"", "\"record\":\"song\""),
        ])
    func refusal(good: String, bad: String) throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        let line = try #require(
            try interlude(["inspect", "a.pcap", "--format", "jsonl"], in: folder).text.split(separator: "\n").first)
        #expect(line.contains(good))
        let schema = try schema("--lines")
        #expect(schema.problems(try JSON.parse(String(line))) == [])
        #expect(schema.problems(try JSON.parse(String(line).replacing(good, with: bad))) != [])
    }
}

/// Checks values against a JSON Schema, as far as its keywords are used in ours; any other keyword is a problem itself.
private struct Validator {
    let root: JSON

    /// What is wrong with a value, each with its place.
    func problems(_ value: JSON) -> [String] { problems(value, root, at: "") }

    private func problems(_ value: JSON, _ schema: JSON, at place: String) -> [String] {
        guard case .object(let keywords) = schema else { return schema == .bool(true) ? [] : ["\(place): not allowed"] }
        return keywords.flatMap { keyword, wanted in problems(value, keyword, wanted, keywords, at: place) }
    }

    private func problems(_ value: JSON, _ keyword: String, _ wanted: JSON, _ all: [String: JSON], at place: String)
        -> [String]
    {
        func when(_ isWrong: Bool) -> [String] { isWrong ? ["\(place): \(keyword)"] : [] }
        switch keyword {
        case "$schema", "title", "description", "$defs", "prefixItems": return []
        case "$ref":
            let name = wanted.string.flatMap { $0.split(separator: "/").last.map(String.init) } ?? ""
            return root["$defs"]?[name].map { problems(value, $0, at: place) } ?? ["\(place): no \(name)"]
        case "anyOf": return when(!wanted.items.contains { problems(value, $0, at: place).isEmpty })
        case "oneOf": return when(wanted.items.count { problems(value, $0, at: place).isEmpty } != 1)
        case "enum": return when(!wanted.items.contains(value))
        case "type": return when(!isOf(value, wanted.string ?? ""))
        case "minimum":
            guard let number = value.integer, let least = wanted.integer else { return [] }
            return when(number < least)
        case "minItems": return when(value.items.count < wanted.integer ?? 0)
        case "pattern":
            guard let text = value.string, let pattern = wanted.string.flatMap({ try? Regex($0) }) else {
                return when(true)
            }
            return when(text.firstMatch(of: pattern) == nil)
        case "required": return wanted.items.filter { value[$0.string ?? ""] == nil }.map { "\(place): no \($0)" }
        case "properties":
            guard case .object(let members) = value else { return [] }
            return members.flatMap { name, member in
                wanted[name].map { problems(member, $0, at: "\(place)/\(name)") } ?? []
            }
        case "additionalProperties":
            guard case .object(let members) = value else { return [] }
            return members.filter { all["properties"]?[$0.key] == nil }
                .flatMap { problems($0.value, wanted, at: "\(place)/\($0.key)") }
        case "items":
            let prefix = all["prefixItems"]?.items ?? []
            return value.items.enumerated().flatMap { index, item in
                problems(item, index < prefix.count ? prefix[index] : wanted, at: "\(place)/\(index)")
            }
        default: return ["the keyword \(keyword)"]
        }
    }

    private func isOf(_ value: JSON, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.string, "string"), (.bool, "boolean"), (.array, "array"), (.object, "object"): true
        case (.number, "number"): true
        case (.number, "integer"): value.integer != nil
        default: false
        }
    }
}
