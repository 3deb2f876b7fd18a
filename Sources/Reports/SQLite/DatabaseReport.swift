import CaptureModel
import Exchanges
package import Findings

/// What a database remembers of a file whose rows it has.
package struct RememberedFile: Sendable, Equatable {
    /// The names of the files that it was audited with, as one capture.
    package var part: String
    /// What the audit was set to.
    package var settings: String
    /// Octets, time of modification in nanoseconds since 1970, and hash.
    package var size: Int64
    package var modified: Int64
    package var hash: UInt64

    package init(part: String, settings: String, size: Int64, modified: Int64, hash: UInt64) {
        (self.part, self.settings, self.size, self.modified, self.hash) = (part, settings, size, modified, hash)
    }
}

/// A report as tables of an SQLite database, which other runs have added to and will add to: the tables of CSV, typed
/// and indexed. For one task at a time.
///
/// All rows of a part are replaced in one transaction, so that a reader, and whoever comes after a run that was killed,
/// sees each part as it was before or as it is now.
package final class DatabaseReport {
    private let database: Database
    private let exchanges: TableWriter<ExchangeRow>
    private let interim: TableWriter<InterimRow>
    private let findings: TableWriter<FindingRow>
    private let captures: TableWriter<CaptureRecord>
    private let deletions: [Statement]
    private let remember: Statement
    private let recall: Statement
    private let count: Statement
    private let recount: Statement
    private var cell = OctetBuffer()
    private var fingerprints: [Fingerprint: (severity: Severity, count: Int)] = [:]

    /// Beside the tables of CSV: what `RememberedFile` says, and how often each fingerprint was found in a part, by its first file.
    private static let memory = """
        CREATE TABLE remembered (file TEXT PRIMARY KEY, part TEXT, settings TEXT, size INTEGER, modified INTEGER, hash INTEGER);\
        CREATE TABLE fingerprints (capture TEXT, severity TEXT, rule TEXT, method TEXT, host TEXT, target TEXT, count INTEGER);\
        CREATE INDEX fingerprints_1 ON fingerprints (capture);
        """

    /// Opens the database at `path`, or makes it. Throws where it is one that something else made, or another version.
    package init(_ path: String) throws(ReportError) {
        database = try Database(path)
        let definition = ReportTable.allCases.map { $0.definition + $0.indexes }.joined() + Self.memory
        try Self.setUp(database, definition, path)
        // A log of its own makes transactions cheap, and readers welcome, and outlives the process that is killed.
        try database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        exchanges = try TableWriter(.exchanges, exchangeColumns, in: database)
        interim = try TableWriter(.interim, interimColumns, in: database)
        findings = try TableWriter(.findings, findingColumns, in: database)
        captures = try TableWriter(.captures, captureColumns, in: database)
        var deletions: [Statement] = []
        for (table, column) in ReportTable.allCases.map({ ($0.rawValue, $0.captureColumn) })
            + [("remembered", "file"), ("fingerprints", "capture")]
        {
            deletions.append(try database.prepare("DELETE FROM \(table) WHERE \(column) = ?"))
        }
        self.deletions = deletions
        remember = try database.prepare("INSERT OR REPLACE INTO remembered VALUES (?, ?, ?, ?, ?, ?)")
        recall = try database.prepare("SELECT part, settings, size, modified, hash FROM remembered WHERE file = ?")
        count = try database.prepare("INSERT INTO fingerprints VALUES (?, ?, ?, ?, ?, ?, ?)")
        recount = try database.prepare(
            "SELECT severity, count, rule, method, host, target FROM fingerprints WHERE capture = ? ORDER BY rowid")
    }

    /// Makes the tables in an empty database; in any other they must be the same. Whatever is between is undone.
    private static func setUp(_ database: Database, _ definition: String, _ path: String) throws(ReportError) {
        try database.run("BEGIN IMMEDIATE")
        let tables = try database.prepare("SELECT count(*) FROM sqlite_master")
        guard try tables.step() else { return }
        let isNew = tables.integer(0) == 0
        try tables.run()
        if isNew {
            try database.run(definition + "CREATE TABLE made (by TEXT);")
            let made = try database.prepare("INSERT INTO made VALUES (?)")
            made.bind(definition, at: 1)
            try made.run()
        } else {
            let made = try? database.prepare("SELECT by FROM made")
            guard let made, try made.step(), made.text(0) == definition else {
                throw .cannotOpen(
                    name: path, reason: "it was made by something else, or by another version of interlude")
            }
            try made.run()
        }
        try database.run("COMMIT")
    }

    /// Begins a part: the rows of its files, and what is remembered of them, go away.
    package func begin(_ names: [String]) throws(ReportError) {
        try database.run("BEGIN IMMEDIATE")
        fingerprints = [:]
        for name in names {
            for deletion in deletions {
                deletion.bind(shown(name), at: 1)
                try deletion.run()
            }
        }
    }

    /// Adds a record of the part.
    package func take(_ record: ReportRow) throws(ReportError) {
        for (finding, fingerprint) in record.fingerprints {
            fingerprints[fingerprint, default: (finding.severity, 0)].count += 1
        }
        switch record {
        case .finding(let row): try findings.insert(row, &cell)
        case .exchange(let row):
            try exchanges.insert(row, &cell)
            for index in row.exchange.interims.indices { try interim.insert(InterimRow(row: row, index: index), &cell) }
            for finding in row.findings {
                try findings.insert(FindingRow(finding: finding, exchange: row.exchange, names: row.names), &cell)
            }
        }
    }

    /// Ends the part with its captures, and with what is to be remembered of its files: all or nothing.
    package func end(_ records: [CaptureRecord], _ files: [(name: String, file: RememberedFile)]) throws(ReportError) {
        for record in records { try captures.insert(record, &cell) }
        if let first = records.first {
            for (fingerprint, found) in fingerprints.sorted(by: { $0.key < $1.key }) {
                count.bind(shown(first.file), at: 1)
                count.bind(found.severity.rawValue, at: 2)
                for (index, text) in fingerprint.parts.enumerated() { count.bind(text, at: 3 + index) }
                count.bind(Int64(found.count), at: 7)
                try count.run()
            }
        }
        for (name, file) in files { try remember(name, file) }
        try database.run("COMMIT")
    }

    /// What is remembered of a file.
    package func remembered(_ name: String) throws(ReportError) -> RememberedFile? {
        recall.bind(shown(name), at: 1)
        guard try recall.step() else { return nil }
        let file = RememberedFile(
            part: recall.text(0), settings: recall.text(1), size: recall.integer(2), modified: recall.integer(3),
            hash: UInt64(bitPattern: recall.integer(4)))
        try recall.run()
        return file
    }

    /// Remembers a file, whose rows stay as they are.
    package func remember(_ name: String, _ file: RememberedFile) throws(ReportError) {
        remember.bind(shown(name), at: 1)
        remember.bind(file.part, at: 2)
        remember.bind(file.settings, at: 3)
        remember.bind(file.size, at: 4)
        remember.bind(file.modified, at: 5)
        remember.bind(Int64(bitPattern: file.hash), at: 6)
        try remember.run()
    }

    /// What was found in the part that begins with this file, and how often.
    package func found(in name: String) throws(ReportError) -> [(Fingerprint, severity: Severity, count: Int)] {
        recount.bind(shown(name), at: 1)
        var found: [(Fingerprint, severity: Severity, count: Int)] = []
        while try recount.step() {
            guard let severity = Severity(rawValue: recount.text(0)) else { continue }
            let fingerprint = Fingerprint(
                rule: recount.text(2), method: recount.text(3), host: recount.text(4), target: recount.text(5))
            found.append((fingerprint, severity, Int(recount.integer(1))))
        }
        return found
    }

    /// A file's name as its rows have it.
    private func shown(_ name: String) -> String {
        String(decoding: [UInt8].shown(FileName.octets(name).span), as: UTF8.self)
    }
}

extension Fingerprint {
    fileprivate var parts: [String] { [rule, method, host, target] }
}
