import CaptureForge
import TestBench

/// A text file of the repository.
struct HouseFile: Sendable {
    /// Below the repository's folder.
    var path: String
    var lines: [Substring]

    /// The room that a source file belongs to: `Sources/<room>/…`.
    var room: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    /// The modules that it imports, with the line's number.
    var imports: [(module: String, line: Int)] {
        lines.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
                words[..<at].allSatisfy({ $0.hasPrefix("@") || ["package", "public", "private"].contains($0) })
            else { return nil }
            return (String(words[at + 1]), index + 1)
        }
    }
}

/// What the repository holds.
enum House {
    /// All Swift files below `Sources`.
    static let sources = files("Sources").filter { $0.path.hasSuffix(".swift") }

    /// All text files: nothing that was built, and no captures.
    static let texts =
        ["Sources", "Tests", "Fixtures", "docs", "tools"].flatMap(files)
        + FileOctets.names(in: Repository.root).filter { !$0.hasSuffix(".resolved") }.flatMap(file)
        + [".ci/run", ".swift-format", ".gitignore"].flatMap(file)

    /// The rooms of the manifest, left to right, each with the targets and products that it may import.
    static let rooms: [(name: String, imports: [String])] = {
        // What follows the package itself is for fuzzing.
        let lines = file("Package.swift").first?.lines.prefix { $0 != ")" } ?? []
        let manifest = lines.joined(separator: "\n")
        return manifest.components(after: "\n        room(") + manifest.components(after: ".executableTarget(")
    }()

    private static func files(_ folder: String) -> [HouseFile] {
        FileOctets.names(in: Repository.root + "/" + folder).flatMap { name in
            let path = "\(folder)/\(name)"
            let inside = files(path)
            return inside.isEmpty ? file(path) : inside
        }
    }

    /// One file; none where it is a folder or no text.
    private static func file(_ path: String) -> [HouseFile] {
        guard let octets = try? FileOctets.read(Repository.root + "/" + path),
            let text = String(validating: octets, as: UTF8.self)
        else { return [] }
        return [HouseFile(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))]
    }
}

extension String {
    /// Of each call that begins with `opening`, the strings in it: the first, and the others but names of packages.
    fileprivate func components(after opening: String) -> [(name: String, imports: [String])] {
        var found: [(name: String, imports: [String])] = []
        var rest = self[...]
        while let start = rest.firstRange(of: opening) {
            rest = rest[start.upperBound...]
            var depth = 1
            let call = rest.prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            }
            var strings = call.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            guard !strings.isEmpty else { continue }
            let name = strings.removeFirst()
            found.append((name, strings.filter { !$0.contains("-") }))
        }
        return found
    }
}
