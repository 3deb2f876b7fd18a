import CaptureForge
import CaptureModel
import TestBench
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("What is read, and what cannot be")
struct InputTests {
    private let folder = ScratchFolder()

    private func run(_ arguments: String..., input: String = "/dev/null") throws -> Run {
        try interlude(arguments, in: folder, input: input)
    }

    /// The JSON report of files, with the run.
    private func inspect(_ arguments: String..., input: String = "/dev/null") throws -> (Run, JSON) {
        let found = try interlude(["inspect", "--format", "json"] + arguments, in: folder, input: input)
        return (found, try JSON.parse(found.text))
    }

    private func ids(_ document: JSON) -> [String] {
        (document["exchanges"]?.items ?? []).compactMap { $0["id"]?.string }
    }

    @Test("What cannot be read is told in one sentence, the rest is reported, and the exit code is 2")
    func unreadable() throws {
        _ = try folder.write(try Captures.pcap(), as: "good.pcap")
        _ = try folder.write([], as: "empty.pcap")
        _ = try folder.write(Array("This is a letter, not a capture.".utf8), as: "letter.pcap")
        for (name, words) in [
            ("missing.pcap", "no such file"), (".", "directory"), ("empty.pcap", "empty"),
            ("letter.pcap", "neither pcap nor pcapng"),
        ] {
            let (found, document) = try inspect(name, "good.pcap")
            #expect(found.code == 2, "\(name)")
            #expect(found.complaint.hasPrefix("interlude: \(name): ") && found.complaint.contains(words), "\(name)")
            #expect(found.complaint.count { $0 == "\n" } == 1, "\(name)")
            #expect(ids(document) == ["1.1", "1.2"], "\(name)")
            #expect(document["captures"]?[0]?["status"] == .string("unreadable"), "\(name)")
            #expect(document["captures"]?[1]?["status"] == .string("complete"), "\(name)")
            #expect(document["captures"]?[0]?["error"]?.string?.contains(words) == true, "\(name)")
        }
    }

    @Test("A file's name is any octets: it is found, written, and shown with those that are no text escaped")
    func rawNames() throws {
        let folder = ScratchFolder()
        let octets = try Captures.pcap()
        for name in ["a\u{10ffff}.pcap", "b\u{10fffe}\u{10ff80}.pcap"] {
            let plain: String = try folder.write(octets, as: "plain")
            let moved = unsafe FileName.withCString("\(folder.path)/\(name)") { raw in
                unsafe rename("\(folder.path)/\(plain)", raw)
            }
            try #require(moved == 0)
            let found = try interlude(["inspect", "--format", "jsonl", name], in: folder)
            #expect(found.code == 0, "\(found.complaint)")
            let shown = FileName.octets(name).map {
                $0 < 0x80 ? String(UnicodeScalar($0)) : "\\\\x" + String($0, radix: 16)
            }
            #expect(found.text.contains("\"\(shown.joined())\""))
            let refused = try interlude(["inspect", "-o", name, "--format", "csv", name], in: folder)
            #expect(refused.code == 64 && refused.complaint.contains(shown.joined().replacing("\\\\", with: "\\")))
            #expect(unsafe FileName.withCString("\(folder.path)/\(name)") { unsafe unlink($0) } == 0)
            let missing = try interlude(["inspect", name], in: folder)
            #expect(missing.code == 2 && missing.complaint.contains("no such file"))
        }
    }

    @Test("A report names no folder of the machine, also where a file cannot be read")
    func paths() throws {
        for name in ["missing.pcap", ""] {
            let (found, _) = try inspect("\(folder.path)/\(name)")
            #expect(found.code == 2)
            #expect(!found.text.contains(folder.path))
            #expect(found.complaint.contains(folder.path))
        }
    }

    @Test("Of a capture that is cut, all before the cut is reported", arguments: [false, true])
    func cut(pcapng: Bool) throws {
        let frames = try Captures.frames()
        let octets = pcapng ? PcapngWriter.octets(frames) : PcapWriter().octets(frames)
        let whole = try folder.write(octets, as: "whole")
        let (_, expected) = try inspect(whole)
        let name = try folder.write(octets.dropLast(5), as: "cut")
        let (found, document) = try inspect(name)
        #expect(found.code == 2)
        #expect(found.complaint.hasPrefix("interlude: cut: cut in packet \(frames.count)"))
        #expect(ids(document) == ids(expected))
        #expect(document["captures"]?[0]?["status"] == .string("truncated"))
        #expect(document["captures"]?[0]?["packets"]?.integer == frames.count - 1)
        let half = try folder.write(Array(octets.prefix(octets.count / 2)), as: "half")
        #expect(ids(try inspect(half).1).first == "1.1")
    }

    @Test("Packets of an unknown link type are counted, and it is named")
    func linkType() throws {
        let frames = try Captures.frames()
        let name = try folder.write(PcapWriter(linkType: LinkType(rawValue: 147)).octets(frames), as: "user.pcap")
        let (found, document) = try inspect(name)
        #expect(found.code == 2)
        #expect(found.complaint.contains("USER0") || found.complaint.contains("147"))
        #expect(found.complaint.contains("\(frames.count) packets"))
        #expect(document["captures"]?[0]?["skipped"]?["unknown_link_type"]?.integer == frames.count)
        #expect(document["captures"]?[0]?["status"] == .string("unreadable"))
    }

    @Test("A filter that is none, and an output that cannot be written, leave no report")
    func noReport() throws {
        let name = try folder.write(try Captures.pcap(), as: "a.pcap")
        let filter = try run("inspect", name, "-f", "tcp porrt 80")
        #expect(filter.code == 2 && filter.output == [])
        #expect(filter.complaint.contains("tcp porrt 80") && filter.complaint.count { $0 == "\n" } == 1)
        let output = try run("inspect", name, "-o", "missing/r.json")
        #expect(output.code == 2 && output.output == [])
        #expect(output.complaint.contains("missing/r.json") && output.complaint.count { $0 == "\n" } == 1)
        let full = try run("inspect", name, "--format", "json", "-o", "/dev/full")
        #expect(full.code == 2 && full.complaint.contains("/dev/full"))
    }

    @Test("A filter chooses the packets, and says how many it left out")
    func filter() throws {
        let name = try folder.write(try Captures.pcap(), as: "a.pcap")
        #expect(ids(try inspect(name, "-f", "tcp port 80").1) == ["1.1", "1.2"])
        let (found, document) = try inspect(name, "--filter", "tcp port 81")
        #expect(found.code == 0 && ids(document) == [])
        let packets = document["captures"]?[0]?["packets"]?.integer
        #expect(document["captures"]?[0]?["skipped"]?["filtered"]?.integer == packets)
    }

    @Test("Several files are one capture in time order, however they are given, unless they are to be separate")
    func series() throws {
        let frames = try Captures.frames()
        // The COPY waits from one file to the next.
        let place = frames.count / 3
        _ = try folder.write(PcapWriter().octets(Array(frames[..<place])), as: "1.pcap")
        _ = try folder.write(PcapngWriter.octets(Array(frames[place...])), as: "2.pcapng")
        for order in [["1.pcap", "2.pcapng"], ["2.pcapng", "1.pcap"]] {
            let (found, document) = try inspect(order[0], order[1])
            #expect(found.code == 0)
            #expect(ids(document) == ["1.1", "1.2"])
            #expect(document["exchanges"]?[0]?["outcome"] == .string("completed"))
            #expect(document["exchanges"]?[0]?["interim"]?.items.count == 2)
            #expect(document["exchanges"]?[0]?["capture"] == .string("1.pcap"))
        }
        let (_, separate) = try inspect("--separate", "1.pcap", "2.pcapng")
        #expect(separate["exchanges"]?[0]?["outcome"] != .string("completed"))
    }

    @Test("A dash is standard input")
    func standardInput() throws {
        _ = try folder.write(try Captures.pcap(), as: "a.pcap")
        let (found, document) = try inspect("-", input: folder.path + "/a.pcap")
        #expect(found.code == 0 && ids(document) == ["1.1", "1.2"])
        let (empty, _) = try inspect("-")
        #expect(empty.code == 2)
    }

    @Test("--fail-on ends with 1 from its severity on", arguments: ["note", "warning", "violation"])
    func failOn(severity: String) throws {
        let order = ["note", "warning", "violation"]
        for file in DialogueFile.all.enumerated().filter({ $0.offset % 3 == 0 }).map(\.element) {
            let frames = try file.read().capture().frames
            let name = try folder.write(PcapWriter().octets(frames), as: "a.pcap")
            let (found, document) = try inspect(name, "--fail-on", severity)
            let worst = (document["findings"]?.items ?? []).compactMap {
                order.firstIndex(of: $0["severity"]?.string ?? "")
            }.max()
            let fails = (worst ?? -1) >= (order.firstIndex(of: severity) ?? 9)
            #expect(found.code == (fails ? 1 : 0), "\(file)")
        }
        _ = try folder.write(try Captures.pcap(), as: "good.pcap")
        #expect(try run("inspect", "good.pcap", "missing.pcap", "--fail-on", severity).code == 2)
    }

    @Test("--silence says from when on silence is a finding")
    func silence() throws {
        let name = try folder.write(try Captures.pcap(), as: "a.pcap")
        func fires(_ seconds: String) throws -> Bool {
            try inspect(name, "--silence", seconds).1["findings"]?.items.contains {
                $0["rule"] == .string("timeout/silent")
            } ?? false
        }
        #expect(try fires("29") && !fires("31"))
    }
}
