import CaptureForge

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A new folder among the temporary files, which goes with this value and with all that is in it.
package final class ScratchFolder {
    /// The folder's path, absolute.
    package let path: String
    private let place = ScratchFile("")

    package init() {
        path = place.path
        unsafe mkdir(path, 0o700)
    }

    /// Writes a file and returns its name.
    package func write(_ octets: [UInt8], as name: String) throws -> String {
        try FileOctets.write(octets, to: "\(path)/\(name)")
        return name
    }

    /// The octets of a file.
    package func read(_ name: String) throws -> [UInt8] {
        try FileOctets.read("\(path)/\(name)")
    }

    deinit {
        for name in FileOctets.names(in: path) { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
