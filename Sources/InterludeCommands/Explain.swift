import ArgumentParser
import Findings

/// `interlude explain`: the manual page of a rule, a status code or a topic.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a finding, a status code or a topic.",
        discussion: """
            A finding is explained by what happens, why it matters and what to do; "interlude list rules" shows all. \
            Status codes and topics: \(Article.all.compactMap(\.names.first).joined(separator: ", ")).
            """)

    @Argument(help: ArgumentHelp("The id of a rule, a status code, or a topic.", valueName: "subject"))
    var subject: String

    func run() throws {
        guard let page = Manual.page(on: subject, width: min(Terminal.width ?? 80, 100)) else {
            let alike = Manual.suggestions(for: subject)
            let question = alike.isEmpty ? "" : " Did you mean \(alike.joined(separator: ", "))?"
            throw ValidationError(
                "There is no page on \"\(subject)\"; \"interlude list rules\" and \"interlude explain --help\" show "
                    + "what there is.\(question)")
        }
        Terminal.say(page)
    }
}
