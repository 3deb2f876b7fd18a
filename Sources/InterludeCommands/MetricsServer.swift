import Audits

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program beside this one that serves what a running audit has counted (`interlude-metrics`), and the socket on
/// which it gets each new text as a message. It ends with this process.
struct MetricsServer {
    /// Why there is no server, in a sentence.
    struct Problem: Error {
        var sentence: String
    }

    private let socket: Int32
    private static let name = "interlude-metrics"
    /// Milliseconds that its start may take.
    private static let patience: Int32 = 10_000

    /// Starts it; throws where it does not listen on `address`.
    init(_ address: MetricsAddress) throws(Problem) {
        func problem(_ reason: String) -> Problem {
            Problem(sentence: "metrics cannot be served on \(address): \(reason)")
        }
        guard let program = Privileges.program(beside: Self.name) else {
            throw problem("the program \(Self.name) is not beside this one; swift build makes it")
        }
        var ends: [Int32] = [0, 0]
        // It writes two numbers into the array of two.
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0,
            fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0
        else { throw problem("there can be no socket") }
        let isStarted = Self.start([program, address.host, "\(address.port)"], ends[1])
        close(ends[1])
        socket = ends[0]
        guard isStarted else { throw problem("\(Self.name) cannot be started") }
        var answer = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        // The structure is one, and the array is as large as is said.
        guard unsafe poll(&answer, 1, Self.patience) == 1 else { throw problem("\(Self.name) does not answer") }
        var octets = [UInt8](repeating: 0, count: 1_024)
        let count = unsafe recv(socket, &octets, octets.count, 0)
        guard count == 0, answer.revents & Int16(POLLHUP) == 0 else {
            throw problem(count > 0 ? String(decoding: octets[..<count], as: UTF8.self) : "\(Self.name) has ended")
        }
    }

    /// Puts a new text in the place of the last one. Where the server is behind, the next one will do.
    func publish(_ text: String) {
        let octets = Array(text.utf8)
        // It reads as many octets as the array has.
        _ = unsafe send(socket, octets, octets.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }

    /// Starts a program with `socket` as its standard input.
    private static func start(_ command: [String], _ socket: Int32) -> Bool {
        var actions = unsafe posix_spawn_file_actions_t()
        // The actions are set up, used and taken down in this function.
        unsafe posix_spawn_file_actions_init(&actions)
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, socket, 0)
        var words = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
        var process: pid_t = 0
        // Lists of texts that end with nothing, as it wants them.
        return unsafe posix_spawn(&process, command[0], &actions, nil, &words, &environment) == 0
    }
}

/// `9090`, `127.0.0.1:9090`, `localhost:9090` or `[::1]:9090`; without an address it is the loopback's, and so is
/// `localhost`, whatever the system's tables say.
struct MetricsAddress: Equatable, CustomStringConvertible {
    let host: String
    let port: UInt16

    init?(_ text: String) {
        let colon = text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard let port = UInt16(digits), port > 0 else { return nil }
        self.port = port
        guard let colon else {
            host = "127.0.0.1"
            return
        }
        let name = text[..<colon]
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        let named = String(isBracketed ? name.dropFirst().dropLast() : name)
        host = named == "localhost" && !isBracketed ? "127.0.0.1" : named
        if host.isEmpty || host.contains(":") != isBracketed { return nil }
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
