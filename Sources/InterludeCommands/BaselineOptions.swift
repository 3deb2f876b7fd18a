import ArgumentParser
import Audits
import Findings
import Reports

/// Findings that are known and accepted, so that only new ones fail.
struct BaselineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Findings that stand in this file are known: --fail-on looks at others only.", valueName: "file"),
        completion: .file())
    var baseline: String?

    @Option(
        help: ArgumentHelp("Write all findings of this run as a baseline to this file.", valueName: "file"),
        completion: .file())
    var writeBaseline: String?

    /// A baseline has at most so many octets.
    private static let mostOctets = 64 << 20

    /// The baseline that is asked for.
    func known() throws -> Baseline? {
        guard let baseline else { return nil }
        guard let octets = Terminal.octets(of: baseline, atMost: Self.mostOctets + 1), octets.count <= Self.mostOctets
        else { throw ValidationError("--baseline \(baseline): cannot be read, or is larger than a baseline can be.") }
        do throws(JSONFault) {
            return try Baseline(octets)
        } catch {
            throw ValidationError("--baseline \(baseline): \(error.sentence(in: octets))")
        }
    }

    /// Says what is new, and writes the new baseline.
    func conclude(_ result: BatchResult) throws {
        if baseline != nil {
            Terminal.say("baseline     \(result.known) findings known, \(result.new) new\n")
            for (severity, fingerprint) in result.news {
                // What a database remembers comes from a file, too, and is not trusted.
                let place = [fingerprint.method, fingerprint.host, fingerprint.target].filter { !$0.isEmpty }
                    .map(Terminal.printable)
                Terminal.say(
                    "new          \(severity.rawValue) \(Terminal.printable(fingerprint.rule))"
                        + (place.isEmpty ? "" : ": \(place.joined(separator: " "))") + "\n")
            }
        }
        guard let writeBaseline, let gathered = result.gathered else { return }
        if result.isOverfull {
            Terminal.complain(
                "there are findings of more than \(Baseline.most) kinds: no baseline is written; --select or --ignore rules"
            )
            throw Ending.failed
        }
        do throws(ReportError) {
            var sink = try ByteSink.replacing(writeBaseline)
            try gathered.write(to: &sink)
        } catch {
            Terminal.complain(error.description)
            throw Ending.failed
        }
    }
}
