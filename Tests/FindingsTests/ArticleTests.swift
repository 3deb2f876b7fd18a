import Findings
import Testing

@Suite("Articles")
struct ArticleTests {
    @Test("A page has at most 40 lines of 80 columns, sources, and rules that touch it", arguments: Article.all.indices)
    func pages(index: Int) throws {
        let article = Article.all[index]
        let lines = Manual.page(article).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 41, "the last line ends the page")
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[0] == article.title && lines.contains("Sources"))
        #expect(!article.rules.isEmpty)
        #expect(article.names.allSatisfy { Manual.page(on: $0) == Manual.page(article) })
    }

    @Test("No two articles share a name, and none is called like a rule")
    func names() {
        let names = Article.all.flatMap(\.names) + Catalogue.rules.map(\.id)
        #expect(Set(names).count == names.count)
    }

    @Test("Every status code of the registry's 1xx has its page, any other 1xx that of all")
    func statuses() {
        for status in [100, 101, 102, 103, 104] {
            #expect(Article.named("\(status)")?.title.hasPrefix("\(status) ") == true)
        }
        for status in ["105", "199", "1XX"] { #expect(Article.named(status)?.names.first == "1xx") }
        for other in ["99", "200", "1000", "0102", "+102", "10", ""] { #expect(Article.named(other) == nil) }
    }

    @Test("The rules of a page are found in the catalogue: by family, and by the words of their own pages")
    func rules() throws {
        let processing = try #require(Article.named("102")).rules.map(\.id)
        #expect(Catalogue.rules.map(\.id).filter { $0.hasPrefix("processing/") }.allSatisfy(processing.contains))
        #expect(processing.contains("webdav/legacy-construct") && !processing.contains("hints/no-link"))
        let expect = try #require(Article.named("expect")).rules.map(\.id)
        #expect(expect.contains("expect/refused") && expect.contains("processing/opt-in"))
        #expect(try #require(Article.named("proxies")).rules.map(\.id).contains("interim/framing-fields"))
    }

    @Test("Each rule is explained by its id, and nothing else has a page")
    func subjects() {
        for rule in Catalogue.rules { #expect(Manual.page(on: rule.id) == Manual.page(rule)) }
        for nothing in ["", "silent", "processing/", "418", "interim/"] { #expect(Manual.page(on: nothing) == nil) }
    }

    @Test("What is misspelt, or only part of a name, is taken for a hint")
    func suggestions() {
        #expect(Manual.suggestions(for: "processing/lat").first == "processing/late")
        #expect(Manual.suggestions(for: "silent").contains("timeout/silent"))
        #expect(Manual.suggestions(for: "Procesing/Needles").first == "processing/needless")
        #expect(Manual.suggestions(for: "webdv").first == "webdav")
        #expect(Manual.suggestions(for: "expct").first == "expect")
        #expect(Manual.suggestions(for: "203").contains("202"))
        #expect(Manual.suggestions(for: "continue").count <= 8)
        for nothing in ["", "/", "xyzzyplugh", String(repeating: "a", count: 100_000)] {
            #expect(Manual.suggestions(for: nothing).isEmpty)
        }
    }
}
