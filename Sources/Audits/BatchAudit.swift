import CaptureInput
package import Findings
package import Reports

/// How far a batch has come.
package struct BatchProgress: Sendable {
    package var files = 0
    /// Octets of these files on the disk.
    package var bytes = 0
    package var exchanges = 0
}

/// What came of a batch.
package struct BatchResult: Sendable {
    package var progress = BatchProgress()
    /// The worst finding that the baseline does not know; `nil` without any.
    package var worst: Severity?
    /// How many findings the baseline knows, and how many it does not.
    package var (known, new) = (0, 0)
    /// The first findings that it does not know, one for each fingerprint.
    package var news: [(severity: Severity, fingerprint: Fingerprint)] = []
    /// The fingerprints of all findings, where they are gathered.
    package var gathered: Baseline?
    /// Whether there were more fingerprints than a baseline has.
    package var isOverfull = false
    /// Files that were not read, or not to their end.
    package var troubled = 0
    /// Files that were passed over since they have not changed.
    package var unchanged = 0
}

/// Audits many captures, several at the same time, and writes all reports side by side.
///
/// Parts are read in parallel, each by one synchronous loop, and written in the order of the input, so that the reports
/// are the same whatever `jobs`. Memory holds the parts in work, their records up to a block each, and a short record
/// for each file; how many parts may wait for an earlier one is bounded.
package struct BatchAudit: Sendable {
    private let settings: AuditSettings
    private let outputs: [any BatchOutput]
    private let jobs: Int
    private let needs: RecordNeeds
    /// The output that knows which files have not changed since an earlier run; they are passed over.
    private let memory: DatabaseOutput?
    /// Findings that do not count as worst.
    private let baseline: Baseline?
    /// Whether fingerprints are gathered for a new baseline.
    private let gathers: Bool

    /// Parts that are read or wait to be written, for each job.
    private static let partsPerJob = 4

    /// `jobs` parts are read at the same time. Throws where the filter is not accepted.
    package init(
        _ settings: AuditSettings, jobs: Int, outputs: [any BatchOutput], memory: DatabaseOutput? = nil,
        baseline: Baseline? = nil, gathers: Bool = false
    ) throws(AuditError) {
        self.memory = memory
        self.baseline = baseline
        self.gathers = gathers
        self.settings = settings
        self.jobs = max(1, jobs)
        self.outputs = outputs
        needs = outputs.reduce(RecordNeeds(exchanges: true, connectionEnds: false, messages: false)) {
            $0.union($1.needs)
        }
        do throws(CaptureError) {
            if let expression = settings.filter { _ = try CaptureFilter(expression) }
        } catch {
            throw .input(error.sentence)
        }
    }

    /// Audits `parts`. `trouble` is told of each file that cannot be read, or not to its end, in a sentence; `progress` after each part. Throws
    /// where a report cannot be written; then none takes its place.
    package func run(
        _ parts: [BatchPart], progress: (BatchProgress) -> Void, trouble: (String) -> Void
    ) async throws(AuditError) -> BatchResult {
        let names = parts.flatMap { $0.files.map(\.name) }
        var state = BatchState(baseline: baseline)
        if gathers { state.result.gathered = Baseline() }
        do {
            try await each { output throws(ReportError) in try await output.begin(names) }
            try await withThrowingTaskGroup(of: (Int, AuditedPart?).self) { group in
                var (next, due, running) = (0, 0, 0)
                var waiting: [Int: AuditedPart?] = [:]
                func start() {
                    while running < jobs, next < parts.count, next - due < jobs * Self.partsPerJob {
                        let (index, part) = (next, parts[next])
                        group.addTask { (index, try await read(part, number: index + 1)) }
                        next += 1
                        running += 1
                    }
                }
                start()
                while let (index, audited) = try await group.next() {
                    running -= 1
                    waiting[index] = .some(audited)
                    // One job alone rests while the reports are written: it is one core that was asked for.
                    if jobs > 1 { start() }
                    while let audited = waiting.removeValue(forKey: due) {
                        if let audited {
                            try await write(parts[due], audited, &state, trouble)
                        } else {
                            try await passOver(parts[due], &state)
                        }
                        due += 1
                        if jobs > 1 { start() }
                        progress(state.result.progress)
                    }
                    start()
                }
            }
            let (captures, summary) = (state.captures, state.summary)
            try await each { output throws(ReportError) in try await output.finish(captures, summary) }
            try await each { output throws(ReportError) in try await output.publish() }
        } catch let error as ReportError {
            throw .report(error)
        } catch {
            throw .input("\(error)")
        }
        return state.result
    }

    /// Reads a part; `nil` where its rows are known already.
    private func read(_ part: BatchPart, number: Int) async throws -> AuditedPart? {
        guard let memory else { return part.audited(settings, needs: needs, number: number) }
        if try await memory.isUnchanged(part, hash: FileIdentity.hash) { return nil }
        return part.auditedAndIdentified(settings, needs: needs, number: number)
    }

    /// Counts a part whose rows are known, with what was found in it.
    private func passOver(_ part: BatchPart, _ state: inout BatchState) async throws {
        for (fingerprint, severity, count) in try await memory?.found(in: part) ?? [] {
            state.judge(severity, fingerprint, count)
        }
        state.passOver(part)
    }

    /// Writes what came of a part to all outputs.
    private func write(
        _ part: BatchPart, _ audited: AuditedPart, _ state: inout BatchState, _ trouble: (String) -> Void
    ) async throws {
        if let failure = audited.failure { throw failure }
        await memory?.willEnd(audited.identities)
        try await each { output throws(ReportError) in try await output.begin(part) }
        let names = part.names(after: state.captures.count)
        if let sentence = audited.trouble { state.evidenceTrouble(sentence, trouble) }
        for block in 0..<audited.records.blocks {
            let rows = try audited.records.rows(ofBlock: block, names)
            guard !rows.isEmpty else { continue }
            state.judge(rows)
            try await each { output throws(ReportError) in try await output.take(rows) }
        }
        for (file, record) in zip(part.files, audited.captures) {
            if let error = record.error { trouble("\(file.path): \(error)") }
            state.add(record, of: file)
        }
        try await each { output throws(ReportError) in try await output.end(part, audited.captures) }
    }

    /// Does the same with each output, with all of them at once.
    private func each(_ body: @escaping @Sendable (any BatchOutput) async throws -> Void) async throws {
        if outputs.count == 1 { return try await body(outputs[0]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for output in outputs { group.addTask { try await body(output) } }
            try await group.waitForAll()
        }
    }
}

/// What is known of a batch so far.
private struct BatchState {
    var result = BatchResult()
    var captures: [CaptureRecord] = []
    var summary = Summary()
    let baseline: Baseline?
    private var hasEvidenceTrouble = false

    /// How many new findings are shown.
    private static let mostNews = 20

    init(baseline: Baseline?) {
        self.baseline = baseline
    }

    mutating func judge(_ rows: [ReportRow]) {
        guard baseline != nil || result.gathered != nil else {
            for finding in rows.lazy.flatMap(\.findings) { worsen(finding.severity) }
            return
        }
        for (finding, fingerprint) in rows.lazy.flatMap(\.fingerprints) { judge(finding.severity, fingerprint, 1) }
    }

    /// Judges findings of one fingerprint, `count` of them.
    mutating func judge(_ severity: Severity, _ fingerprint: Fingerprint, _ count: Int) {
        if result.gathered?.add(fingerprint) == false { result.isOverfull = true }
        if baseline?.contains(fingerprint) ?? false {
            result.known += count
            return
        }
        result.new += count
        worsen(severity)
        if result.news.count < Self.mostNews, !result.news.contains(where: { $0.fingerprint == fingerprint }) {
            result.news.append((severity, fingerprint))
        }
    }

    mutating func passOver(_ part: BatchPart) {
        result.unchanged += part.files.count
        result.progress.files += part.files.count
        result.progress.bytes += part.files.reduce(0) { $0 + $1.size }
    }

    private mutating func worsen(_ severity: Severity) {
        result.worst = max(result.worst ?? severity, severity)
    }

    /// Says once why captures of findings could not be written.
    mutating func evidenceTrouble(_ sentence: String, _ trouble: (String) -> Void) {
        if !hasEvidenceTrouble { trouble(sentence) }
        hasEvidenceTrouble = true
        result.troubled += 1
    }

    mutating func add(_ record: CaptureRecord, of file: BatchFile) {
        var record = record
        summary.merge(record.summary)
        record.summary.close()
        captures.append(record)
        result.progress.files += 1
        result.progress.bytes += file.size
        result.progress.exchanges += record.summary.exchanges
        if record.error != nil { result.troubled += 1 }
    }
}
