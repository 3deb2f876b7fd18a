import ArgumentParser
import Audits

/// The paths of a command line as files: folders are searched, lists are read.
enum PathList {
    /// A list of paths has at most so many octets.
    private static let mostOctets = 256 << 20

    /// The files that `arguments` stand for, in their order, each once. `trouble` is told of each folder that cannot be
    /// listed, and where there is no file at all. Throws where a list cannot be read.
    static func files(_ arguments: [String], trouble: (String) -> Void) throws -> [BatchFile] {
        var input = BatchInput()
        for argument in arguments {
            let paths =
                if argument == "-" {
                    try lines(of: "/dev/stdin", called: "standard input")
                } else if argument.hasPrefix("@") {
                    try lines(of: String(argument.dropFirst()), called: String(argument.dropFirst()))
                } else {
                    [argument]
                }
            for path in paths where !input.add(path) {
                throw ValidationError("There are more than \(BatchInput.mostFiles) files; audit them in parts.")
            }
        }
        input.troubles.forEach(trouble)
        let files = input.named()
        if files.isEmpty { trouble("there is no capture in \(arguments.joined(separator: ", "))") }
        return files
    }

    /// The paths in a list: one a line, or with a NUL behind each, as `find -print0` writes them.
    private static func lines(of path: String, called name: String) throws -> [String] {
        guard let octets = Terminal.octets(of: path, atMost: mostOctets + 1) else {
            throw ValidationError("The list \"\(name)\" cannot be read.")
        }
        guard octets.count <= mostOctets else {
            throw ValidationError("The list \"\(name)\" is larger than \(mostOctets) octets.")
        }
        let separator: UInt8 = octets.contains(0) ? 0 : 0x0a
        return octets.split(separator: separator).map { line in
            String(decoding: line.last == 0x0d && separator == 0x0a ? line.dropLast() : line, as: UTF8.self)
        }.filter { !$0.isEmpty }
    }
}
