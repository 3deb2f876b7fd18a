import CaptureForge
import Findings
import TestBench
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Catalogue")
struct CatalogueTests {
    @Test("Ids are unique, and made of a family and a slug in lower case")
    func ids() {
        let ids = Catalogue.rules.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            let parts = id.split(separator: "/", omittingEmptySubsequences: false)
            #expect(parts.count == 2 && parts.allSatisfy { !$0.isEmpty }, "\(id)")
            #expect(id.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-/".contains($0) }, "\(id)")
        }
    }

    @Test("Each rule has a whole page, a title that reads on after “allow”, and asks for some trait")
    func pages() {
        for rule in Catalogue.rules {
            let texts = [rule.explanation.wire, rule.explanation.matters, rule.explanation.remedy, rule.citation]
            #expect((texts + [rule.example]).allSatisfy { !$0.isEmpty }, "\(rule.id)")
            #expect(texts.dropLast().allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") }, "\(rule.id)")
            #expect(!rule.title.hasSuffix(".") && rule.title.count <= 70, "\(rule.id)")
            #expect(!rule.needs.isEmpty, "\(rule.id)")
        }
    }

    @Test("Severities follow the standards' words: a violation cites one")
    func citations() {
        for rule in Catalogue.rules where rule.severity == .violation {
            #expect(rule.citation.contains("RFC"), "\(rule.id)")
        }
    }

    @Test("A page keeps to its width, apart from what stands on the wire", arguments: [40, 80])
    func width(columns: Int) {
        for rule in Catalogue.rules {
            let page = Manual.page(rule, width: columns)
            let text = page.split(separator: "\n").drop { !$0.hasPrefix("What happens") }
                .prefix { !$0.hasPrefix("On the wire") }
            #expect(text.count > 8)
            #expect(text.allSatisfy { $0.count <= columns }, "\(rule.id)")
        }
    }

    @Test("The list has a line for each rule, its columns aligned")
    func listing() {
        let lines = Manual.listing.split(separator: "\n")
        #expect(lines.count == Catalogue.rules.count)
        #expect(lines[0].hasPrefix(Catalogue.rules[0].id))
    }

    @Test("docs/findings.md is what the rules say (UPDATE_EXPECTED=1 writes it anew)")
    func page() throws {
        let path = DialogueFile.folder.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/docs/findings.md"
        // A constant name, and a result that is only compared with nil.
        if unsafe getenv("UPDATE_EXPECTED") != nil { try FileOctets.write(Array(Manual.markdown.utf8), to: path) }
        let written = try FileOctets.read(path)
        #expect(String(decoding: written, as: UTF8.self) == Manual.markdown)
    }
}

@Suite("Known timers")
struct TimeoutProfileTests {
    @Test("Every row has its columns, and no row stands twice")
    func rows() {
        let known = TimeoutProfile.known
        #expect(Set(known).count == known.count)
        for row in known {
            #expect(!row.product.isEmpty && !row.setting.isEmpty && !row.evidence.isEmpty, "\(row.product)")
            #expect(row.seconds > 0, "\(row.product)")
        }
    }

    @Test("A time matches a limit within 2 %")
    func match() {
        let row = TimeoutProfile("a", "1", .client, "b", 30, .idle, .answer, reset: .yes, "measured")
        #expect(row.matches(30_000_000_000) && row.matches(29_400_000_000) && row.matches(30_600_000_000))
        #expect(!row.matches(29_390_000_000) && !row.matches(30_610_000_000))
    }

    @Test("What an interim response resets counts silence, the rest the wait")
    func clocks() {
        func row(_ kind: TimeoutProfile.Kind, _ reset: TimeoutProfile.Reset) -> TimeoutProfile {
            TimeoutProfile("a", "1", .client, "b", 30, kind, .answer, reset: reset, "measured")
        }
        #expect(row(.idle, .yes).countsSilence && row(.idle, .unknown).countsSilence)
        #expect(row(.header, .yes).countsSilence)
        #expect(!row(.idle, .no).countsSilence && !row(.header, .unknown).countsSilence)
        #expect(!row(.absolute, .no).countsSilence)
    }

    @Test("A list names each product once, and says how many more there are")
    func list() {
        let rows = ["a (x)", "a, y", "b", "c", "d"].map {
            TimeoutProfile($0, "", .client, "t (z)", 1.5, .idle, .answer, reset: .yes, approximate: $0 == "b", "read")
        }
        #expect(rows.list(atMost: 4) == "a t (1.5 s), b t (≈ 1.5 s), c t (1.5 s) and d t (1.5 s)")
        #expect(rows.list(atMost: 2) == "a t (1.5 s), b t (≈ 1.5 s) and 2 more")
        #expect(Array(rows.prefix(1)).list(atMost: 2) == "a t (1.5 s)")
    }
}
