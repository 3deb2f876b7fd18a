#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A path in the folder for temporary files at which nothing is; what a test puts there goes with this value.
package final class ScratchFile: Sendable {
    package let path: String

    /// A path that ends in `suffix`.
    package init(_ suffix: String = "") {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        path = "\(folder)/interlude-test-\(UInt64.random(in: 0 ... .max))\(suffix)"
    }

    deinit { unsafe unlink(path) }
}
