import CaptureModel
import TestBench
import Testing

@testable import Reports

/// Turns escaped text back into octets; `nil` where the escape is broken.
func unescaped(_ text: String) -> [UInt8]? {
    let octets = Array(text.utf8)
    var wire: [UInt8] = []
    var at = 0
    while at < octets.count {
        guard octets[at] == UInt8(ascii: "\\") else {
            wire.append(octets[at])
            at += 1
            continue
        }
        guard at + 1 < octets.count else { return nil }
        if octets[at + 1] == UInt8(ascii: "\\") {
            wire.append(UInt8(ascii: "\\"))
            at += 2
        } else {
            guard at + 4 <= octets.count, octets[at + 1] == UInt8(ascii: "x"),
                let octet = UInt8(String(decoding: octets[at + 2..<at + 4], as: UTF8.self), radix: 16)
            else { return nil }
            wire.append(octet)
            at += 4
        }
    }
    return wire
}

/// Reads CSV as RFC 4180 writes it.
func csvRows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var (row, cell): ([String], [UInt8]) = ([], [])
    var quoted = false
    let octets = Array(text.utf8)
    var at = 0
    while at < octets.count {
        let octet = octets[at]
        at += 1
        if quoted {
            if octet != UInt8(ascii: "\"") {
                cell.append(octet)
            } else if at < octets.count, octets[at] == octet {
                cell.append(octet)
                at += 1
            } else {
                quoted = false
            }
        } else if octet == UInt8(ascii: "\""), cell.isEmpty {
            quoted = true
        } else if octet == UInt8(ascii: ",") || octet == 0x0d {
            row.append(try #require(String(validating: cell, as: UTF8.self)))
            cell = []
            if octet == 0x0d {
                try #require(at < octets.count && octets[at] == 0x0a)
                at += 1
                rows.append(row)
                row = []
            }
        } else {
            try #require(octet != UInt8(ascii: "\"") && octet != 0x0a)
            cell.append(octet)
        }
    }
    try #require(!quoted && row.isEmpty && cell.isEmpty)
    return rows
}

@Suite("Octets of the wire in reports")
struct EscapeTests {
    static let every: [[UInt8]] = [
        Array(0...255), (0...255).map { [$0] }.flatMap { $0 + [0x61] }, Array("a\r\n b".utf8), Array("\"".utf8),
        Array("x,y".utf8), Array("\u{202e}gnp.exe\u{2028}\u{200b}é日本".utf8), [], [0xc3], [0xed, 0xa0, 0x80],
    ]

    private func exchange(_ octets: [UInt8]) -> Sample {
        var sample = Sample()
        sample.request("GET", octets, [("Host", octets), ("X", octets)])
        sample.final(200, "OK", at: 1)
        return sample
    }

    @Test("JSON gives every octet back")
    func json() throws {
        for octets in Self.every {
            let document = try JSON.parse(report(.json, [(exchange(octets).exchange, [])]))
            let request = try #require(document["exchanges"]?[0]?["request"])
            for text in [request["target"], request["host"], request["fields"]?[1]?[1]] {
                #expect(unescaped(try #require(text?.string)) == octets)
            }
        }
    }

    @Test("CSV gives every octet back, once the apostrophe is dropped")
    func csv() throws {
        for octets in Self.every {
            let rows = try csvRows(report(.csv(.exchanges), [(exchange(octets).exchange, [])]))
            #expect(rows.map(\.count) == [exchangeColumns.count, exchangeColumns.count])
            let cell = rows[1][7]
            #expect(unescaped(cell.hasPrefix("'") ? String(cell.dropFirst()) : cell) == octets)
        }
    }

    @Test(
        "A cell that a spreadsheet would run gets an apostrophe, others do not",
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\\x09=1"),
            ("\r=1", "\\x0d=1"), ("＝1", "'＝1"), ("'=1", "''=1"), ("a=1", "a=1"), ("/", "/"), ("", ""),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), ("a,b", "\"a,b\""),
            ("a\"", "\"a\"\"\""),
        ])
    func formulas(wire: String, cell: String) {
        var text = OctetBuffer()
        text.csvWire(Array(wire.utf8).span)
        #expect(text.string == cell)
    }

    @Test("A negative number is no formula")
    func negative() throws {
        var sample = Sample()
        sample.request("PUT", Array("/".utf8), [])
        sample.interim(100, "Continue", at: -3.25)
        let rows = try csvRows(report(.csv(.interim), [(sample.exchange, [])]))
        #expect(rows[1][8] == "-3.25")
    }

    @Test("Field names come in lower case and in the order of the wire, repeated ones too")
    func fieldNames() throws {
        var sample = Sample()
        let value = { (text: String) in Array(text.utf8) }
        sample.request(
            "GET", value("/"), [("X-A", value("1")), ("HOST", value("H")), ("x-a", value("2")), ("É\"", value(""))])
        let document = try JSON.parse(report(.json, [(sample.exchange, [])]))
        let fields = document["exchanges"]?[0]?["request"]?["fields"]?.items.map { $0.items.compactMap(\.string) }
        #expect(fields == [["x-a", "1"], ["host", "H"], ["x-a", "2"], ["É\"", ""]])
        #expect(document["exchanges"]?[0]?["request"]?["host"] == .string("H"))
    }

    @Test("Files are named as given, absolute ones by their last component, and escaped")
    func fileNames() throws {
        for (file, name) in [
            ("/tmp/x/a b.pcap", "a b.pcap"), ("../a.pcap", "../a.pcap"), ("/", "/"), ("=a\u{1b}", "=a\\x1b"),
        ] {
            let document = try JSON.parse(report(.json, [(Sample.plain(1, 1), [])], files: [file]))
            #expect(document["exchanges"]?[0]?["capture"] == .string(name))
        }
    }

    @Test("Absolute files of one name are told apart by the folders before it, in every record")
    func sameNames() throws {
        for (files, name) in [
            (["/x/1/a", "/x/2/a"], "1/a"), (["/x/1/y/a", "/x/2/y/a", "/x/2/z/a"], "1/y/a"), (["/x/a", "/x/a"], "a"),
            (["/1/a", "a"], "1/a"), (["/1/a", "/2/b"], "a"), (["/a", "/b/a"], "a"),
        ] {
            let document = try JSON.parse(report(.json, [(Sample.plain(1, 1), [])], files: files))
            #expect(document["exchanges"]?[0]?["capture"] == .string(name), "\(files)")
            #expect(document["captures"]?[0]?["file"] == .string(name), "\(files)")
        }
    }
}
