import ArgumentParser
import Audits
import Findings

/// What a command takes that audits files: which packets, and how they are judged.
struct AuditOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Look only at packets that match, see pcap-filter(7).", valueName: "expr"))
    var filter: String?

    @OptionGroup var judging: JudgingOptions

    /// The settings that the options ask for; throws where the file of timers cannot be used.
    func settings() throws -> AuditSettings {
        var settings = try judging.settings()
        settings.filter = filter
        return settings
    }
}

/// What every auditing command takes: how packets are read and exchanges judged.
struct JudgingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Silence from which on timeout/silent fires, in seconds.", valueName: "seconds"))
    var silence: Double = 20

    @Flag(help: "Pass over TCP segments whose checksum is wrong.")
    var verifyChecksums = false

    @Option(
        help: ArgumentHelp(
            "Set a bound, see \"interlude list limits\"; may be given several times.", valueName: "name=number"))
    var limit: [LimitValue] = []

    @Option(
        help: ArgumentHelp(
            "Only these rules speak: ids or families, with commas between them, see \"interlude list rules\".",
            valueName: "rules"))
    var select: [String] = []

    @Option(help: ArgumentHelp("These rules do not speak: ids or families.", valueName: "rules"))
    var ignore: [String] = []

    @Flag(name: .customLong("no-config"), help: "Do not look for options in \(Configuration.name).")
    var isBare = false

    @OptionGroup var timeouts: TimeoutOptions

    @Option(
        help: ArgumentHelp(
            "Write one small capture for each finding into this folder: the packets of its connection.",
            valueName: "folder"), completion: .directory)
    var evidence: String?

    func validate() throws {
        guard silence > 0, silence < 1e9 else {
            throw ValidationError("--silence takes a number of seconds above 0, and below a thousand million.")
        }
    }

    private func selection() throws -> RuleSelection {
        let names = [select, ignore].map { $0.flatMap { $0.split(separator: ",").map(String.init) } }
        do throws(UnknownRule) {
            return try RuleSelection(selected: names[0], ignored: names[1])
        } catch {
            throw ValidationError("--select, --ignore: \(error.description).")
        }
    }

    /// The settings that the options ask for; throws where the file of timers cannot be used.
    func settings() throws -> AuditSettings {
        var settings = AuditSettings()
        settings.verifiesChecksums = verifyChecksums
        settings.evidenceFolder = evidence
        for limit in limit { limit.limit.apply(limit.value, to: &settings) }
        settings.judge.silenceThreshold = Int64(silence * 1e9)
        settings.judge.selection = try selection()
        settings.judge.take(try timeouts.profiles())
        return settings
    }
}

/// `connections=1000`: a bound and its value.
struct LimitValue: ExpressibleByArgument {
    let limit: AuditLimit
    let value: Int

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let limit = AuditLimit.all.first(where: { $0.name == parts[0] }),
            let value = Int(parts[1]), value > 0
        else { return nil }
        self.limit = limit
        self.value = value
    }
}
