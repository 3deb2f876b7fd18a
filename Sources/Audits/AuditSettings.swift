import CaptureInput
package import Exchanges
package import Findings
package import HTTP1
import Reports
package import StreamAssembly
package import WireFormat

/// What a user may set for an audit; the defaults suit ordinary captures.
package struct AuditSettings: Sendable {
    /// A BPF expression; only packets that match are looked at.
    package var filter: String?
    /// Whether TCP segments with a wrong checksum are passed over. Off, since a capture on the sending host holds
    /// checksums that its network card has yet to compute.
    package var verifiesChecksums = false
    /// Whether each file is judged by itself; otherwise all are one continuous capture.
    package var isSeparate = false
    package var dissection = DissectionLimits()
    package var assembly = AssemblyLimits()
    package var http = HTTPLimits()
    package var exchanges = ExchangeLimits()
    package var judge = JudgeSettings()
    /// Octets of exchanges kept in memory until their connections are over, some 6,000 exchanges; more of them wait in
    /// a temporary file.
    package var heldOctets = 8 << 20
    /// Exchanges that are put in the order of their requests before they are written.
    package var releaseWindow = 1_000
    /// Exchanges that wait for those that they may belong to: the other hop of a proxy, the next request of a client.
    package var relatedExchanges = 1_000

    /// The folder for one small capture for each finding; `nil` for none.
    package var evidenceFolder: String?
    /// Octets of packets kept for that, and the files at most.
    package var evidenceOctets = 64 << 20
    package var evidenceFiles = 1_000

    package init() {}
}

extension AuditSettings {
    /// The same for settings that lead to the same report of the same files, and other ones else; another with each
    /// version of the tool.
    var signature: String {
        var parts = ["\(Tool.name) \(Tool.version)", filter ?? "", "\(verifiesChecksums)", "\(judge.silenceThreshold)"]
        parts += AuditLimit.all.map { "\($0.name)=\($0.value(in: self))" }
        parts.append(judge.selection.signature)
        parts += judge.timeouts.map { "\($0)" }
        parts.append("on the path:")
        parts += judge.path.map { "\($0)" }
        // Long, so it is shortened; that two differ stays as good as certain.
        var hasher = XXH64()
        for part in parts { hasher.take((part + "\n").utf8.span) }
        return String(hasher.value, radix: 16)
    }
}
