import CaptureModel
import Exchanges
package import Findings
import HTTP1

/// What stays of a finding when the same traffic is recorded again: the rule, and the method, host and target of the
/// request.
///
/// Times, frames, ids, addresses, ports and capture names change with each recording, and are left out. Of the target
/// goes the query; in its path two digits and more in a row become `*`, and so do eight and more hexadecimal digits and
/// hyphens with a digit among them (identifiers, hashes, dates). So one fingerprint stands for all findings of a rule on a resource, or
/// on resources that differ in a number only.
package struct Fingerprint: Hashable, Sendable, Comparable {
    package var rule: String
    /// Empty, as the rest, for a finding about a connection or a capture.
    package var method: String
    /// In lower case, without a port.
    package var host: String
    package var target: String

    package init(rule: String, method: String = "", host: String = "", target: String = "") {
        (self.rule, self.method, self.host, self.target) = (rule, method, host, target)
    }

    package static func < (left: Fingerprint, right: Fingerprint) -> Bool {
        (left.rule, left.host, left.target, left.method) < (right.rule, right.host, right.target, right.method)
    }

    /// A target without what changes from one recording to the next.
    static func settled(_ target: String) -> String {
        var settled = ""
        var run: [Character] = []
        func endRun() {
            let hasDigit = run.contains { $0.isNumber }
            if run.count >= 8, hasDigit {
                settled.append("*")
            } else {
                var digits = ""
                func endDigits() {
                    settled += digits.count > 1 ? "*" : digits
                    digits = ""
                }
                for character in run {
                    if character.isNumber {
                        digits.append(character)
                    } else {
                        endDigits()
                        settled.append(character)
                    }
                }
                endDigits()
            }
            run = []
        }
        for character in target.prefix(while: { $0 != "?" && $0 != "#" }) {
            if character.isASCII, character.isHexDigit || character == "-" {
                run.append(character)
            } else {
                endRun()
                settled.append(character)
            }
        }
        endRun()
        return settled
    }

    /// A host in lower case, without a port.
    static func settled(host: String) -> String {
        let host = host.lowercased()
        guard let colon = host.lastIndex(of: ":"), host[host.index(after: colon)...].allSatisfy(\.isNumber) else {
            return host
        }
        // An IPv6 address is in brackets where a port follows (RFC 3986 section 3.2.2).
        return host[..<colon].contains(":") && !host[..<colon].hasSuffix("]") ? host : String(host[..<colon])
    }
}

extension ReportRow {
    /// The findings of the record, each with its fingerprint.
    package var fingerprints: [(finding: Finding, fingerprint: Fingerprint)] {
        switch self {
        case .finding(let row): return [(row.finding, Fingerprint(rule: row.finding.rule))]
        case .exchange(let row):
            guard !row.findings.isEmpty else { return [] }
            func text(_ stretch: OctetRange?) -> String {
                guard let stretch else { return "" }
                let octets = Array(row.exchange.octets[stretch.range])
                return WireText.string(octets.span)
            }
            var common = Fingerprint(rule: "")
            common.method = text(row.exchange.request?.method)
            common.host = Fingerprint.settled(host: text(row.host))
            common.target = Fingerprint.settled(text(row.exchange.request?.target))
            return row.findings.map { finding in
                var fingerprint = common
                fingerprint.rule = finding.rule
                return (finding, fingerprint)
            }
        }
    }
}
