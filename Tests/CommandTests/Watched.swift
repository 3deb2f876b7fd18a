import CaptureForge
import TestBench

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A run of `interlude watch` in a network namespace of its own, which goes with its last process.
struct Watched {
    var run: Run
    var folder: ScratchFolder

    /// What a script of these tests begins with: `$1` is the command, `$2` the repository.
    private static let opening = """
        set -e
        ip link set lo up
        listening() { until grep -q "listening on" "$1"; do sleep 0.05; done; }
        serve() {
            node "$2/tools/recording/origin.js" 8080 origin.log >node.log 2>&1 &
            until ss -Hltn sport = :8080 | grep -q .; do sleep 0.05; done
        }
        """

    /// Runs a script in the shell.
    init(_ script: String) throws {
        folder = ScratchFolder()
        let words = ["unshare", "--net", "sh", "-c", Self.opening + "\n" + script, "sh", binary, Repository.root]
        run = try CommandTests.run(
            words, in: folder,
            environment: ["TERM=xterm", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"])
    }

    func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

    func records(_ name: String) throws -> [JSON] {
        try text(name).split(separator: "\n").map { try JSON.parse(String($0)) }
    }
}

/// What these tests need of the machine.
enum Needs {
    /// Whether all of these programs are there, and namespaces may be made.
    static func areMet(_ programs: String...) -> Bool {
        guard geteuid() == 0 else { return false }
        let folder = ScratchFolder()
        let script = "unshare --net true && for p; do command -v $p; done"
        let found = try? run(
            ["sh", "-ec", script, "sh", "ip", "ss"] + programs, in: folder,
            environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"])
        return found?.code == 0
    }

    static let traffic = areMet("node", "curl")
    static let replay = areMet("python3")
    static let rights = areMet("setpriv")
    static let webdav = unsafe access("/usr/lib/apache2/modules/mod_dav.so", R_OK) == 0 && areMet("curl", "apache2")
}
