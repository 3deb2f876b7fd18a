import CaptureModel
package import Exchanges

/// What a user may set.
package struct JudgeSettings: Sendable {
    /// Silence from here on is told, in nanoseconds: 20 s, from which on RFC 2518 section 10.1 wants a sign of life.
    package var silenceThreshold: Int64 = 20_000_000_000
    /// The timers that waits are held against: those that run out.
    package private(set) var timeouts: [TimeoutProfile] = TimeoutProfile.known.filter(\.isSet)
    /// The timers of the products on the reader's own path that run while a request waits, those that are off included.
    package private(set) var path: [TimeoutProfile] = []

    /// The rules that speak.
    package var selection = RuleSelection()

    package init() {}

    /// Holds waits against these timers, and speaks first of those on the path.
    package mutating func take(_ profiles: [TimeoutProfile]) {
        timeouts = profiles.filter(\.isSet)
        path = profiles.filter { $0.isOnPath && $0.guards == .answer }
    }
}

/// Judges exchanges by rules.
///
/// Hardly any exchange has something to tell, so the traits are looked at first: they cost little, and decide which
/// rules are asked at all.
package struct Judge: Sendable {
    /// The rules that one exchange can raise.
    private let rules: ContiguousArray<Rule>
    private let index: RuleIndex
    private let settings: RuleContext.Settings
    private let silenceThreshold: Int64
    private let writesMessages: Bool

    /// `writesMessages` says whether somebody reads the messages of findings; else they are empty.
    package init(
        rules: [Rule] = Catalogue.rules, settings: JudgeSettings = JudgeSettings(), writesMessages: Bool = true
    ) {
        self.rules = ContiguousArray(rules.filter { settings.selection.includes($0.id) && !$0.needs.isEmpty })
        index = RuleIndex(self.rules)
        self.settings = RuleContext.Settings(settings)
        silenceThreshold = settings.silenceThreshold
        self.writesMessages = writesMessages
    }

    /// What the rules say of one exchange, in the order of the catalogue. `timing` and `webdav` are its own, so that nobody
    /// works them out twice.
    package func findings(on exchange: borrowing Exchange, timing: Timing, webdav: WebDAVReading) -> [Finding] {
        let traits = ExchangeTraits(of: exchange, timing, silenceThreshold: silenceThreshold)
        guard !traits.isEmpty else { return [] }
        let context = RuleContext(settings, timing, webdav, writesMessages: writesMessages)
        let (id, origin) = (exchange.id, exchange.origin.time)
        var findings: [Finding] = []
        index.forEach(wanting: traits) { place in
            guard let occurrence = rules[place].check(exchange, context) else { return }
            if findings.isEmpty { findings.reserveCapacity(4) }
            findings.append(rules[place].finding(on: id, from: origin, occurrence))
        }
        return findings
    }
}
