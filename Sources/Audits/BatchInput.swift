import CaptureInput

/// Finds the files of a batch: those that are named, and the captures in the folders that are named.
package struct BatchInput {
    /// The most files of a batch; each takes a short record in memory.
    package static let mostFiles = 1_000_000

    private var files: [BatchFile] = []
    private var paths: Set<String> = []
    /// A sentence for each folder that cannot be listed.
    package private(set) var troubles: [String] = []

    package init() {}

    /// Adds a file, or all captures in a folder; a path that has been added before is not added again. False where
    /// there are more files than a batch may have.
    package mutating func add(_ path: String) -> Bool {
        switch CaptureSearch.kind(of: path) {
        case .file(let size): add(BatchFile(path: path, name: Self.name(of: path), size: size))
        case .folder:
            var refused: [String] = []
            let prefix = Self.name(of: path)
            let found = CaptureSearch.captures(in: path, most: Self.mostFiles + 1 - files.count) { refused.append($0) }
            troubles += refused
            for file in found {
                let below = file.path.dropFirst(path.count).drop { $0 == "/" }
                let name = prefix.isEmpty ? String(below) : "\(prefix)/\(below)"
                add(BatchFile(path: file.path, name: name, size: file.size))
            }
        }
        return files.count <= Self.mostFiles
    }

    private mutating func add(_ file: BatchFile) {
        if paths.insert(file.path).inserted { files.append(file) }
    }

    /// What a report calls a path: the path as it was given, but of an absolute one the last component, so that a report
    /// neither depends on nor tells where it was made.
    private static func name(of path: String) -> String {
        if path == "." || path == "./" { return "" }
        let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard path.hasPrefix("/") else { return trimmed.hasPrefix("./") ? String(trimmed.dropFirst(2)) : trimmed }
        return path.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The files, in the order in which they were added. Files of one name are told apart by as many more of their
    /// folders as that takes.
    package func named() -> [BatchFile] {
        var files = files
        var components = 1
        while true {
            let alike = Dictionary(grouping: files.indices) { files[$0].name }.values.filter { $0.count > 1 }
            if alike.isEmpty { return files }
            components += 1
            for index in alike.joined() {
                let parts = files[index].path.split(separator: "/")
                files[index].name =
                    components > parts.count ? files[index].path : parts.suffix(components).joined(separator: "/")
            }
            if components > 4_096 { return files }
        }
    }
}

/// How the files of a batch belong together.
package enum BatchGrouping: Sendable {
    /// All are one series.
    case one
    /// Each is by itself.
    case each
    /// Files that rotation made are one series, by their names and times.
    case recognised

    /// The parts of a batch, in the order of their first files.
    package func parts(of files: [BatchFile]) -> [BatchPart] {
        switch self {
        case .one: files.isEmpty ? [] : [BatchPart(files: files)]
        case .each: files.map { BatchPart(files: [$0]) }
        case .recognised: RotatedSeries.parts(of: files)
        }
    }
}
