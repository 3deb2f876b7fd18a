import Testing

@Suite("How sources are written")
struct SourceTests {
    @Test("No source file has more than 400 lines", arguments: House.sources.map(\.path))
    func length(path: String) throws {
        let file = try #require(House.sources.first { $0.path == path })
        #expect(file.lines.count <= 400)
    }

    @Test("Unsafe code stands where the system is, and anywhere else with a reason")
    func unsafe() {
        let homes = [
            "Sources/CaptureInput/", "Sources/Reports/ByteSink.swift", "Sources/Reports/OctetBuffer.swift",
            "Sources/Reports/TemporaryFile.swift", "Sources/InterludeCommands/Terminal.swift",
        ]
        for file in House.sources where !homes.contains(where: file.path.hasPrefix) {
            for (index, line) in file.lines.enumerated() where line.isUnsafe {
                // A reason stands with the first of several lines that belong together.
                let before = file.lines[max(0, index - 10)...index]
                #expect(before.contains { $0.contains("// ") || $0.contains("/// ") }, "\(file.path):\(index + 1)")
            }
        }
    }

    @Test("Every type, function and computed property that other rooms see says what it is")
    func documentation() {
        let requirements = Set(House.sources.flatMap(\.requirements))
        for file in House.sources {
            for (index, line) in file.lines.enumerated() {
                guard let declaration = Declaration(line), declaration.needsWords else { continue }
                if requirements.contains(declaration.name) { continue }  // said with the protocol
                var above = index - 1
                while above >= 0, file.lines[above].trimmed.hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && file.lines[above].trimmed.hasPrefix("///")
                #expect(isDocumented, "\(file.path):\(index + 1): \(declaration.name)")
            }
        }
    }

    @Test("No file tells of the machine that it was written on")
    func paths() {
        // Spelt in two halves, so that this file does not tell either.
        let machine = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/"]
        let temporary = "/t" + "mp"
        let mayNameTemporary = ["Sources/Reports/TemporaryFile.swift", "Tests/", "tools/"]
        #expect(House.texts.count > 150)
        for file in House.texts {
            let isFree = mayNameTemporary.contains(where: file.path.hasPrefix)
            for (index, line) in file.lines.enumerated() {
                #expect(!machine.contains(where: line.contains), "\(file.path):\(index + 1)")
                if !isFree { #expect(!line.contains(temporary), "\(file.path):\(index + 1)") }
            }
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop { $0 == " " } }

    /// Whether it has the keyword outside a comment.
    fileprivate var isUnsafe: Bool {
        let code = firstRange(of: "//").map { self[..<$0.lowerBound] } ?? self
        return code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains("unsafe")
    }
}

/// What a line declares for other rooms to see.
private struct Declaration {
    var kind: Substring
    var name: String
    /// Whether a stored property, or one whose body is on its line, which the words on its type may cover.
    var isPlain: Bool

    private static let kinds: Set<Substring> = [
        "struct", "enum", "class", "protocol", "func", "var", "let", "init", "subscript", "typealias",
    ]

    init?(_ line: Substring) {
        let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
        guard words.first == "package",
            let at = words.firstIndex(where: { word in
                Self.kinds.contains(word.prefix { $0.isLetter })
            })
        else { return nil }
        kind = words[at].prefix { $0.isLetter }
        let next = at + 1 < words.endIndex ? words[at + 1] : ""
        name = kind == "init" || kind == "subscript" ? String(kind) : String(next.prefix { !":(<".contains($0) })
        isPlain = !line.hasSuffix("{")
    }

    /// Initialisers take what the properties say; a property without code is part of its type's own words.
    var needsWords: Bool {
        switch kind {
        case "init": false
        case "var", "let": !isPlain && name != "description"
        case "func": !["", "==", "+", "hash"].contains(name)
        default: true
        }
    }
}

extension HouseFile {
    /// The functions that protocols of this file ask for, and those of the standard library that types answer.
    fileprivate var requirements: [String] {
        var names = ["next"]
        var isProtocol = false
        for line in lines {
            if line.contains("protocol ") { isProtocol = true }
            if line == "}" { isProtocol = false }
            let words = line.split(separator: " ")
            guard isProtocol, let at = words.firstIndex(of: "func"), at + 1 < words.count else { continue }
            names.append(String(words[at + 1].prefix { $0 != "(" && $0 != "<" }))
        }
        return names
    }
}
