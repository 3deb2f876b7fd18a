/// A short page on a status code or a topic: the facts, and the rules that touch it.
package struct Article: Sendable {
    /// What it can be asked for by, in lower case; the first is its own name.
    package let names: [String]
    package let title: String
    /// A paragraph each.
    let facts: [String]
    /// Where the facts stand.
    let sources: String
    /// Families of rules that belong to it.
    let families: [String]
    /// Words that make another rule touch it, where its page has them.
    let words: Set<String>

    /// All of them: status codes first.
    package static let all: [Article] = [
        .informational, .continue100, .switching, .processing, .earlyHints, .resumption, .accepted, .multistatus,
        .webdav, .expect, .timeouts, .proxies,
    ]

    /// The article called so, letter case apart. A 1xx without a page of its own is explained by that on all of them.
    package static func named(_ name: String) -> Article? {
        let lower = name.lowercased()
        if let article = all.first(where: { $0.names.contains(lower) }) { return article }
        guard lower.utf8.count == 3, let status = Int(lower), 100...199 ~= status else { return nil }
        return .informational
    }

    /// The rules that touch it, in the order of the catalogue: looked for in the rules, so that none is forgotten.
    package var rules: [Rule] { Catalogue.rules.filter(touches) }

    private func touches(_ rule: Rule) -> Bool {
        if families.contains(where: { rule.id.hasPrefix("\($0)/") }) { return true }
        let page = [rule.title, rule.explanation.wire, rule.explanation.matters, rule.explanation.remedy]
        return page.contains { text in
            text.split { !$0.isLetter && !$0.isNumber }.contains { words.contains(String($0)) }
        }
    }
}
