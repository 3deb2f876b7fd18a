import Audits
import CaptureForge
import CaptureModel
import Reports
import TestBench
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Packets that are kept")
struct PacketFileTests {
    private static let dialogue = """
        expect: nothing
        >>> 0.1
        COPY /a HTTP/1.1
        Host: h

        <<< 1
        HTTP/1.1 102 Processing

        <<< 2
        HTTP/1.1 201 Created
        Content-Length: 0

        >>> 3
        GET /b HTTP/1.1
        Host: h

        <<< 3.5
        HTTP/1.1 200 OK
        Content-Length: 0

        --- 4 client fin
        --- 4.1 server fin
        """

    private func frames() throws -> [Frame] { try Dialogue(parsing: Self.dialogue + "\n").capture().frames }

    @Test("A written capture holds the same exchanges")
    func written() throws {
        let folder = ScratchFolder()
        var settings = WatchSettings()
        settings.keep = KeepSettings(path: "\(folder.path)/a.pcapng")
        let live = try LiveRun(frames(), settings, named: "a.pcapng", reports: true).report
        let report = ScratchFile(".jsonl")
        let result = try audit(["\(folder.path)/a.pcapng"], AuditSettings(), as: .jsonLines, to: .file(report.path))
        #expect(result.troubles == [])
        let lines = String(decoding: try FileOctets.read(report.path), as: UTF8.self).split(separator: "\n")
        let ofExchanges = { (line: Substring) in line.hasPrefix(#"{"record":"exchange""#) }
        #expect(lines.filter(ofExchanges) == live.filter(ofExchanges))
        #expect(lines.count(where: ofExchanges) == 2)
    }

    @Test("A rotation begins a file in time, keeps the newest, and they are one capture together")
    func rotated() throws {
        let folder = ScratchFolder()
        var settings = WatchSettings()
        var keep = KeepSettings(path: "\(folder.path)/a.pcapng")
        keep.nanoseconds = 1_000_000_000
        settings.keep = keep
        _ = try LiveRun(frames(), settings)
        let all = FileOctets.names(in: folder.path).sorted()
        #expect(all.count >= 3)
        #expect(all.first == "a_00001.pcapng")
        let whole = try Document(of: all.map { "\(folder.path)/\($0)" })
        #expect(whole.exchanges.count == 2)

        let few = ScratchFolder()
        keep.path = "\(few.path)/a.pcapng"
        keep.files = 2
        settings.keep = keep
        _ = try LiveRun(frames(), settings)
        #expect(FileOctets.names(in: few.path).sorted() == Array(all.suffix(2)))
    }

    @Test("A size begins another file, too")
    func sized() throws {
        let folder = ScratchFolder()
        var settings = WatchSettings()
        settings.keep = KeepSettings(path: "\(folder.path)/a")
        settings.keep?.octets = 400
        _ = try LiveRun(frames(), settings)
        let names = FileOctets.names(in: folder.path).sorted()
        #expect(names.count > 3)
        #expect(names.first == "a_00001")
    }

    @Test("A file that cannot be written ends the keeping, not the audit")
    func full() throws {
        var settings = WatchSettings()
        settings.keep = KeepSettings(path: "/dev/full")
        settings.audit.evidenceFolder = "/dev/null/no"
        let run = try LiveRun(frames(), settings)
        #expect(run.result.troubles.count == 2)
        #expect(
            run.result.troubles.allSatisfy { $0.contains("no longer kept: /dev/full") || $0.contains("/dev/null/no") })
        #expect(run.records.last?["exchanges"]?.integer == 2)
    }

    @Test("Evidence is the packets of the finding's connection, from its beginning to the exchange's end")
    func evidence() throws {
        let folder = ScratchFolder()
        let other = try Dialogue(
            parsing:
                "expect: nothing\n>>> 0.2\nGET /x HTTP/1.1\nHost: h\n\n<<< 0.3\nHTTP/1.1 200 OK\nContent-Length: 0\n\n"
        ).capture().frames
        // Another connection among the packets: its client has another port.
        let strangers = other.map { frame in
            var frame = frame
            for place in [34, 36] where frame.octets[place] != 0 || frame.octets[place + 1] != 80 {
                frame.octets[place] ^= 0x11
            }
            return frame
        }
        let mixed = (try frames() + strangers).sorted { $0.time < $1.time }
        var settings = AuditSettings()
        settings.evidenceFolder = folder.path
        let capture = ScratchFile(".pcap")
        try FileOctets.write(PcapWriter().octets(mixed), to: capture.path)
        let found = try Document(of: capture.path, lines: true, settings).findings.filter { $0["exchange"] != .null }
        let names = FileOctets.names(in: folder.path).sorted()
        #expect(names.count == found.count)
        #expect(names.contains("1.1-processing-used.pcapng"))
        for name in names {
            let evidence = try Document(of: "\(folder.path)/\(name)", lines: false)
            #expect(evidence.exchanges.count == 1, "\(name)")
            #expect(evidence.exchanges.first?["request"]?["method"]?.string == "COPY")
            #expect(evidence.exchanges.first?["connection"]?["start"]?.string == "handshake")
        }
    }

    @Test("No more captures of findings are written than the bound allows, and that is said")
    func evidenceBound() throws {
        let folder = ScratchFolder()
        var settings = WatchSettings()
        settings.audit.evidenceFolder = folder.path
        settings.audit.evidenceFiles = 1
        let run = try LiveRun(frames(), settings)
        #expect(FileOctets.names(in: folder.path).count == 1)
        let notes = run.records.filter { $0["rule"] == .string("capture/limit") }.compactMap { $0["message"]?.string }
        #expect(notes.count == 1)
        #expect(notes.first?.contains("of findings not written") == true)
    }

    @Test("A folder that takes no more ends the captures of findings, not the audit")
    func evidenceTrouble() throws {
        let folder = ScratchFolder()
        unsafe symlink("/dev/full", "\(folder.path)/1.1-processing-used.pcapng")
        var settings = WatchSettings()
        settings.audit.evidenceFolder = folder.path
        let run = try LiveRun(frames(), settings)
        #expect(run.result.troubles.count == 1)
        #expect(run.result.troubles.first?.hasPrefix("captures of findings are no longer written: ") == true)
        #expect(run.records.last?["exchanges"]?.integer == 2)
    }

    @Test("What is no folder that can be written in takes no captures, and that is said")
    func evidenceFolder() throws {
        let file = ScratchFile(".txt")
        try FileOctets.write([], to: file.path)
        var settings = WatchSettings()
        settings.audit.evidenceFolder = file.path
        let troubles = try LiveRun(frames(), settings).result.troubles
        #expect(troubles == ["captures of findings are not written: \(file.path): Not a directory"])
    }

    @Test("Packets kept for evidence stay below the bound, and that is said")
    func evidenceOctets() throws {
        let folder = ScratchFolder()
        var settings = WatchSettings()
        settings.audit.evidenceFolder = folder.path
        settings.audit.evidenceOctets = 20_000
        var many: [Frame] = []
        for number in 0..<60 {
            many += try frames().dropLast(3).map { frame in
                var frame = frame
                for place in [34, 36] where frame.octets[place] != 0 || frame.octets[place + 1] != 80 {
                    frame.octets[place] = UInt8(100 + number)
                }
                return frame
            }.prefix(6)
        }
        let run = try LiveRun(many.sorted { $0.time < $1.time }, settings)
        let notes = run.records.filter { $0["rule"] == .string("capture/limit") }.compactMap { $0["message"]?.string }
        #expect(notes.contains { $0.contains("made room for others") })
    }
}

extension Document {
    /// The report of several files as one capture.
    init(of paths: [String]) throws {
        let output = ScratchFile(".json")
        _ = try audit(paths, AuditSettings(), as: .json, to: .file(output.path))
        let document = try JSON.parse(String(decoding: try FileOctets.read(output.path), as: UTF8.self))
        captures = document["captures"]?.items ?? []
        exchanges = document["exchanges"]?.items ?? []
        findings = document["findings"]?.items ?? []
        summary = document["summary"]
    }
}
