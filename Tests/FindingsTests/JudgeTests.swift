import CaptureForge
import Exchanges
import TestBench
import Testing

@testable import Findings

@Suite("The judge")
struct JudgeTests {
    /// A finding without its message.
    private func facts(_ finding: Finding) -> String {
        [
            finding.rule, finding.severity.rawValue, "\(finding.exchange ?? 0)", "\(finding.connection ?? 0)",
            "\(finding.place)", "\(finding.at ?? -1)",
        ].joined(separator: " ")
    }

    @Test("Where nobody reads messages, the findings are the same but for them", arguments: DialogueFile.all)
    func withoutMessages(file: DialogueFile) throws {
        let (telling, silent) = (Judge(), Judge(writesMessages: false))
        for exchange in try exchanges(of: file.read().capture()) {
            let told = telling.findings(on: exchange, timing: exchange.timing, webdav: exchange.webdav)
            let counted = silent.findings(on: exchange, timing: exchange.timing, webdav: exchange.webdav)
            #expect(told.map(facts) == counted.map(facts))
            #expect(told.allSatisfy { !$0.message.isEmpty } && counted.allSatisfy { $0.message.isEmpty })
        }
    }

    @Test("What there is one of is spoken of as one", arguments: DialogueFile.all)
    func ofOne(file: DialogueFile) throws {
        for exchange in try exchanges(of: file.read().capture()) {
            for finding in Judge().findings(on: exchange, timing: exchange.timing, webdav: exchange.webdav) {
                let message = finding.message
                let odd = ["1 of the 1 ", "1 octet of the content were", " 1 interim responses"].first {
                    message.contains($0)
                }
                #expect(odd == nil, "\(message)")
                if message.hasPrefix("1 × ") {
                    #expect(!message.contains(", the first ") && !message.contains(", the last "))
                }
            }
        }
    }

    @Test("The rules found by traits are those that want one of them, in their order", arguments: [1, 64, 65, 200])
    func index(count: Int) {
        let rules = ContiguousArray((0..<count).map { Catalogue.rules[$0 % Catalogue.rules.count] })
        let index = RuleIndex(rules)
        var random = SplitMix64(seed: 1)
        for _ in 0..<500 {
            let traits = ExchangeTraits(
                rawValue: UInt32.random(in: 0 ... .max, using: &random) & .random(in: 0 ... .max, using: &random))
            var found: [Int] = []
            index.forEach(wanting: traits) { found.append($0) }
            #expect(found == rules.indices.filter { !rules[$0].needs.isDisjoint(with: traits) })
        }
    }
}
