import Exchanges
import Findings
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Reports

@Suite("JUnit's XML")
struct JUnitTests {
    private func suites(_ exchanges: [(Exchange, [Finding])], loose: [Finding] = []) throws -> [Element] {
        let root = try Element.parse(report(.junit, exchanges, loose: loose))
        try JUnitRules.check(root)
        return root.children
    }

    @Test("Each rule is a test case; warnings and violations are failures, notes are not")
    func severities() throws {
        let late = Sample.finding("timeout/silent", .warning, message: "60 s \"of\" <silence> & more.")
        let findings = [late, late, Sample.finding("processing/used", .note, message: "3 times 102.")]
        let suite = try #require(try suites([(Sample.contract, findings)]).first)
        #expect(suite.attributes["name"] == "upload.pcap")
        #expect(suite.attributes["failures"] == "1" && suite.attributes["errors"] == "0")
        let cases = suite.all("testcase")
        #expect(cases.map { $0.attributes["name"] } == ["read to its end"] + Catalogue.rules.map(\.id))
        let failed = cases.filter { !$0.children.isEmpty }
        #expect(failed.map { $0.attributes["name"] } == ["timeout/silent"])
        #expect(failed.first?.attributes["classname"] == "upload.pcap.timeout")
        let failure = try #require(failed.first?.children.first)
        #expect(failure.attributes["type"] == "warning")
        #expect(failure.attributes["message"]?.hasSuffix(": 2 findings") == true)
        #expect(failure.text.hasPrefix("exchange 1.1, COPY /dav/a, frame 6: 60 s \"of\" <silence> & more.\n"))
        #expect(suite.all("system-out").first?.text.contains("3 times 102.") == true)
    }

    @Test("Of a rule that fired often, the first are shown and the rest are counted")
    func many() throws {
        let findings = (1...57).map { Sample.finding("timeout/silent", .warning, message: "Case \($0).") }
        let suite = try #require(try suites([(Sample.contract, findings)]).first)
        let text = suite.all("testcase").compactMap(\.children.first).first?.text ?? ""
        #expect(text.contains("Case 20.") && !text.contains("Case 21.") && text.contains("and 37 more"))
    }

    @Test("A capture that could not be read is an error and is held against no rule")
    func unreadable() throws {
        var record = Sample.capture(Summary())
        record.status = .unreadable
        record.error = "no\u{1}capture\nat all"
        record.firstPacket = nil
        var writer = ReportWriter(.junit, to: .memory())
        try writer.begin(captures: ["/a/x\u{7}<.pcap"])
        record.file = "/a/x\u{7}<.pcap"
        try writer.finish(captures: [record], summary: Summary())
        let root = try Element.parse(String(decoding: writer.contents, as: UTF8.self))
        try JUnitRules.check(root)
        let suite = try #require(root.children.first)
        #expect(suite.attributes["name"] == "x\\x07<.pcap" && suite.attributes["tests"] == "1")
        #expect(suite.attributes["timestamp"] == "1970-01-01T00:00:00" && suite.attributes["errors"] == "1")
        let error = try #require(suite.all("testcase").first?.children.first)
        #expect(error.attributes["message"] == "no\u{fffd}capture at all")
    }

    @Test("Every kind of exchange, hostile octets, findings on no exchange, and an empty run keep to the schema")
    func valid() throws {
        let all = TextTests.exchanges.map { ($0.0, $0.1 + [Sample.finding("timeout/silent", .warning, message: "x")]) }
        _ = try suites(all, loose: [Sample.finding("capture/limit", .note, exchange: nil, message: "]]>\u{0}\u{fffe}")])
        #expect(try suites([]).count == 1)
    }
}

/// An element of XML, read by a parser that refuses what is not well-formed.
struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    var children: [Element] = []

    struct Malformed: Error {
        var line: Int
    }

    func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

    static func parse(_ text: String) throws -> Element {
        let parser = XMLParser(data: Data(text.utf8))
        let reader = Reader()
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else { throw Malformed(line: parser.lineNumber) }
        return root
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: Element?
        private var open: [Element] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append(Element(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            open[open.count - 1].text += text
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            let done = open.removeLast()
            if open.isEmpty { root = done } else { open[open.count - 1].children.append(done) }
        }
    }
}

/// What the common schema of JUnit's XML asks: elements in their order, attributes and their types.
/// (https://github.com/windyroad/JUnit-Schema, as of 2022)
enum JUnitRules {
    struct Broken: Error {
        var what: String
    }

    static func check(_ root: Element) throws {
        guard root.name == "testsuites", root.attributes.isEmpty else { throw Broken(what: root.name) }
        for (index, suite) in root.children.enumerated() {
            try check(suite, "testsuite", ["name", "package", "hostname"], ["id", "tests", "failures", "errors"])
            guard suite.attributes["id"] == "\(index)", let stamp = suite.attributes["timestamp"],
                stamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil,
                suite.attributes["time"].flatMap(Double.init) != nil, suite.attributes.count == 9
            else { throw Broken(what: "\(suite.attributes)") }
            let order = suite.children.map(\.name)
            let cases = suite.all("testcase")
            guard
                order == ["properties"] + Array(repeating: "testcase", count: cases.count) + [
                    "system-out", "system-err",
                ],
                suite.attributes["tests"] == "\(cases.count)",
                suite.attributes["failures"] == "\(cases.count(where: { !$0.all("failure").isEmpty }))",
                suite.attributes["errors"] == "\(cases.count(where: { !$0.all("error").isEmpty }))"
            else { throw Broken(what: "\(order)") }
            for property in suite.children[0].children { try check(property, "property", ["name"], []) }
            for item in cases {
                try check(item, "testcase", ["name", "classname"], [])
                guard item.attributes["time"] == "0", item.attributes.count == 3, item.children.count < 2 else {
                    throw Broken(what: "\(item)")
                }
                for end in item.children {
                    guard ["failure", "error"].contains(end.name), end.attributes["type"] != nil else {
                        throw Broken(what: end.name)
                    }
                }
            }
        }
    }

    private static func check(_ element: Element, _ name: String, _ tokens: [String], _ numbers: [String]) throws {
        guard element.name == name else { throw Broken(what: element.name) }
        for token in tokens where element.attributes[token]?.isEmpty ?? true { throw Broken(what: token) }
        for number in numbers where Int32(element.attributes[number] ?? "") == nil {
            throw Broken(what: number)
        }
    }
}
