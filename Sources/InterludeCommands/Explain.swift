import ArgumentParser
import Findings

/// `interlude explain`: the manual page of a rule.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a finding: what happens, why it matters, what to do.")

    @Argument(help: ArgumentHelp("The id of a rule, as in \"interlude list rules\".", valueName: "id"))
    var id: String

    func run() throws {
        guard let rule = Catalogue.rule(id) else {
            throw ValidationError("There is no rule \"\(id)\"; \"interlude list rules\" shows all.\(suggestion)")
        }
        Terminal.say(Manual.page(rule, width: min(Terminal.width ?? 80, 100)))
    }

    /// Rules whose id has something of what was asked for.
    private var suggestion: String {
        let word = id.split(separator: "/").last.map(String.init) ?? id
        let alike = Catalogue.rules.map(\.id).filter { !word.isEmpty && $0.contains(word) }
        return alike.isEmpty ? "" : " Did you mean \(alike.joined(separator: ", "))?"
    }
}
