import CaptureInput
import CaptureModel

/// Recognises files that a rotating capture wrote one after the other.
///
/// By their names first: `gate_00001_20261124092514.pcapng` (dumpcap, Wireshark) and `gate.pcap`, `gate.pcap1`,
/// `gate.pcap2` (tcpdump -C). Files of one folder whose names differ in the number only are a series if, in the order of
/// their first packets, the numbers go up by one; a ring of files may begin anew once.
enum RotatedSeries {
    /// What the names of a series have in common, and the number.
    private struct Name: Hashable {
        var common: String
        var number: Int

        /// Reads a path; nil where its name is none that rotation gives.
        init?(_ path: String) {
            var stem = path[...]
            for kind in CaptureSearch.compressed where stem.hasSuffix(".\(kind)") {
                stem = stem.dropLast(kind.count + 1)
            }
            let (behind, last) = Self.cut(stem)
            if !last.isEmpty, behind.last != ".", Self.endsInExtension(behind) {
                self.init(common: "\(behind)*", number: last)
            } else if Self.endsInExtension(stem), let dot = stem.lastIndex(of: ".") {
                let (beforeDate, date) = Self.cut(stem[..<dot])
                let (beforeNumber, number) = Self.cut(beforeDate.dropLast())
                if date.count == 14, number.count >= 5, beforeDate.last == "_", beforeNumber.last == "_" {
                    self.init(common: "\(beforeNumber)*\(stem[dot...])", number: number)
                } else {
                    self.init(common: "\(stem)*", number: "0")
                }
            } else {
                return nil
            }
        }

        private init?(common: String, number: Substring) {
            guard let number = Int(number) else { return nil }
            self.common = common
            self.number = number
        }

        /// A text without the ASCII digits at its end, and these.
        private static func cut(_ text: Substring) -> (Substring, Substring) {
            let digits = text.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            return (text.dropLast(digits), text.suffix(digits))
        }

        private static func endsInExtension(_ text: Substring) -> Bool {
            [".pcap", ".pcapng", ".cap", ".dmp"].contains { text.hasSuffix($0) }
        }
    }

    /// One file that may belong to a series.
    private struct Member {
        var index: Int
        var number: Int
        var time: Timestamp
    }

    /// The parts of a batch, in the order of their first files.
    static func parts(of files: [BatchFile]) -> [BatchPart] {
        var alike: [String: [(index: Int, number: Int)]] = [:]
        for (index, file) in files.enumerated() {
            if let name = Name(file.path) { alike[name.common, default: []].append((index, name.number)) }
        }
        // The series of each file that is in one, by the index of its first file.
        var series: [Int: [Int]] = [:]
        var inSeries: Set<Int> = []
        for group in alike.values where group.count > 1 {
            let members = group.compactMap { index, number in
                CaptureSearch.firstPacketTime(of: files[index].path).map {
                    Member(index: index, number: number, time: $0)
                }
            }
            for run in runs(members) where run.count > 1 {
                let indices = run.map(\.index)
                series[indices.min() ?? 0] = indices
                inSeries.formUnion(indices)
            }
        }
        return files.indices.compactMap { index in
            if let members = series[index] { return BatchPart(files: members.map { files[$0] }) }
            return inSeries.contains(index) ? nil : BatchPart(files: [files[index]])
        }
    }

    /// Members whose numbers follow each other, in the order of their times.
    private static func runs(_ members: [Member]) -> [[Member]] {
        let ordered = members.sorted { ($0.time.nanoseconds, $0.number) < ($1.time.nanoseconds, $1.number) }
        guard let smallest = members.map(\.number).min(), let largest = members.map(\.number).max() else { return [] }
        // A ring that has begun anew holds all of its numbers.
        let isRing = members.count == largest - smallest + 1
        var runs: [[Member]] = []
        for member in ordered {
            if let before = runs.last?.last?.number,
                member.number == before + 1 || isRing && before == largest && member.number == smallest
            {
                runs[runs.count - 1].append(member)
            } else {
                runs.append([member])
            }
        }
        return runs
    }
}
