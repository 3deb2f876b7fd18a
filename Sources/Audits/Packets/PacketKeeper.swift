import CaptureModel
import Reports

/// Where the packets of a watch are kept.
package struct KeepSettings: Sendable {
    /// The file, or the pattern of files: with a rotation, `a.pcapng` means `a_00001.pcapng`, `a_00002.pcapng` …
    package var path: String
    /// A new file after so many octets; `nil` for no such rotation.
    package var octets: Int?
    /// A new file after so many nanoseconds of packet time; `nil` for no such rotation.
    package var nanoseconds: Int64?
    /// The newest files that stay; `nil` for all.
    package var files: Int?

    package init(path: String) {
        self.path = path
    }

    fileprivate var rotates: Bool { octets != nil || nanoseconds != nil }

    /// The path of one file, counted from 1.
    fileprivate func path(of number: Int) -> String {
        guard rotates else { return path }
        let folderEnd = path.lastIndex(of: "/") ?? path.startIndex
        let dot = path[folderEnd...].lastIndex(of: ".") ?? path.endIndex
        let digits = String(number)
        return path[..<dot] + "_" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + path[dot...]
    }
}

/// Writes packets as they come, in one file or in a rotation of them.
struct PacketKeeper: ~Copyable {
    private let settings: KeepSettings
    private let interface: String
    private let snaplen: Int
    private var file: PacketFile?
    private var number = 0
    /// The first packet of the file; `nil` where it has none.
    private var begin: Timestamp?
    /// Why packets are no longer kept, in a sentence; the audit goes on.
    private(set) var trouble: String?

    init(_ settings: KeepSettings, interface: String, snaplen: Int) {
        self.settings = settings
        self.interface = interface
        self.snaplen = snaplen
        // At once, so that it is known in time whether that can be.
        do throws(ReportError) { try open() } catch { trouble = "packets cannot be kept: \(error.cause)" }
    }

    /// Keeps one packet.
    mutating func add(_ record: PacketRecord, _ captured: Span<UInt8>) {
        guard trouble == nil else { return }
        do throws(ReportError) {
            if isFull(at: record.time) { try close(nil) }
            if file == nil { try open() }
            if begin == nil { begin = record.time }
            try file?.add(record, captured)
        } catch {
            giveUp(error)
        }
    }

    /// Writes what is pending.
    mutating func flush() {
        guard trouble == nil else { return }
        do throws(ReportError) { try file?.flush() } catch { giveUp(error) }
    }

    /// Ends the last file; where there was no packet, it is an empty one.
    mutating func finish(received: Int, dropped: Int) {
        guard trouble == nil else { return }
        do throws(ReportError) {
            try close(settings.rotates ? nil : (received, dropped))
        } catch {
            giveUp(error)
        }
    }

    private func isFull(at time: Timestamp) -> Bool {
        guard settings.rotates, let octets = size else { return false }
        if let limit = settings.octets, octets >= limit { return true }
        if let limit = settings.nanoseconds, let begin, time.since(begin) >= limit { return true }
        return false
    }

    private var size: Int? {
        switch file {
        case .some(let file): file.octets
        case nil: nil
        }
    }

    private mutating func open() throws(ReportError) {
        number += 1
        begin = nil
        file = try PacketFile(settings.path(of: number), interface: interface, snaplen: snaplen, comment: nil)
        if let files = settings.files, settings.rotates, number > files {
            ByteSink.removeFile(settings.path(of: number - files))
        }
    }

    private mutating func close(_ counted: (received: Int, dropped: Int)?) throws(ReportError) {
        try file?.finish(counted)
        file = nil
    }

    private mutating func giveUp(_ error: ReportError) {
        file = nil
        trouble = "packets are no longer kept: \(error.cause)"
    }
}
