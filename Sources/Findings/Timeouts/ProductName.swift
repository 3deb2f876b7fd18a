/// Products by name, as `--path` takes them: `nginx`, `java-httpclient`, `okhttp@2026-07`.
extension TimeoutProfile {
    /// The name of the product in lower case, without its part, words joined by hyphens: `apache-httpd-mod-proxy-http`.
    package var name: String {
        var name = ""
        for character in shortProduct.lowercased() {
            if character.isLetter || character.isNumber {
                name.append(character)
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        return name.last == "-" ? String(name.dropLast()) : name
    }

    /// Whether `asked` is this product's name; with `@version` behind it, of this version.
    package func isCalled(_ asked: String) -> Bool {
        let parts = asked.lowercased().split(separator: "@", maxSplits: 1)
        guard let product = parts.first, product == name else { return false }
        return parts.count == 1 || parts[1] == version.lowercased()
    }
}

/// A name that no timer's product has.
package struct UnknownProduct: Error, CustomStringConvertible {
    package var name: String
    /// Names that have something of it.
    package var alike: [String]

    package var description: String {
        let hint = alike.isEmpty ? "" : " Did you mean \(alike.joined(separator: ", "))?"
        return "no timer of a product \"\(name)\" is known; \"interlude list timeouts\" shows all.\(hint)"
    }
}

extension [TimeoutProfile] {
    /// Marks the timers of these products as those of the reader's own path.
    package mutating func markPath(_ names: [String]) throws(UnknownProduct) {
        for name in names {
            let found = indices.filter { self[$0].isCalled(name) }
            guard !found.isEmpty else { throw UnknownProduct(name: name, alike: alike(name)) }
            for index in found { self[index].isOnPath = true }
        }
    }

    private func alike(_ name: String) -> [String] {
        let asked = name.lowercased().split(separator: "@").first ?? ""
        guard asked.count > 1 else { return [] }
        return Set(map(\.name)).filter { $0.contains(asked) || asked.contains($0) }.sorted()
    }
}
