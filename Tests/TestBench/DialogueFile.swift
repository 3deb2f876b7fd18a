package import CaptureForge

/// The dialogues of the repository: `Fixtures/dialogues/<family>/<slug>/<sentence>.http`.
package struct DialogueFile: Sendable, CustomStringConvertible {
    /// The rule that it belongs to: `family/slug`.
    package var rule: String
    /// Its path below the folder of dialogues.
    package var path: String

    package var description: String { path }

    /// Where they are.
    package static let folder = Repository.root + "/Fixtures/dialogues"

    /// All of them, in the order of their paths.
    package static let all: [DialogueFile] = FileOctets.names(in: folder).flatMap { family in
        FileOctets.names(in: "\(folder)/\(family)").flatMap { slug in
            FileOctets.names(in: "\(folder)/\(family)/\(slug)").map {
                DialogueFile(rule: "\(family)/\(slug)", path: "\(family)/\(slug)/\($0)")
            }
        }
    }

    /// The dialogue that it holds.
    package func read() throws -> Dialogue {
        let octets = try FileOctets.read(Self.folder + "/" + path)
        return try Dialogue(parsing: String(decoding: octets, as: UTF8.self))
    }
}

/// Where the sources of this package are.
package enum Repository {
    /// The folder that holds the manifest.
    package static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
}
