package import CaptureInput
import CaptureModel
package import Reports

/// How a device is watched.
package struct WatchSettings: Sendable {
    package var audit = AuditSettings()
    /// What is shown; `nil` for everything.
    package var interest: LiveInterest?
    /// Whether anything of it is shown before the summary.
    package var showsEvents = true
    /// Ends after so many nanoseconds by the wall clock; `nil` for never.
    package var duration: Int64?
    /// Ends after so many packets; `nil` for never.
    package var count: UInt64?
    /// Whether what is counted is given to `WatchControl.publish`.
    package var countsMetrics = false
    /// Where packets are kept; `nil` for nowhere.
    package var keep: KeepSettings?

    package init() {}
}

/// What comes from outside while a device is watched.
package struct WatchControl {
    /// Becomes readable when there is something to take.
    package var descriptor: Int32
    /// What came since the last time.
    package var take: () -> [WatchSignal]
    /// Says the summary so far.
    package var say: (String) -> Void
    /// Draws the live table; `nil` where there is none.
    package var draw: ((TopView) -> Void)?
    /// Stops the process until its user lets it go on.
    package var suspend: () -> Void
    /// Gives the terminal back, before the report.
    package var leave: () -> Void
    /// Where events go; -1 where that is nowhere.
    package var output: Int32 = 1
    /// Takes what was counted, every second, where the settings ask for it.
    package var publish: (String) -> Void = { _ in }

    package init(
        descriptor: Int32, take: @escaping () -> [WatchSignal], say: @escaping (String) -> Void,
        draw: ((TopView) -> Void)?, suspend: @escaping () -> Void, leave: @escaping () -> Void
    ) {
        self.descriptor = descriptor
        self.take = take
        self.say = say
        self.draw = draw
        self.suspend = suspend
        self.leave = leave
    }
}

/// What somebody wants of a running watch.
package enum WatchSignal: Sendable {
    /// End, with the report.
    case stop
    /// Say the summary so far.
    case summarise
    /// The terminal has another size.
    case resize
    /// Stop until the user says otherwise.
    case suspend
}

/// Watches a device until something ends it: a signal, the time, the number of packets, or the device's own end. Throws
/// when the output cannot be written, or packets not be kept from the beginning.
package func watch(
    _ source: LiveSource, _ settings: WatchSettings, to output: consuming WatchOutput, _ control: WatchControl
) throws(AuditError) -> AuditResult {
    var watching = Watching(source, settings, output)
    if let trouble = watching.troubles.first {
        control.leave()
        throw .input(trouble)
    }
    watching.run(control)
    control.leave()
    return try watching.finish()
}

/// One run of `watch`.
private struct Watching: ~Copyable {
    private let source: LiveSource
    private let settings: WatchSettings
    private var audit: LiveAudit
    private var clock = PacketClock()
    private let begin = PacketClock.monotonic
    private var top: TopViewing
    /// When metrics are published next.
    private var publication: Int64 = 0
    private var outcome: CaptureOutcome
    /// When somebody, or the duration, asked for the end, by the monotonic clock.
    private var asked: Int64?
    /// Whether nothing more is to be read: all packets that were asked for came, the device went, or nothing can be written.
    private var isOver = false
    /// Whether packets were still waiting when it ended.
    private var leavesUnread = false
    /// What went wrong on the way and has been said.
    private var said: [String] = []

    /// Packets that are read before signals and timers are looked at again.
    private static let turn = 1_024
    /// Nanoseconds that it sleeps at most.
    private static let longestSleep: Int64 = 1_000_000_000
    /// Nanoseconds for what was on the wire when the end was asked for; who is in a hurry asks twice.
    private static let lastTurns: Int64 = 2_000_000_000

    init(_ source: LiveSource, _ settings: WatchSettings, _ output: consuming WatchOutput) {
        self.source = source
        self.settings = settings
        outcome = CaptureOutcome(path: source.interface)
        top = TopViewing(at: begin)
        audit = LiveAudit(of: source.interface, snaplen: source.snaplen, settings, output)
    }

    var troubles: [String] { audit.troubles }

    mutating func run(_ control: WatchControl) {
        while !isOver, asked == nil {
            for signal in control.take() { answer(signal, control) }
            let delivered = deliver()
            let now = PacketClock.monotonic
            if let time = clock.time(at: now) {
                // A packet that was on the wire before this moment may still be on its way here.
                audit.pass(until: Timestamp(nanoseconds: time.nanoseconds &- source.lag))
            }
            audit.flush()
            for trouble in audit.troubles where !said.contains(trouble) {
                said.append(trouble)
                control.say(trouble)
            }
            if let draw = control.draw, now >= top.due { picture(now, draw) }
            if settings.countsMetrics, now >= publication { publish(now, control) }
            if let duration = settings.duration, now - begin >= duration { asked = asked ?? now }
            if delivered == 0, !isOver, asked == nil { sleep(now, control) }
            if audit.failure != nil { isOver = true }
        }
        if let asked, !isOver { readLast(since: asked) }
    }

    /// Reads what was on the wire when the end was asked for: the kernel may hold much of it, and gathers the latest yet.
    private mutating func readLast(since asked: Int64) {
        let patience = 2 * source.lag  // the kernel's timers are coarse
        while audit.failure == nil {
            let delivered = deliver()
            let passed = PacketClock.monotonic - asked
            if isOver || delivered == 0 && passed > patience { return }
            if passed > Self.lastTurns {
                leavesUnread = true
                return
            }
            if delivered == 0 {
                let rest = Int32((patience - passed) / 1_000_000 + 1)
                _ = source.wait(milliseconds: rest, orReadable: -1, orDeaf: -1)
            }
        }
    }

    private mutating func deliver() -> Int {
        var (last, delivered) = (Timestamp(nanoseconds: 0), 0)
        let limit = settings.count ?? .max
        do throws(CaptureError) {
            _ = try source.deliver { record, octets in
                audit.take(record, octets)
                last = record.time
                delivered += 1
                if record.frame >= limit { isOver = true }
                return delivered < Self.turn && !isOver
            }
        } catch {
            outcome.error = error
            isOver = true
        }
        if delivered > 0 { clock.set(last, readAt: PacketClock.monotonic) }
        return delivered
    }

    private mutating func sleep(_ now: Int64, _ control: WatchControl) {
        var length = Self.longestSleep
        if let duration = settings.duration { length = min(length, duration - (now - begin)) }
        if let next = audit.open.next, let time = clock.time(at: now) {
            length = min(length, next.nanoseconds &- time.nanoseconds &+ source.lag)
        }
        if control.draw != nil { length = min(length, top.due - now) }
        // Rounded up, so that what is slept for has come when it wakes.
        let isDeaf = source.wait(
            milliseconds: Int32(max(1, length / 1_000_000 + 1)), orReadable: control.descriptor, orDeaf: control.output)
        if isDeaf { audit.hasNoReader() }
    }

    private mutating func publish(_ moment: Int64, _ control: WatchControl) {
        publication = moment + Self.longestSleep
        if let text = audit.metrics(audit.record(standing, source.counters())) { control.publish(text) }
    }

    private mutating func picture(_ moment: Int64, _ draw: (TopView) -> Void) {
        let record = audit.record(standing, source.counters())
        draw(top.view(at: moment, clock.time(at: moment), audit, record, source))
    }

    private mutating func answer(_ signal: WatchSignal, _ control: WatchControl) {
        switch signal {
        case .stop: asked = PacketClock.monotonic
        case .summarise: control.say(audit.record(standing, source.counters()).soFar)
        case .resize: if let draw = control.draw { picture(PacketClock.monotonic, draw) }
        case .suspend: control.suspend()
        }
    }

    private var standing: CaptureOutcome {
        var standing = outcome
        standing.facts = source.facts
        return standing
    }

    mutating func finish() throws(AuditError) -> AuditResult {
        let result = audit.finish(standing, source.counters(), leavesUnread: leavesUnread)
        if let failure = audit.failure { throw .report(failure) }
        return result
    }
}
