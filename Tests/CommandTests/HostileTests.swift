import CaptureForge
import TestBench
import Testing

@Suite("What the wire and the disk may hold never reaches a terminal raw")
struct HostileTests {
    private let folder = ScratchFolder()
    private let formats = [
        ["--format", "text"], ["--format", "json"], ["--format", "jsonl"], ["--format", "csv"],
        ["--format", "csv", "--table", "interim"], ["--format", "csv", "--table", "findings"],
        ["--format", "csv", "--table", "captures"],
    ]

    private let hostile = #"""
        expect: nothing
        >>> 0.1
        CO\x7ePY /\x1b[31m\x9b\xc2\x9b\xe2\x80\xae\x7f\x85<script>\xff HTTP/1.1
        Host: \x1b]0;title\x07
        User-Agent: \x1b[2J\xe2\x80\x8b\x00,"quoted"\x0d x
        Expect: \x1b

        <<< 1
        HTTP/1.1 102 \x1b[5m\xe2\x80\xaePro\x08cessing
        X\x1b: \x1b

        <<< 30
        HTTP/1.1 200 =cmd|' /C calc'!A0\x1b
        Content-Length: 0

        >>> 31
        GET =1+1 HTTP/1.1
        Host: +2
        User-Agent: @SUM(A1)

        <<< 61
        HTTP/1.1 200 -3
        Content-Length: 0

        >>> 62
        GET \x09=1 HTTP/1.1
        Host: "=1"
        User-Agent: -x,'y'

        """#

    /// The places of what a terminal might act upon: control characters but line ends, and format characters.
    private func raw(_ octets: [UInt8]) -> [String] {
        guard let text = String(validating: octets, as: UTF8.self) else { return ["no UTF-8"] }
        return text.unicodeScalars.compactMap { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n" || scalar == "\r" ? nil : "\(scalar.value)"
            case .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: "\(scalar.value)"
            default: nil
            }
        }
    }

    @Test("Octets in targets, fields and reasons are shown as text, in every format")
    func wire() throws {
        let name = try folder.write(try Captures.pcap(hostile), as: "h.pcap")
        for format in formats {
            let found = try interlude(["inspect", name] + format, in: folder)
            #expect(found.code == 0)
            #expect(raw(found.output) == [], "\(format)")
            #expect(found.errors == [])
        }
        let terminal = try interlude(
            ["inspect", name], in: folder, to: .terminal, environment: ["TERM=xterm", "NO_COLOR=1"])
        #expect(raw(terminal.output) == [])
        let text = try interlude(["inspect", name], in: folder).text
        #expect(text.contains(#"\x1b[31m\x9b"#))
    }

    @Test("File names are shown as text, on standard error too")
    func names() throws {
        let evil = "e\u{1b}[31m\u{202e}\u{9b}\n\r\tvil.pcap"
        _ = try folder.write(try Captures.pcap(), as: evil)
        _ = try folder.write(Array("no capture\u{1b}[31m".utf8), as: "bad" + evil)
        for format in formats {
            let found = try interlude(["inspect", evil, "bad" + evil, "gone" + evil] + format, in: folder)
            #expect(found.code == 2)
            #expect(raw(found.output) == [], "\(format)")
            #expect(raw(found.errors) == [])
            #expect(found.complaint.count { $0 == "\n" } == 2)
        }
        let output = try interlude(["inspect", evil, "-o", "gone/\(evil).json"], in: folder)
        #expect(output.code == 2 && raw(output.errors) == [])
    }

    @Test("What the command line holds is shown as text where it is complained about")
    func arguments() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        for arguments in [
            ["explain", "\u{1b}[31m"], ["inspect", "a.pcap", "-f", "\u{1b}[31m"],
            ["inspect", "a.pcap", "--format", "\u{1b}[31m"], ["inspect", "a.pcap", "-o", "\u{1b}[31m"],
            ["inspect", "a.pcap", "--limit", "\u{1b}[31m"], ["inspect", "a.pcap", "--\u{1b}[31m"], ["\u{1b}[31m"],
        ] {
            let found = try interlude(arguments, in: folder)
            #expect(found.code != 0)
            #expect(raw(found.errors) == [], "\(arguments)")
        }
    }

    @Test("No cell of a table is a formula to a spreadsheet")
    func formulas() throws {
        let name = try folder.write(try Captures.pcap(hostile), as: "=1+1.pcap")
        for format in formats where format.contains("csv") {
            let found = try interlude(["inspect", name] + format, in: folder)
            let cells = found.text.split(separator: "\r\n").flatMap(cells)
            for cell in cells where Double(cell) == nil {
                #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.prefix(1)), "\(format): \(cell)")
            }
        }
        let table = try interlude(["inspect", name, "--format", "csv"], in: folder).text
        #expect(table.contains("'=1+1") && table.contains("'+2") && table.contains("'@SUM(A1)"))
    }

    /// The cells of a row (RFC 4180): a doubled quote inside quotes is one.
    private func cells(_ row: Substring) -> [String] {
        var cells = [""]
        var (isQuoted, justClosed) = (false, false)
        for character in row {
            if character == "\"" {
                if justClosed { cells[cells.count - 1].append(character) }
                isQuoted.toggle()
                justClosed = !isQuoted
            } else {
                justClosed = false
                if character == ",", !isQuoted {
                    cells.append("")
                } else {
                    cells[cells.count - 1].append(character)
                }
            }
        }
        return cells
    }
}

@Suite("Memory")
struct MemoryTests {
    @Test("A report of 50,000 exchanges takes no more of it than 60 MB", arguments: [(50_000, "json"), (100, "jsonl")])
    func streams(perConnection: Int, format: String) throws {
        let folder = ScratchFolder()
        let name = try folder.write(try Captures.many(50_000, perConnection: perConnection), as: "many.pcap")
        let found = try interlude(["inspect", name, "--format", format, "-o", "report"], in: folder)
        #expect(found.code == 0 && found.complaint == "")
        #expect(found.peak > 1_000 && found.peak < 60_000, "\(found.peak) KiB")
    }

    @Test("Forty thousand connections that wait for nothing take no more of it than 2 KiB each")
    func connections() throws {
        let folder = ScratchFolder()
        let name = try folder.write(try Captures.many(40_000, perConnection: 1), as: "many.pcap")
        let found = try interlude(["inspect", name, "--format", "csv", "--table", "captures"], in: folder)
        #expect(found.code == 0 && found.complaint == "")
        #expect(found.peak > 40_000 && found.peak < 80_000, "\(found.peak) KiB")
    }

    @Test("Exchanges that waited in a file come out whole, along each connection in order", arguments: [100, 10_000])
    func whole(perConnection: Int) throws {
        let folder = ScratchFolder()
        let name = try folder.write(try Captures.many(10_000, perConnection: perConnection), as: "many.pcap")
        let found = try interlude(["inspect", name, "--format", "csv"], in: folder)
        let rows = found.text.split(separator: "\r\n").dropFirst()
        #expect(rows.count == 10_000)
        var last: [Substring: Int] = [:]
        for row in rows {
            let id = row.split(separator: ",")[1].split(separator: ".")
            let number = Int(id[1]) ?? 0
            guard number == last[id[0], default: 0] + 1, row.hasPrefix("many.pcap,"), row.contains(",207,") else {
                Issue.record("\(row)")
                return
            }
            last[id[0]] = number
        }
        #expect(last.count == 10_000 / perConnection && last.values.allSatisfy { $0 == perConnection })
    }
}
