import CaptureForge

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `rename` of the system, by a name that no method has.
private func move(_ old: String, _ new: [CChar]) { unsafe rename(old, new) }

/// A new folder among the temporary files, which goes with this value and with all that is in it.
package final class ScratchFolder {
    /// The folder's path, absolute.
    package let path: String
    private let place = ScratchFile("")
    /// Paths that are no `String`, each with a NUL behind it.
    private var odd: [[CChar]] = []

    package init() {
        path = place.path
        unsafe mkdir(path, 0o700)
    }

    /// Writes a file and returns its name.
    package func write(_ octets: [UInt8], as name: String) throws -> String {
        try FileOctets.write(octets, to: "\(path)/\(name)")
        return name
    }

    /// Gives a file of this folder a name of any octets.
    package func rename(_ name: String, to octets: [UInt8]) {
        let new = (Array("\(path)/".utf8) + octets + [0]).map { CChar(bitPattern: $0) }
        move("\(path)/\(name)", new)
        odd.append(new)
    }

    /// The octets of a file.
    package func read(_ name: String) throws -> [UInt8] {
        try FileOctets.read("\(path)/\(name)")
    }

    deinit {
        for path in odd { unsafe unlink(path) }
        for name in FileOctets.names(in: path) { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
