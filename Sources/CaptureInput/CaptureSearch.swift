package import CaptureModel
import Glibc

/// A file that a search came upon.
package struct FoundFile: Sendable, Equatable {
    package var path: String
    /// Its octets; 0 where the system does not say.
    package var size: Int
}

/// Finds captures in folders.
package enum CaptureSearch {
    /// What a path names.
    package enum Kind: Sendable, Equatable {
        case folder
        /// Anything else, with its octets; what there is not counts as an empty file, and reading it tells why.
        case file(size: Int)
    }

    /// What `path` names, symbolic links followed.
    package static func kind(of path: String) -> Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .file(size: 0) }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file(size: Int(status.st_size))
    }

    /// All captures in a folder and the folders in it, in the order of their names' octets, folder by folder.
    ///
    /// A capture is a regular file that is called like one, or begins like one. Hidden files and folders are passed
    /// over, and links to folders, which may go in circles. `most` is the number after which the search ends.
    /// `refused` is told of each folder that cannot be listed.
    package static func captures(in folder: String, most: Int, refused: (String) -> Void) -> [FoundFile] {
        var found: [FoundFile] = []
        var rest = [folder]  // the next one last
        while let path = rest.popLast(), found.count < most {
            var status = stat()
            let isKnown = unsafe lstat(path, &status) == 0
            guard path == folder || isKnown else {
                // What has been removed meanwhile is passed over; what the program cannot name is not passed over in silence.
                if hasUnreadableName(path) {
                    if isCalledLikeCapture(path) {
                        found.append(FoundFile(path: path, size: 0))
                    } else {
                        refused("\(path): \(unreadableName)")
                    }
                }
                continue
            }
            if path == folder || status.st_mode & S_IFMT == S_IFDIR {
                guard let names = names(in: path) else {
                    refused("\(path): the folder cannot be listed: \(reason(errno))")
                    continue
                }
                let start = path.hasSuffix("/") ? path : path + "/"
                rest += names.reversed().map { start + $0 }
            } else if isRegular(path, &status), looksLikeCapture(path) {
                found.append(FoundFile(path: path, size: Int(status.st_size)))
            }
        }
        return found
    }

    /// When the first packet of a capture was taken; nil where there is none that can be read.
    package static func firstPacketTime(of path: String) -> Timestamp? {
        guard let file = try? CaptureFile(path: path, capture: 0, filter: nil, bufferSize: 4 << 10) else { return nil }
        return file.firstPacketTime
    }

    /// The names in a folder that are not hidden, in the order of their octets; nil where it cannot be listed.
    private static func names(in folder: String) -> [String]? {
        guard let stream = unsafe opendir(folder) else { return nil }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { octets in
                unsafe String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether it is a regular file, or a link to one; `status` is the file's then.
    private static func isRegular(_ path: String, _ status: inout stat) -> Bool {
        if status.st_mode & S_IFMT == S_IFLNK, unsafe stat(path, &status) != 0 { return false }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// What captures are called, before the extension of a compressed file: also with a number behind it, as `tcpdump -C` writes.
    private static let extensions = ["pcap", "pcapng", "cap", "dmp", "ntar"]
    /// What compressed files are called.
    package static let compressed = ["gz", "zst", "lz4", "xz"]

    /// Why a file with a name that is not UTF-8 cannot be opened: it has another one once it is a `String`.
    static let unreadableName = "its name is not UTF-8, so that it cannot be opened; give it another one"

    /// Whether `path`, which names nothing, stands for a name that is not UTF-8.
    static func hasUnreadableName(_ path: String) -> Bool { path.unicodeScalars.contains("\u{fffd}") }

    private static func looksLikeCapture(_ path: String) -> Bool {
        isCalledLikeCapture(path) || beginsLikeCapture(path)
    }

    private static func isCalledLikeCapture(_ path: String) -> Bool {
        var parts = (path.split(separator: "/").last ?? "").lowercased().split(separator: ".").dropFirst()
        if let last = parts.last, compressed.contains(String(last)) { parts.removeLast() }
        let kinds = parts.map { part in String(part.reversed().drop { $0.isNumber }.reversed()) }
        return kinds.last.map(extensions.contains) ?? false
    }

    private static func beginsLikeCapture(_ path: String) -> Bool {
        guard let source = try? DescriptorSource(path: path) else { return false }
        return (try? Recognised(Lookahead(source), inside: nil)) != nil
    }

    private static func reason(_ number: Int32) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    }
}
