import Audits

/// How far a batch has come, on standard error: a bar that moves on a terminal, else a line from time to time.
final class ProgressBar {
    private let files: Int
    private let bytes: Int
    private let isQuiet: Bool
    private let width: Int?
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    /// Whether a bar stands in the terminal's last line.
    private var isUp = false

    /// A terminal is told so often, and anything else.
    private static let (terminalPause, linePause) = (Duration.milliseconds(100), Duration.seconds(30))

    init(files: [BatchFile], isQuiet: Bool) {
        self.files = files.count
        bytes = files.reduce(0) { $0 + $1.size }
        self.isQuiet = isQuiet
        width = Terminal.errorWidth
    }

    /// Shows how far it has come, unless that was shown just now.
    func show(_ progress: BatchProgress) {
        let now = ContinuousClock.now
        guard !isQuiet, now - shown >= (width == nil ? Self.linePause : Self.terminalPause) else { return }
        shown = now
        let line = words(progress, after: now - start)
        guard let width else { return Terminal.show("interlude: \(line)\n") }
        let room = max(0, width - line.count - 4)
        let done = min(bytes == 0 ? progress.files : progress.bytes, whole)
        let cells = min(room, 30)
        let full = whole == 0 ? 0 : cells * done / whole
        let bar = String(repeating: "━", count: full) + String(repeating: "─", count: cells - full)
        Terminal.show("\r\u{1b}[K\(bar) \(line.prefix(max(0, width - cells - 2)))")
        isUp = true
    }

    /// Takes the bar away, so that something else can be written.
    func clear() {
        if isUp { Terminal.show("\r\u{1b}[K") }
        isUp = false
    }

    /// What the bar's whole length stands for: octets, or files where the system tells no size.
    private var whole: Int { bytes == 0 ? files : bytes }

    private func words(_ progress: BatchProgress, after time: Duration) -> String {
        let seconds = max(Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18, 0.001)
        let done = bytes == 0 ? progress.files : progress.bytes
        var words =
            "\(progress.files) of \(files) files, \(Self.octets(Double(progress.bytes))), "
            + "\(progress.exchanges) exchanges, \(Self.octets(Double(progress.bytes) / seconds))/s"
        if done > 0, whole > done {
            let left = Int(seconds * Double(whole - done) / Double(done)) + 1
            words += ", \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        return words
    }

    private static func octets(_ count: Double) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (value, unit) = (count, 0)
        while value >= 999.5, unit < units.count - 1 {
            value /= 1_000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return unit == 0 || tenths >= 1_000
            ? "\(Int(value.rounded())) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
