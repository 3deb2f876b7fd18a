package import CaptureModel

/// How the reading of one file of a series went.
package struct CaptureOutcome: Sendable {
    /// The path as given.
    package let path: String
    /// What the file held; `nil` where it could not be opened as a capture.
    package internal(set) var facts: CaptureFacts?
    /// Why it was not read, or not to its end.
    package internal(set) var error: CaptureError?
}

/// Several files as one continuous capture in time order: a rotated series, or the same minutes from two interfaces.
///
/// The files are ordered by their first packets and opened when their time has come, so a series of thousands needs few
/// descriptors; of the open ones the earliest packet comes first. Inside a file the order stays as it is, whatever its
/// times say. What cannot be read is noted, and the others go on.
package final class CaptureSeries {
    private let filter: CaptureFilter?
    private let first: Int
    /// The files not opened yet, or opened and waiting: the one whose time comes next is last.
    private var waiting: [Waiting] = []
    /// The open files, each at its current packet.
    private var open: [Open] = []
    private var outcomes: [CaptureOutcome]

    private struct Waiting {
        var index: Int
        var first: Timestamp
        /// The file at its first packet, where it could not be opened again.
        var file: CaptureFile?
    }

    private struct Open {
        var index: Int
        var file: CaptureFile
        var time: Timestamp
    }

    /// Up to so many files stay open while they wait, so that they need not be opened twice.
    private static let keptOpen = 64

    /// A series of the files at `paths`, in any order. Their packets are those of inputs `first`, `first` + 1 and so on.
    /// Throws for a filter that libpcap does not accept.
    package init(paths: [String], firstCapture first: Int = 0, filter expression: String?) throws(CaptureError) {
        self.first = first
        filter = if let expression { try CaptureFilter(expression) } else { nil }
        outcomes = paths.map { CaptureOutcome(path: $0) }
        for index in paths.indices {
            guard let file = openFile(index), let first = file.time else { continue }
            let isKept = waiting.count < Self.keptOpen || !file.canReopen
            waiting.append(Waiting(index: index, first: first, file: isKept ? file : nil))
        }
        waiting.sort { ($1.first, $1.index) < ($0.first, $0.index) }
    }

    /// Lends all packets in order to `body`, until it returns false. Returns how the reading of each file went, in the
    /// order given.
    package func read(_ body: (PacketRecord, Span<UInt8>) -> Bool) -> [CaptureOutcome] {
        var goesOn = true
        while goesOn, let next = next() {
            let file = open[next].file
            // Alone until the next one's time has come, a file is read without looking at the others.
            let limit = open.count == 1 ? waiting.last?.first : file.time
            repeat {
                file.withPacket { goesOn = body($0, $1) }
            } while goesOn && advance(next) && open.count == 1 && isBefore(file.time, limit)
        }
        for item in open { outcomes[item.index].facts = item.file.facts }
        return outcomes
    }

    private func isBefore(_ time: Timestamp?, _ limit: Timestamp?) -> Bool {
        guard let time, let limit else { return true }
        return time < limit
    }

    /// The open file with the earliest packet, after those whose time has come were opened; `nil` at the end.
    private func next() -> Int? {
        while let first = waiting.last, open.allSatisfy({ first.first <= $0.time }) {
            waiting.removeLast()
            guard let file = first.file ?? openFile(first.index), let time = file.time else { continue }
            open.append(Open(index: first.index, file: file, time: time))
        }
        return open.indices.min { (open[$0].time, open[$0].index) < (open[$1].time, open[$1].index) }
    }

    /// Moves an open file on; false when it is at its end and no longer open.
    private func advance(_ place: Int) -> Bool {
        let item = open[place]
        do throws(CaptureError) {
            if try item.file.advance(), let time = item.file.time {
                open[place].time = time
                return true
            }
        } catch {
            outcomes[item.index].error = error
        }
        outcomes[item.index].facts = item.file.facts
        open.remove(at: place)
        return false
    }

    /// Opens a file and goes to its first packet; `nil` where it has none, which is noted.
    private func openFile(_ index: Int) -> CaptureFile? {
        do throws(CaptureError) {
            let file = try CaptureFile(path: outcomes[index].path, capture: UInt32(first + index), filter: filter)
            outcomes[index].facts = file.facts
            do throws(CaptureError) {
                if try file.advance() { return file }
            } catch {
                outcomes[index].error = error
            }
            outcomes[index].facts = file.facts
        } catch {
            outcomes[index].error = error
        }
        return nil
    }
}
