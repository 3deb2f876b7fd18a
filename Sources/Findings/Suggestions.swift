extension Manual {
    /// Subjects that may have been meant by one that has no page: at most eight, the nearest first, those that have
    /// the word in them before those that are written alike.
    package static func suggestions(for subject: String) -> [String] {
        let word = Word(subject.lowercased().prefix(40))
        guard !word.slug.isEmpty else { return [] }
        var found: [(name: String, distance: Int)] = []
        for name in Article.all.compactMap(\.names.first) + Catalogue.rules.map(\.id) {
            let distance = word.distance(to: name)
            if distance <= max(1, word.slug.count / 3) { found.append((name, distance)) }
        }
        return found.enumerated()
            .sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
            .prefix(8).map(\.element.name)
    }
}

/// What somebody asked for, and what it may stand for.
private struct Word {
    var whole: Substring
    /// What stands behind the last slash.
    var slug: Substring

    init(_ text: Substring) {
        whole = text
        slug = text.split(separator: "/").last ?? ""
    }

    /// 0 where the name has the word in it; else how many letters differ, in the whole or behind the slash.
    func distance(to name: String) -> Int {
        if slug.count > 2, !name.ranges(of: slug).isEmpty { return 0 }
        return min(Self.edits(whole, name[...]), Self.edits(slug, Word(name[...]).slug))
    }

    /// How many letters must be put in, taken out or changed to make one of the other (Levenshtein).
    private static func edits(_ left: Substring, _ right: Substring) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, letter) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let change = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
