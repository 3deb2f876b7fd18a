import Audits
import CaptureForge
import CaptureInput
import CaptureModel
import Reports
import TestBench
import Testing

@Suite("What other exchanges show of one that a watch told as over")
struct RevisionTests {
    private static let proxied = dialogue("not-forwarded/a-proxy-swallows-three-102")
    private static let left = dialogue("taken-as-final/the-client-resets-and-goes-on-elsewhere")

    private static func dialogue(_ name: String) -> DialogueFile {
        DialogueFile.all.first { $0.path == "interim/\(name).http" } ?? DialogueFile.all[0]
    }

    /// What a person sees who watches these packets, line by line.
    private func lines(_ file: DialogueFile, _ settings: WatchSettings = WatchSettings()) throws -> [Substring] {
        let stream = ScratchFile(".txt")
        var style = TextStyle()
        style.isLive = true
        var audit = LiveAudit(
            of: "if0", snaplen: 65_535, settings,
            WatchOutput(report: nil, as: .csv(.captures), stream: try .file(stream.path), as: .text(style)))
        for (index, frame) in try file.read().capture().frames.enumerated() {
            let record = PacketRecord(
                time: frame.time, frame: UInt64(index + 1), capture: 0, linkType: .ethernet,
                originalLength: frame.originalLength)
            audit.take(record, frame.octets.span)
        }
        _ = audit.finish(CaptureOutcome(path: "if0"), DeviceCounters())
        if let failure = audit.failure { throw failure }
        return String(decoding: try FileOctets.read(stream.path), as: UTF8.self).split(separator: "\n")
    }

    /// The summary at the end, without what is told of the capture, and without where a rule fired first: a file has
    /// its exchanges in the order of their beginnings, a watch in that of their ends.
    private func summary(_ lines: [Substring]) -> [Substring] {
        guard let begin = lines.lastIndex(where: { $0.hasPrefix("exchanges  ") }) else { return [] }
        return lines[begin...].prefix { !$0.hasPrefix("captures") }.map { line in
            line.firstRange(of: ", first in ").map { line[..<$0.lowerBound] } ?? line
        }
    }

    @Test("The summary is that of the file, whatever was told before", arguments: DialogueFile.all)
    func sameSummary(file: DialogueFile) throws {
        let (capture, report) = (ScratchFile(".pcap"), ScratchFile(".txt"))
        try FileOctets.write(PcapWriter().octets(try file.read().capture().frames), to: capture.path)
        _ = try audit([capture.path], AuditSettings(), as: .text(TextStyle()), to: .file(report.path))
        let offline = String(decoding: try FileOctets.read(report.path), as: UTF8.self).split(separator: "\n")
        let live = summary(try lines(file))
        #expect(live == summary(offline), "\(live.filter { !summary(offline).contains($0) })")
        #expect(!summary(offline).isEmpty)
    }

    @Test("It is told with the exchange that it is about, and what it takes the place of")
    func named() throws {
        let later = try lines(Self.proxied)
        let told = later.firstIndex { $0.hasPrefix("-  ") && $0.contains("other exchanges show") }
        let at = try #require(told)
        #expect(later[at + 1].contains("interim/not-forwarded: "))
        #expect(later[at].contains("1.1: "))
        let instead = "1.1: other exchanges show, in the place of processing/in-vain, timeout/client-gave-up"
        let left = try lines(Self.left)
        #expect(left.contains { $0.contains(instead) }, "\(left)")
    }

    @Test("It is narrowed as all the rest is, and counted all the same")
    func narrowed() throws {
        var settings = WatchSettings()
        for interest in LiveInterest.allCases {
            settings.interest = interest
            let told = try lines(Self.proxied, settings)
            #expect(told.contains { $0.contains("other exchanges show") }, "\(interest)")
            // No timer is as short as the wait of this one.
            let quick = try lines(Self.left, settings)
            #expect(quick.contains { $0.contains("other exchanges show") } == (interest != .slow), "\(interest)")
            #expect(summary(quick).contains { $0.contains("interim/taken-as-final: ") })
        }
        settings.interest = nil
        settings.showsEvents = false
        let quiet = try lines(Self.proxied, settings)
        #expect(quiet.prefix { !$0.hasPrefix("exchanges  ") }.isEmpty)
        #expect(summary(quiet).contains { $0.contains("interim/not-forwarded: ") })
    }

    /// The names of the captures of findings that a watch of these frames writes, and the notes on bounds; both are the
    /// same for the file.
    private func evidence(
        _ frames: [Frame], in folder: ScratchFolder, octets: Int = AuditSettings().evidenceOctets
    ) throws -> (names: [String], notes: [String]) {
        let fileFolder = ScratchFolder()
        var settings = WatchSettings()
        settings.audit.evidenceFolder = folder.path
        settings.audit.evidenceOctets = octets
        let live = try LiveRun(frames, settings).records
        let capture = ScratchFile(".pcap")
        try FileOctets.write(PcapWriter().octets(frames), to: capture.path)
        settings.audit.evidenceFolder = fileFolder.path
        let offline = try Document(of: capture.path, lines: true, settings.audit).findings
        let notes = { (records: [JSON]) in
            records.filter { $0["rule"] == .string("capture/limit") }.compactMap { $0["message"]?.string }
        }
        let names = FileOctets.names(in: folder.path).sorted()
        #expect(FileOctets.names(in: fileFolder.path).sorted() == names)
        #expect(notes(offline) == notes(live))
        return (names, notes(live))
    }

    @Test("Its packets are kept until all is known, live and of a file: what shows it is written")
    func written() throws {
        for (file, name) in [
            (Self.proxied, "1.1-interim-not-forwarded.pcapng"), (Self.left, "1.1-interim-taken-as-final.pcapng"),
        ] {
            let folder = ScratchFolder()
            let (names, notes) = try evidence(file.read().capture().frames, in: folder)
            #expect(names.contains(name), "\(names)")
            #expect(notes.isEmpty)
            let evidence = try Document(of: "\(folder.path)/\(name)", lines: false)
            #expect(evidence.exchanges.first?["connection"]?["start"]?.string == "handshake")
            #expect(evidence.exchanges.first?["interim"]?.items.isEmpty == (file.path == Self.proxied.path))
        }
    }

    @Test("Where its packets had to make room for others, that is said")
    func late() throws {
        let (names, notes) = try evidence(Self.proxied.read().capture().frames, in: ScratchFolder(), octets: 1_000)
        #expect(!names.contains("1.1-interim-not-forwarded.pcapng"))
        #expect(notes.contains { $0.contains("(evidence-octets)") }, "\(notes)")
    }
}
