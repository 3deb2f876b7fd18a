import CaptureInput
import Findings
package import Reports

/// The report of a batch in a database, and what the database remembers of earlier runs.
package actor DatabaseOutput: BatchOutput {
    package nonisolated let needs = RecordNeeds(exchanges: true, connectionEnds: true, messages: true)
    private let report: DatabaseReport
    /// What the audit is set to; files that were audited otherwise are audited again. `nil` where nothing is remembered.
    private let settings: String?
    /// What is remembered of the files of a part when it ends.
    private var identities: [FileIdentity]?

    /// Opens the database at `path`. With `remembering` files are remembered with the settings of their audit, so that a
    /// later run can pass over those that are the same.
    package init(_ path: String, remembering settings: AuditSettings?) throws(ReportError) {
        report = try DatabaseReport(path)
        self.settings = settings?.signature
    }

    package func begin(_ names: [String]) throws(ReportError) {}

    package func begin(_ part: BatchPart) throws(ReportError) { try report.begin(part.files.map(\.name)) }

    package func take(_ rows: [ReportRow]) throws(ReportError) {
        for row in rows { try report.take(row) }
    }

    package func end(_ part: BatchPart, _ captures: [CaptureRecord]) throws(ReportError) {
        var files: [(name: String, file: RememberedFile)] = []
        // What could not be read is tried, and complained of, again next time.
        if let settings, let identities, captures.allSatisfy({ $0.error == nil }) {
            files = zip(part.files, identities).map { file, identity in
                (file.name, RememberedFile(identity, of: part, settings))
            }
        }
        identities = nil
        try report.end(captures, files)
    }

    package func finish(_ captures: [CaptureRecord], _ summary: Summary) throws(ReportError) {}
    package func publish() throws(ReportError) {}

    /// Says what the files of the part that ends next were when they were read; nothing where they changed meanwhile.
    func willEnd(_ identities: [FileIdentity]?) {
        self.identities = identities
    }

    /// Whether the rows of all files of a part are those of an audit of the same files with the same settings. `hash`
    /// is asked where size and time do not tell.
    func isUnchanged(_ part: BatchPart, hash: (String) -> UInt64?) throws(ReportError) -> Bool {
        guard let settings else { return false }
        var touched: [(name: String, file: RememberedFile)] = []
        for file in part.files {
            guard let known = try report.remembered(file.name), let now = FileIdentity.appearance(of: file.path),
                known.part == part.signature, known.settings == settings, known.size == now.size
            else { return false }
            if known.modified == now.modified { continue }
            guard hash(file.path) == known.hash else { return false }
            var same = known
            same.modified = now.modified
            touched.append((file.name, same))
        }
        for (name, file) in touched { try report.remember(name, file) }
        return true
    }

    /// What was found in a part when it was audited.
    func found(in part: BatchPart) throws(ReportError) -> [(Fingerprint, severity: Severity, count: Int)] {
        try part.files.first.map { file throws(ReportError) in try report.found(in: file.name) } ?? []
    }
}

extension RememberedFile {
    fileprivate init(_ identity: FileIdentity, of part: BatchPart, _ settings: String) {
        self.init(
            part: part.signature, settings: settings, size: identity.size, modified: identity.modified,
            hash: identity.hash)
    }
}

extension BatchPart {
    /// Its files by name: a file that is audited with others is audited anew when the others change.
    fileprivate var signature: String { files.map(\.name).joined(separator: "\n") }
}
