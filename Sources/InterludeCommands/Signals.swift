import Audits

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The pipe's writing end, for a signal handler may use little more than a number and `write`.
///
/// Set once, before the handlers that read it are installed; so no two threads ever meet here.
nonisolated(unsafe) private var signalPipe: Int32 = -1
/// How often somebody asked for the end. Read and written by the handlers only.
nonisolated(unsafe) private var stopsAsked = 0

/// The signals of a watch, as octets in a pipe: they can be waited for together with packets.
///
/// A second SIGINT or SIGTERM ends the process at once, for somebody who does not want to wait for the report.
struct Signals {
    /// Readable when a signal came.
    let descriptor: Int32

    private static let meanings: [(number: Int32, signal: WatchSignal)] = [
        (SIGINT, .stop), (SIGTERM, .stop), (SIGHUP, .stop), (SIGUSR1, .summarise), (SIGWINCH, .resize),
        (SIGTSTP, .suspend),
    ]

    /// Takes the signals over; `nil` where there can be no pipe.
    init?() {
        var ends: [Int32] = [0, 0]
        // `pipe` writes two numbers into the array of two.
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends {
            guard fcntl(end, F_SETFL, O_NONBLOCK) == 0, fcntl(end, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
        }
        descriptor = ends[0]
        // Before any handler is there to read it.
        unsafe signalPipe = ends[1]
        for (number, _) in Self.meanings {
            var action = sigaction()
            // A handler that captures nothing, and does only what is allowed in one (signal-safety(7)).
            unsafe action.__sigaction_handler.sa_handler = { number in
                let before = errno
                // The first of these asks for the end, and the next takes it.
                if number == SIGINT || number == SIGTERM {
                    unsafe stopsAsked += 1
                    if unsafe stopsAsked > 1 {
                        Screen.leave()
                        _exit(128 + number)
                    }
                }
                var octet = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(signalPipe, &octet, 1)
                errno = before
            }
            action.sa_flags = Int32(SA_RESTART)
            // The structure is whole, and the old one is not asked for.
            unsafe sigaction(number, &action, nil)
        }
    }

    /// The signals that came since the last time.
    func take() -> [WatchSignal] {
        var octets = [UInt8](repeating: 0, count: 64)
        // It reads at most as many octets as the array has.
        let count = unsafe read(descriptor, &octets, octets.count)
        guard count > 0 else { return [] }
        return octets[..<count].compactMap { octet in
            Self.meanings.first { $0.number == Int32(octet) }?.signal
        }
    }
}
