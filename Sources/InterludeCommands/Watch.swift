import ArgumentParser
import Audits
import CaptureInput
import Findings
import Reports

/// `interlude watch`: an interface in, what happens out, while it does.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        _superCommandName: Tool.name,
        abstract: "Show what happens on an interface while it does, and the report at the end.",
        discussion: """
            Told at once: each request, each interim response, a silence that is as long as a known timer, the final \
            response, the end. SIGINT and SIGTERM end it with the report, as --duration and --count do; SIGUSR1 says the \
            summary so far.

            Started as root, it opens the interface and then becomes an ordinary user before it reads a packet. With the \
            capability CAP_NET_RAW alone it works as well.

            Without -o, standard output has the events with the findings, and at the end the summary (with --top, the \
            summary alone); --format jsonl has records of events, and each exchange's when it is over. With -o, the \
            complete report goes to that file, in the form that inspect gives it.

            Exit codes: as for inspect; 2 also where the interface went away.
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("The interface, or \"any\".", valueName: "iface"))
    var interface: String

    @Argument(help: "Only packets that match, see pcap-filter(7); the kernel applies it.")
    var expression: [String] = []

    @OptionGroup var output: OutputOptions

    @Option(help: "Show only what concerns: finding, interim, webdav or slow.")
    var only: LiveInterest?

    @Flag(
        help:
            "Show a live table of the exchanges under way, the longest silence first; lines where there is no terminal."
    )
    var top = false

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Option(help: ArgumentHelp("End after so many packets.", valueName: "packets"))
    var count: UInt64?

    @Option(
        help: ArgumentHelp(
            "Serve what is counted to Prometheus at http://ADDR:PORT/metrics; without ADDR on the loopback.",
            valueName: "addr:port"), transform: metricsAddress)
    var metrics: MetricsAddress?

    @OptionGroup var keeping: KeepOptions
    @OptionGroup var capture: CaptureOptions
    @OptionGroup var audit: JudgingOptions

    @Option(help: "Exit with 1 for a finding of this severity or a worse one: note, warning, violation.")
    var failOn: Severity?

    func validate() throws {
        if let duration, !(duration > 0 && duration < 1e9) {
            throw ValidationError("--duration takes a number of seconds above 0, and below a thousand million.")
        }
        if count == 0 { throw ValidationError("--count takes a number above 0.") }
        if keeping.write == "-" {
            throw ValidationError("--write takes a file, for standard output has the events; \"./-\" is a file, too.")
        }
        if let write = keeping.write, let file = output.output, write == file || Terminal.isSameFile(write, file) {
            throw ValidationError("--write and --output name one file, \"\(file)\"; it takes packets or the report.")
        }
    }

    func run() throws {
        var settings = WatchSettings()
        settings.audit = try audit.settings()
        settings.interest = only
        settings.duration = duration.map { Int64($0 * 1e9) }
        settings.count = count
        settings.keep = keeping.settings
        guard let signals = Signals() else {
            Terminal.complain("there can be no pipe for signals")
            throw Ending.failed
        }
        let (source, user) = try open()
        let server = try metrics.map { try serve($0) }
        settings.countsMetrics = server != nil
        let isTable = top && Screen.isThere
        settings.showsEvents = !isTable
        if isTable { Screen.enter() }
        defer { Screen.leave() }
        let result: AuditResult
        do throws(AuditError) {
            result = try Audits.watch(
                source, settings, to: destination(settings.audit.judge.timeouts),
                control(signals, server, isTable: isTable))
        } catch {
            if case .report(.closedPipe) = error { return }
            Terminal.complain(error.description)
            if let user, Privileges.areMissing(in: error.description) {
                Terminal.complain("root's rights were given up: files are those of the user \(user); see --user")
            }
            throw Ending.failed
        }
        for trouble in result.troubles { Terminal.complain(trouble) }
        if !result.troubles.isEmpty { throw Ending.failed }
        if let failOn, let worst = result.worst, worst >= failOn { throw Ending.found }
    }

    private func serve(_ address: MetricsAddress) throws -> MetricsServer {
        do throws(MetricsServer.Problem) {
            return try MetricsServer(address)
        } catch {
            Terminal.complain(error.sentence)
            throw Ending.failed
        }
    }

    private func control(_ signals: Signals, _ server: MetricsServer?, isTable: Bool) -> WatchControl {
        let say = { (text: String) in
            Screen.complain(text.split(separator: "\n").map { String($0) })
        }
        let draw: ((TopView) -> Void)? = isTable ? { Screen.draw($0) } : nil
        var control = WatchControl(
            descriptor: signals.descriptor, take: { signals.take() }, say: say, draw: draw,
            suspend: { Screen.suspend() }, leave: { Screen.leave() })
        if let server { control.publish = { server.publish($0) } }
        return control
    }

    /// Opens the interface, and gives up what rights that took; `user` is who the process became, if it did.
    private func open() throws -> (source: LiveSource, user: String?) {
        do {
            let source = try LiveSource(capture.options(interface, expression))
            let user = capture.user ?? Privileges.ordinaryUser
            let isAnother = try Privileges.become(user)
            Terminal.complain("listening on \(interface), \(source.linkType.name)")
            return (source, isAnother ? user : nil)
        } catch let error as CaptureError {
            let advice = error.code == .notPermitted ? "; \(Privileges.advice)" : ""
            Terminal.complain(error.sentence + advice)
        } catch let problem as Privileges.Problem {
            Terminal.complain(problem.sentence)
        }
        throw Ending.failed
    }

    /// Where all goes: events to standard output unless that has a report of its own.
    /// A report that shows timers has these.
    private func destination(_ timers: [TimeoutProfile]) throws(AuditError) -> WatchOutput {
        let report = output.chosen.holding(timers)
        let stream: ReportFormat =
            switch output.chosen {
            case .jsonLines where output.output == nil: .jsonLines
            default: ReportFormat.text(.live).holding(timers)
            }
        if output.output != nil {
            return WatchOutput(report: try output.sink(), as: report, stream: .standardOutput(), as: stream)
        }
        switch output.chosen {
        case .text, .jsonLines:
            return WatchOutput(report: nil, as: report, stream: .standardOutput(), as: stream)
        case .summary, .json, .csv, .har, .junit, .html:
            return WatchOutput(report: .standardOutput(), as: report, stream: nil, as: stream)
        }
    }
}

/// How an interface is captured on, and by whom.
struct CaptureOptions: ParsableArguments {
    @Flag(help: "Take frames for other hosts too.")
    var promiscuous = false

    @Flag(help: "Let a wireless interface leave its network to hear all.")
    var monitor = false

    @Flag(help: "Take each packet at once, not gathered for 40 ms: quicker to tell, dearer by the packet.")
    var immediate = false

    @Option(help: ArgumentHelp("Keep so many octets of a packet.", valueName: "octets"))
    var snaplen: Int = 262_144

    @Option(help: ArgumentHelp("MiB that the kernel may hold for us.", valueName: "MiB"))
    var buffer: Int = 32

    @Option(
        help: ArgumentHelp(
            "Started as root, become this user; by default who called sudo, or nobody.", valueName: "name"))
    var user: String?

    func validate() throws {
        guard 64...262_144 ~= snaplen else { throw ValidationError("--snaplen takes a number from 64 to 262144.") }
        guard 1...2_047 ~= buffer else { throw ValidationError("--buffer takes a number from 1 to 2047.") }
    }

    func options(_ interface: String, _ expression: [String]) -> LiveOptions {
        var options = LiveOptions(interface: interface)
        options.filter = expression.isEmpty ? nil : expression.joined(separator: " ")
        options.snaplen = snaplen
        options.bufferOctets = buffer << 20
        options.isPromiscuous = promiscuous
        options.usesMonitorMode = monitor
        options.isImmediate = immediate
        return options
    }
}

/// Where packets are kept.
struct KeepOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Keep the packets in this pcapng file, as they come.", valueName: "file"),
        completion: .file())
    var write: String?

    @Option(help: ArgumentHelp("Begin another file after so many MB: FILE_00001, FILE_00002 …", valueName: "MB"))
    var rotateSize: Double?

    @Option(help: ArgumentHelp("Begin another file after so many seconds.", valueName: "seconds"))
    var rotateTime: Double?

    @Option(help: ArgumentHelp("Keep the newest files of a rotation only.", valueName: "files"))
    var keep: Int?

    func validate() throws {
        if write == nil, rotateSize != nil || rotateTime != nil || keep != nil {
            throw ValidationError("--rotate-size, --rotate-time and --keep go with --write.")
        }
        if keep != nil, rotateSize == nil, rotateTime == nil {
            throw ValidationError("--keep goes with --rotate-size or --rotate-time.")
        }
        for number in [rotateSize, rotateTime, keep.map(Double.init)] {
            guard let number else { continue }
            guard number > 0, number < 1e9 else {
                throw ValidationError("A rotation takes numbers above 0, and below a thousand million.")
            }
        }
    }

    var settings: KeepSettings? {
        guard let write else { return nil }
        var settings = KeepSettings(path: write)
        settings.octets = rotateSize.map { max(1, Int($0 * 1e6)) }
        settings.nanoseconds = rotateTime.map { Int64($0 * 1e9) }
        settings.files = keep
        return settings
    }
}

private func metricsAddress(_ text: String) throws -> MetricsAddress {
    guard let address = MetricsAddress(text) else {
        throw ValidationError("--metrics takes a port, an address and a port (127.0.0.1:9090), or [::1]:9090.")
    }
    return address
}

extension LiveInterest: ExpressibleByArgument {}

extension TextStyle {
    /// That of events on standard output.
    static var live: TextStyle {
        var style = TextStyle(colour: Terminal.showsColour, width: Terminal.width ?? 132)
        style.isLive = true
        return style
    }
}
