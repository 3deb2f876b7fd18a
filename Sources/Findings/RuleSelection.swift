/// Which rules speak. The id of a rule says more than its family, and what is ignored more than what is selected.
package struct RuleSelection: Sendable, Equatable {
    private var selected: Set<String> = []
    private var ignored: Set<String> = []

    /// All rules.
    package init() {}

    /// The rules of `selected`, all where that is empty, but those of `ignored`: ids, or families as `timeout`. Throws
    /// where a name is neither.
    package init(selected: [String], ignored: [String]) throws(UnknownRule) {
        let known = Set(Catalogue.rules.flatMap { [$0.id, RuleSelection.family($0.id)] })
        if let name = (selected + ignored).first(where: { !known.contains($0) }) { throw UnknownRule(name: name) }
        (self.selected, self.ignored) = (Set(selected), Set(ignored))
    }

    /// Whether a rule speaks.
    package func includes(_ id: String) -> Bool {
        let family = Self.family(id)
        if ignored.contains(id) { return false }
        if selected.contains(id) { return true }
        return !ignored.contains(family) && (selected.isEmpty || selected.contains(family))
    }

    /// The same for the same selection, in whatever order it was given.
    package var signature: String {
        "\(selected.sorted().joined(separator: ",")) but \(ignored.sorted().joined(separator: ","))"
    }

    private static func family(_ id: String) -> String { String(id.prefix { $0 != "/" }) }
}

/// A name that is neither a rule's nor a family's.
package struct UnknownRule: Error, CustomStringConvertible {
    package var name: String

    package var description: String {
        let alike = Manual.suggestions(for: name).filter { $0.contains("/") }
        return "there is no rule or family \"\(name)\"; \"interlude list rules\" shows all"
            + (alike.isEmpty ? "" : ", \(alike.joined(separator: ", ")) among them")
    }
}
