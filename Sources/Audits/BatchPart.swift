import CaptureInput
import Findings
import Reports

/// A capture file of a batch.
package struct BatchFile: Sendable, Equatable {
    /// Where it is.
    package var path: String
    /// What reports call it; other than that of every other file of the batch.
    package var name: String
    /// Its octets on the disk; 0 where the system does not say.
    package var size: Int

    package init(path: String, name: String, size: Int) {
        self.path = path
        self.name = name
        self.size = size
    }
}

/// What a batch audits as one continuous capture: a file, or the files of a series.
package struct BatchPart: Sendable, Equatable {
    package var files: [BatchFile]

    package init(files: [BatchFile]) {
        self.files = files
    }

    /// What reports call its files; so many captures come before them.
    func names(after captures: Int) -> CaptureNames { CaptureNames(files.map(\.name), after: captures) }
}

/// What came of one part.
struct AuditedPart: Sendable {
    var records: PartSpool
    /// One for each file.
    var captures: [CaptureRecord]
    /// What its files were when they were read; `nil` where one of them changed meanwhile, or nobody asks.
    var identities: [FileIdentity]?
    /// Why captures of findings could not be written.
    var trouble: String?
    /// Why its records could not be kept; they are not whole then.
    var failure: ReportError?
}

extension BatchPart {
    /// What its files are now; `nil` where one of them cannot be read.
    private var identities: [FileIdentity]? {
        let identities = files.compactMap { FileIdentity(of: $0.path) }
        return identities.count == files.count ? identities : nil
    }

    /// Audits the part, which has this number in the batch, and says what its files were meanwhile.
    func auditedAndIdentified(_ settings: AuditSettings, needs: RecordNeeds, number: Int) -> AuditedPart {
        let before = identities
        var audited = audited(settings, needs: needs, number: number)
        let isSame = zip(files, before ?? []).allSatisfy { file, identity in
            FileIdentity.appearance(of: file.path).map { $0 == (identity.size, identity.modified) } ?? false
        }
        if isSame { audited.identities = before }
        return audited
    }

    /// Audits the part, which has this number, from 1, in the batch. What is wrong with a file stands in its record.
    func audited(_ settings: AuditSettings, needs: RecordNeeds, number: Int) -> AuditedPart {
        // The expression was accepted before the batch began.
        let filter = settings.filter.flatMap { try? CaptureFilter($0) }
        var pipeline = AuditPipeline(
            settings, captures: files.count, needs: needs, taker: PartSpool(),
            isWatched: settings.evidenceFolder != nil)
        var trouble: String?
        let outcomes = read(
            files.map(\.path), firstCapture: 0, part: "\(number)-", filter, settings, &trouble, into: &pipeline)
        let captures = zip(zip(outcomes, pipeline.tallies), files).map { told, file in
            var record = captureRecord(told.0, told.1)
            record.file = file.name
            return record
        }
        return AuditedPart(
            records: pipeline.taker, captures: captures, trouble: trouble, failure: pipeline.failure)
    }
}
