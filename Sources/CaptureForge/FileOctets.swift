#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whole files, for tests and tools.
package enum FileOctets {
    /// Why a file could not be read or written: `errno`.
    package struct Failure: Error, CustomStringConvertible {
        package var path: String
        package var code: Int32
        package var description: String { "\(path): error \(code)" }
    }

    /// All octets of a file.
    package static func read(_ path: String) throws(Failure) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY)
        guard file >= 0 else { throw Failure(path: path, code: errno) }
        defer { _ = close(file) }
        var octets: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // The block outlives the call, which is told its length.
            let count = unsafe block.withUnsafeMutableBytes { unsafe read(file, $0) }
            guard count >= 0 else { throw Failure(path: path, code: errno) }
            guard count > 0 else { return octets }
            octets += block[..<count]
        }
    }

    /// Writes a file anew.
    package static func write(_ octets: [UInt8], to path: String) throws(Failure) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw Failure(path: path, code: errno) }
        defer { _ = close(file) }
        var written = 0
        while written < octets.count {
            // As above.
            let count = unsafe octets[written...].withUnsafeBytes { unsafe write(file, $0) }
            guard count > 0 else { throw Failure(path: path, code: errno) }
            written += count
        }
    }

    /// The names in a folder, sorted, without those that begin with a dot; empty where there is no such folder.
    package static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // The name is a terminated C string inside the entry, which lives until the next readdir.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
                unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    // The corresponding C function, which this one hides; the block is lent for the call, which is told its length.
    private static func read(_ file: Int32, _ block: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.read(file, block.baseAddress, block.count)
        #else
            unsafe Darwin.read(file, block.baseAddress, block.count)
        #endif
    }

    // The corresponding C function, which this one hides; the block is lent for the call, which is told its length.
    private static func write(_ file: Int32, _ block: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.write(file, block.baseAddress, block.count)
        #else
            unsafe Darwin.write(file, block.baseAddress, block.count)
        #endif
    }
}
