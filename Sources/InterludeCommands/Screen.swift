import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a signal handler needs to give the terminal back: whether it was taken, and how it was. Written before the
/// handlers are installed that read it, and by one thread only.
nonisolated(unsafe) private var screenIsTaken = false
nonisolated(unsafe) private var terminalBefore = termios()

/// The whole terminal for a table that is drawn again and again. It is given back on every way out: `leave`, the
/// signals that end or stop a process, and those of a crash.
enum Screen {
    /// Another screen than the one with the shell's lines, the cursor hidden.
    private static let taking: StaticString = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J"
    private static let giving: StaticString = "\u{1b}[?2026l\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"

    /// Whether standard output is a terminal that understands such things.
    static var isThere: Bool { Terminal.showsScreens }

    /// Takes the terminal.
    static func enter() {
        // What is typed would stand in the table. The structure belongs to this file and lives as long as the process.
        if unsafe tcgetattr(0, &terminalBefore) == 0 {
            var quiet = unsafe terminalBefore
            quiet.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(0, TCSANOW, &quiet)
        }
        // Nobody else writes it.
        unsafe screenIsTaken = true
        put(taking)
        for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT] {
            var action = sigaction()
            // A handler that captures nothing and does only what is allowed in one; the signal comes again.
            unsafe action.__sigaction_handler.sa_handler = { number in
                Screen.leave()
                raise(number)
            }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            // The structure is whole, and the old one is not asked for.
            unsafe sigaction(number, &action, nil)
        }
    }

    /// Gives the terminal back, if it was taken. Fit for a signal handler.
    static func leave() {
        // One flag of this file: the handler runs on the thread that set it, or ends the process.
        guard unsafe screenIsTaken else { return }
        unsafe screenIsTaken = false
        put(giving)
        // What `enter` found; where there was no terminal to ask, it fails and changes nothing.
        _ = unsafe tcsetattr(0, TCSANOW, &terminalBefore)
    }

    /// Draws a picture, in one piece.
    static func draw(_ view: TopView) {
        let size = Terminal.size ?? (columns: 80, rows: 24)
        Terminal.say(view.screen(columns: size.columns, rows: size.rows, colour: Terminal.showsColour))
    }

    /// Says sentences on standard error, where the table does not hide them: on the screen with the shell's lines.
    static func complain(_ sentences: [String]) {
        // The flag belongs to this file, and this is the thread that sets it.
        let isHiding = unsafe screenIsTaken && isatty(2) == 1
        if isHiding { leave() }
        for sentence in sentences { Terminal.complain(sentence) }
        if isHiding { enter() }
    }

    /// Stops the process, as its user asked, with the terminal given back meanwhile.
    static func suspend() {
        // The flag belongs to this file, and this is the thread that sets it.
        let wasTaken = unsafe screenIsTaken
        leave()
        raise(SIGSTOP)
        if wasTaken { enter() }
    }

    private static func put(_ text: StaticString) {
        // A literal's octets are constant data of the program. What a terminal does not take is lost.
        _ = unsafe write(1, text.utf8Start, text.utf8CodeUnitCount)
    }
}
