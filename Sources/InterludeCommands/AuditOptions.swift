import ArgumentParser
import Audits
import Findings

/// What every auditing command takes: which packets, and how they are judged.
struct AuditOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Look only at packets that match, see pcap-filter(7).", valueName: "expr"))
    var filter: String?

    @Option(help: ArgumentHelp("Silence from which on timeout/silent fires, in seconds.", valueName: "seconds"))
    var silence: Double = 20

    @Flag(help: "Pass over TCP segments whose checksum is wrong.")
    var verifyChecksums = false

    func validate() throws {
        guard silence > 0, silence < 1e9 else {
            throw ValidationError("--silence takes a number of seconds above 0, and below a thousand million.")
        }
    }

    var settings: AuditSettings {
        var settings = AuditSettings()
        settings.filter = filter
        settings.verifiesChecksums = verifyChecksums
        settings.judge.silenceThreshold = Int64(silence * 1e9)
        return settings
    }
}
