/// The manual of the findings, made of the rules themselves: `interlude explain`, `interlude list rules`, and one page
/// of all.
package enum Manual {
    /// The page of one rule as text, lines wrapped at `width` columns.
    package static func page(_ rule: Rule, width: Int = 80) -> String {
        var text = "\(rule.id): \(rule.title)\n\(rule.severity.rawValue): \(meaning(rule.severity))\n"
        for (heading, section) in sections(rule) {
            text += "\n\(heading)\n"
            for line in wrapped(section, width: width - 4) { text += "    \(line)\n" }
        }
        text += "\nOn the wire\n"
        for line in rule.example.split(separator: "\n", omittingEmptySubsequences: false) { text += "    \(line)\n" }
        return text
    }

    /// The page of an article, with the rules that touch it, lines wrapped at `width` columns.
    package static func page(_ article: Article, width: Int = 80) -> String {
        var text = "\(article.title)\n"
        func add(_ paragraph: String) {
            for line in wrapped(paragraph, width: width - 4) { text += "    \(line)\n" }
        }
        for paragraph in article.facts {
            text += "\n"
            add(paragraph)
        }
        text += "\nSources\n"
        add(article.sources)
        let ids = article.rules.map(\.id)
        guard !ids.isEmpty else { return text }
        text += "\nRules that touch it\n"
        add(ids.joined(separator: ", "))
        return text
    }

    /// The page of a rule by its id, or of a status code or a topic; `nil` where there is none.
    package static func page(on subject: String, width: Int = 80) -> String? {
        if let rule = Catalogue.rule(subject) { return page(rule, width: width) }
        return Article.named(subject).map { page($0, width: width) }
    }

    /// One line a rule: id, severity, title.
    package static var listing: String {
        let idWidth = Catalogue.rules.map(\.id.count).max() ?? 0
        let severityWidth = Severity.allCases.map(\.rawValue.count).max() ?? 0
        return Catalogue.rules.map { rule in
            "\(padded(rule.id, idWidth))  \(padded(rule.severity.rawValue, severityWidth))  \(rule.title)\n"
        }.joined()
    }

    /// All pages in Markdown (docs/findings.md).
    package static var markdown: String {
        var text = """
            # Findings

            What Interlude says of an exchange, and why. This page is made of the rules themselves; `interlude explain \
            ID` shows one of them.

            | id | severity | what it is |
            | --- | --- | --- |

            """
        for rule in Catalogue.rules {
            text += "| [`\(rule.id)`](#\(anchor(rule.id))) | \(rule.severity.rawValue) | \(rule.title) |\n"
        }
        text += "\n"
        for severity in Severity.allCases.reversed() {
            text += "- **\(severity.rawValue)**: \(meaning(severity)).\n"
        }
        for rule in Catalogue.rules {
            text += "\n## \(rule.id)\n\n**\(rule.severity.rawValue)**: \(rule.title)\n"
            for (heading, section) in sections(rule) {
                text += "\n**\(heading).** \(section)\n"
            }
            text += "\n```\n\(rule.example)\n```\n"
        }
        return text
    }

    private static func sections(_ rule: Rule) -> [(String, String)] {
        [
            ("What happens", rule.explanation.wire), ("Why it matters", rule.explanation.matters),
            ("What to do", rule.explanation.remedy), ("Sources", rule.citation),
        ]
    }

    private static func meaning(_ severity: Severity) -> String {
        switch severity {
        case .violation: "a MUST of a standard is broken"
        case .warning: "a SHOULD is broken, or a user is at risk"
        case .note: "worth knowing, or not judged"
        }
    }

    /// A heading's anchor as GitHub makes it: the slash falls away.
    private static func anchor(_ id: String) -> String {
        id.filter { $0 != "/" }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Lines of at most `width` columns; a longer word has a line of its own.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
