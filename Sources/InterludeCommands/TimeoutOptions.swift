import ArgumentParser
import Findings

/// Which timers waits are held against, and whose products are on the reader's own path.
struct TimeoutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Add timers from a JSON file, or replace known ones; the form is that of \"list timeouts --format json\".",
            valueName: "file"),
        completion: .file())
    var timeouts: String?

    @Option(
        help: ArgumentHelp(
            "The products on your own path, by their names in \"interlude list timeouts\", with commas between them; "
                + "verdicts speak of these first.",
            valueName: "names"))
    var path: [String] = []

    /// The known timers, with those of the file, and those on the path marked.
    func profiles() throws -> [TimeoutProfile] {
        var profiles = TimeoutProfile.known
        if let timeouts {
            do throws(TimeoutFile.Problem) {
                profiles = try TimeoutFile.read(timeouts, over: profiles)
            } catch {
                throw ValidationError("--timeouts \(timeouts): \(error.sentence)")
            }
        }
        do throws(UnknownProduct) {
            try profiles.markPath(path.flatMap { $0.split(separator: ",").map(String.init) })
        } catch {
            throw ValidationError("--path: \(error.description)")
        }
        return profiles
    }
}
