import Audits
import CaptureForge
import Reports
import Testing
import TestBench

@Suite("Exchanges that wait for the end of their connection")
struct HeldExchangesTests {
    /// Captures of long connections, of several at once, with findings and without.
    private static let captures = [
        "one-connection-kept-alive-for-90-requests.pcap", "webdav-session-with-apache.pcap",
        "pipelined-requests-with-interim-responses-between.pcap", "interim-responses-over-ipv6.pcapng",
        "nginx-takes-the-102-of-its-origin-for-the-final-response.pcap",
    ].map { Repository.root + "/Fixtures/captures/" + $0 }

    @Test("A report is the same octets whether they wait in memory or in a file", arguments: [1, 3_000, 40_000])
    func spilled(heldOctets: Int) throws {
        var settings = AuditSettings()
        let whole = try report(settings)
        settings.heldOctets = heldOctets
        #expect(try report(settings) == whole)
    }

    @Test("Exchanges are in the order of their requests, and along a connection in that of their numbers")
    func ordered() throws {
        let rows = String(decoding: try report(AuditSettings(), .csv(.exchanges)), as: UTF8.self)
            .split(separator: "\r\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.count == 126)
        let times = rows.map { String($0[12]) }.filter { !$0.isEmpty }
        #expect(times == times.sorted())
    }

    private func report(_ settings: AuditSettings, _ format: ReportFormat = .json) throws -> [UInt8] {
        let file = ScratchFile(".out")
        _ = try audit(Self.captures, settings, as: format, to: .file(file.path))
        return try FileOctets.read(file.path)
    }
}
