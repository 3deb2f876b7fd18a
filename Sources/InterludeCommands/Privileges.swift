#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the process may do: a device is opened with the rights that it needs, and packets are parsed without them.
enum Privileges {
    /// Why another user could not be taken on.
    struct Problem: Error {
        var sentence: String
    }

    /// Whether the process has all rights.
    static var areAll: Bool { geteuid() == 0 }

    /// Who would have been the user without `sudo`, or `nobody`.
    static var ordinaryUser: String {
        guard let name = environment("SUDO_USER"), let user = User(name), user.id != 0 else { return "nobody" }
        return name
    }

    /// Becomes `name` for good, with that user's groups; nothing where the process has no rights to give up, or is
    /// asked to stay root. Returns whether it became somebody else.
    static func become(_ name: String) throws(Problem) -> Bool {
        guard areAll else { return false }
        guard let user = User(name) else {
            throw Problem(sentence: "there is no user called \"\(name)\"; choose --user")
        }
        guard user.id != 0 else { return false }
        // Groups first: afterwards there would be no right to. The name is a string of Swift's, which is terminated.
        guard unsafe initgroups(name, user.group) == 0, setgid(user.group) == 0, setuid(user.id) == 0 else {
            throw Problem(sentence: "cannot become the user \"\(name)\": \(reason(errno))")
        }
        // What was given up must not come back (Chen, Wagner and Dean, "Setuid Demystified").
        guard setuid(0) != 0, geteuid() == user.id else {
            throw Problem(sentence: "root's rights could not be given up; choose another --user")
        }
        return true
    }

    /// How to grant the right to capture, in one line.
    static var advice: String {
        "run it with sudo, or grant the right once: sudo setcap cap_net_raw=ep \(program)"
    }

    /// The path of this program.
    private static var program: String {
        var path = [UInt8](repeating: 0, count: 4_096)
        // It writes at most as many octets as the buffer has.
        let count = unsafe path.withUnsafeMutableBytes { bytes in
            guard let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress else { return 0 }
            return unsafe readlink("/proc/self/exe", start, bytes.count)
        }
        return count > 0 ? String(decoding: path[..<count], as: UTF8.self) : "interlude"
    }

    /// The path of another program in this one's folder; `nil` where there is none.
    static func program(beside name: String) -> String? {
        guard let folderEnd = program.lastIndex(of: "/") else { return nil }
        let path = String(program[...folderEnd]) + name
        // The path is a string of Swift's, which is terminated.
        return unsafe access(path, X_OK) == 0 ? path : nil
    }

    /// Whether a sentence ends with the system's words for a right that is missing.
    static func areMissing(in sentence: String) -> Bool { sentence.contains(reason(EACCES)) }

    private static func environment(_ name: String) -> String? {
        // Nobody changes the environment of this process.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    private static func reason(_ code: Int32) -> String {
        // The text is copied before anybody else asks for one.
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}

/// A user of this system.
private struct User {
    var id: uid_t
    var group: gid_t

    init?(_ name: String) {
        // The entry is read before anybody else asks for one: this is the only thread yet.
        guard let entry = unsafe getpwnam(name) else { return nil }
        (id, group) = unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }
}
