import ArgumentParser
import Reports

/// Options from a file of the project: `.interlude.json` in the working directory, or in the nearest folder above it that has one.
///
/// It is an object whose names are those of long options without their hyphens in front; a list gives an option several times.
/// What stands on the command line overrides it, a list as a whole. So there is one place that knows what options mean
/// and what they may be, and that is the command line's.
struct Configuration {
    /// A file that cannot be used.
    struct Problem: Error {
        var sentence: String
    }

    static let name = ".interlude.json"
    /// The option that keeps the file out.
    static let refusal = "--no-config"
    private static let mostOctets = 1 << 20

    /// The options that may stand in the file, each with its short form on the command line, for each command that takes them.
    private static let options: [(name: String, short: String?, commands: Set<String>)] = [
        ("filter", "-f", ["inspect", "audit"]), ("silence", nil, ["inspect", "audit"]),
        ("verify-checksums", nil, ["inspect", "audit"]), ("limit", nil, ["inspect", "audit"]),
        ("select", nil, ["inspect", "audit"]), ("ignore", nil, ["inspect", "audit"]),
        ("timeouts", nil, ["inspect", "audit"]), ("path", nil, ["inspect", "audit"]),
        ("fail-on", nil, ["inspect", "audit"]), ("jobs", "-j", ["audit"]), ("series", nil, ["audit"]),
        ("quiet", "-q", ["audit"]), ("baseline", nil, ["audit"]),
    ]
    /// Options whose value is the path of a file, which is seen from the configuration's folder.
    private static let paths: Set<String> = ["timeouts", "baseline"]

    /// The words of a command line, with those options behind the name of the command that the file gives and the line does not.
    static func completed(_ line: [String], in folder: String?) throws(Problem) -> [String] {
        guard let command = line.first, options.contains(where: { $0.commands.contains(command) }),
            !line.contains(refusal), let file = nearest(to: folder)
        else { return line }
        guard let octets = Terminal.octets(of: file.path, atMost: mostOctets + 1), octets.count <= mostOctets else {
            throw Problem(sentence: "\(file.path): cannot be read, or is larger than \(mostOctets) octets")
        }
        let document: JSONValue
        do throws(JSONFault) {
            document = try JSONValue(octets)
        } catch {
            throw Problem(sentence: "\(file.path): \(error.sentence(in: octets))")
        }
        guard case .object(let members) = document else { throw Problem(sentence: "\(file.path): it is no object.") }
        var words: [String] = []
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let option = options.first(where: { $0.name == name }) else {
                let all = options.map(\.name).joined(separator: ", ")
                throw Problem(sentence: "\(file.path): there is no option \"\(name)\"; there are \(all).")
            }
            guard option.commands.contains(command), !isGiven(option.name, option.short, in: line) else { continue }
            guard let given = Self.words(name, value, folder: file.folder) else {
                throw Problem(
                    sentence: "\(file.path): \"\(name)\" is neither a text, a number, true, false nor a list.")
            }
            words += given
        }
        return [command] + words + line.dropFirst()
    }

    /// The nearest file, and the folder that it is in.
    private static func nearest(to folder: String?) -> (path: String, folder: String)? {
        guard var folder else { return nil }
        while true {
            let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            if Terminal.isFile(path) { return (path, folder) }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    private static func isGiven(_ name: String, _ short: String?, in line: [String]) -> Bool {
        line.prefix { $0 != "--" }.contains { word in
            word == "--\(name)" || word.hasPrefix("--\(name)=") || word == "--no-\(name)"
                || short.map { !word.hasPrefix("--") && word.hasPrefix($0) } ?? false
        }
    }

    /// An option as words of a command line; `nil` where the value is none that an option has.
    private static func words(_ name: String, _ value: JSONValue, folder: String) -> [String]? {
        switch value {
        case .boolean(true): return ["--\(name)"]
        case .boolean(false): return name == "series" ? ["--no-series"] : []
        case .number(let number): return ["--\(name)=\(number)"]
        case .text(let text):
            return ["--\(name)=\(paths.contains(name) && !text.hasPrefix("/") ? "\(folder)/\(text)" : text)"]
        case .array(let items):
            var all: [String] = []
            for item in items {
                guard case .text = item, let more = words(name, item, folder: folder) else { return nil }
                all += more
            }
            return all
        case .object(let members) where name == "limit":
            var all: [String] = []
            for (bound, value) in members.sorted(by: { $0.key < $1.key }) {
                guard case .number(let number) = value else { return nil }
                all.append("--limit=\(bound)=\(number)")
            }
            return all
        case .null, .object: return nil
        }
    }
}
