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

    @Test("Each rule has a whole page, and a title that reads on after “allow”")
    func pages() {
        for rule in Catalogue.rules {
            let texts = [rule.explanation.wire, rule.explanation.matters, rule.explanation.remedy, rule.citation]
            #expect((texts + [rule.example]).allSatisfy { !$0.isEmpty }, "\(rule.id)")
            #expect(texts.dropLast().allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") }, "\(rule.id)")
            #expect(!rule.title.hasSuffix(".") && rule.title.count <= 70, "\(rule.id)")
        }
    }

    @Test("Each rule asks for some trait, but those that several exchanges show")
    func traits() {
        let across = Catalogue.rules.filter(\.needs.isEmpty).map(\.id)
        #expect(
            across == [
                "interim/desynchronised", "interim/not-forwarded", "interim/delayed", "interim/changed",
                "interim/invented", "interim/forwarded", "async/operation", "async/hasty-polling",
            ])
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
