/// How the files of a run are named in its records.
///
/// As they were given on the command line, but never by an absolute path: of that only the last component is shown, so
/// that a report neither depends on nor tells where it was made.
package struct CaptureNames: Sendable {
    private let names: [[UInt8]]

    /// The names of files as they were given.
    package init(_ files: [String]) {
        names = files.map { file in
            guard file.hasPrefix("/") else { return Array(file.utf8) }
            return file.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? [UInt8(ascii: "/")]
        }
    }

    /// The name of a file, not escaped; `nil` for an index that is none.
    subscript(_ index: UInt32) -> [UInt8]? {
        index < names.count ? names[Int(index)] : nil
    }

    /// How many files there are.
    var count: Int { names.count }

    /// The shown name of one file.
    static func shown(_ file: String) -> [UInt8] {
        CaptureNames([file])[0] ?? []
    }
}
