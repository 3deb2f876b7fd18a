import Audits
import CaptureForge
import CaptureInput
import CaptureModel
import Reports
import TestBench

/// Where the captures and the reports of this process are: in memory, if TMPDIR is.
private let (input, output) = (ScratchFile(".pcap"), ScratchFile(".out"))

/// Reads all packets of a capture; its numbers have to be those of what was read.
func readCapture(_ octets: [UInt8]) {
    try? FileOctets.write(octets, to: input.path)
    var series = CaptureSeries(paths: [input.path])
    var (packets, sum): (UInt64, Int) = (0, 0)
    series.forEachPacket { record, bytes in
        packets += 1
        precondition(record.frame == packets)
        for index in bytes.indices { sum &+= Int(bytes[index]) }  // the sanitizer sees what is not there
        return true
    }
    let facts = series.outcomes.first?.facts
    precondition(facts == nil ? packets == 0 : facts?.packets == packets)
}

/// A capture, all the way through: the report is JSON and says of its exchanges what its summary says. Of every fourth
/// length of capture, another format is written as well.
func auditCapture(_ octets: [UInt8]) {
    try? FileOctets.write(octets, to: input.path)
    let document = try? JSON.parse(report(.json))
    precondition(document != nil, "no JSON")
    precondition(document?["exchanges"]?.items.count == document?["summary"]?["exchanges"]?.integer)
    precondition(document?["captures"]?.items.count == 1)
    if octets.count & 3 == 0 { precondition(!report(others[octets.count / 4 % others.count]).isEmpty) }
}

private let others: [ReportFormat] = [
    .text(TextStyle()), .csv(.exchanges), .csv(.interim), .csv(.findings), .csv(.captures), .jsonLines,
]

private func report(_ format: ReportFormat) -> String {
    do {
        _ = try audit([input.path], AuditSettings(), as: format, to: .file(output.path))
        let octets = try FileOctets.read(output.path)
        guard let text = String(validating: octets, as: UTF8.self) else { preconditionFailure("no UTF-8") }
        return text
    } catch {
        preconditionFailure("\(error)")
    }
}
