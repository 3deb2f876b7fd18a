import CaptureModel

/// How the files of a run are named in its records.
///
/// As they were given on the command line, but never by an absolute path: of that only the last component is shown, so
/// that a report neither depends on nor tells where it was made; and as many before it as tell the file from the others.
package struct CaptureNames: Sendable {
    private let names: [[UInt8]]
    /// How many captures of the report are before these.
    let before: Int

    /// The names of files as they were given; `before` captures of the report come before them.
    package init(_ files: [String], after before: Int = 0) {
        self.before = before
        let paths = Set(files).map(Components.init)
        // How many files' paths end with so many components that are these.
        var endings: [[UInt8]: Int] = [:]
        let isNeeded = paths.contains { $0.isAbsolute }
        if isNeeded {
            for path in paths {
                for count in 1...Components.most where count <= path.count {
                    endings[path.last(count), default: 0] += 1
                }
            }
        }
        names = files.map { file in
            let path = Components(file)
            guard path.isAbsolute else { return FileName.octets(file) }
            let most = min(path.count, Components.most)
            guard most > 0 else { return [Components.slash] }
            let count = (1...most).first { endings[path.last($0)] == 1 } ?? 1
            return path.last(count)
        }
    }

    /// The name of a file, not escaped; `nil` for an index that is none.
    subscript(_ index: UInt32) -> [UInt8]? {
        index < names.count ? names[Int(index)] : nil
    }

    /// The number of a capture in the whole report, from 0.
    func number(_ index: UInt32) -> Int { before + Int(index) }

    /// How many files there are.
    var count: Int { names.count }
}

/// A path and where its components begin.
private struct Components {
    static let slash = UInt8(ascii: "/")
    /// How many components of a path are looked at to tell it from others.
    static let most = 8

    private let path: [UInt8]
    private var parts: [ArraySlice<UInt8>] { path.split(separator: Self.slash) }
    let count: Int

    init(_ file: String) {
        path = FileName.octets(file)
        count = path.split(separator: Self.slash).count
    }

    var isAbsolute: Bool { path.first == Self.slash }

    /// The last ones, so many of them.
    func last(_ count: Int) -> [UInt8] {
        Array(parts.suffix(count).joined(separator: [Self.slash]))
    }
}
