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
    package let rules: [Rule]
    package let settings: JudgeSettings
    /// That of the settings, beside them: to read it there copies them for every exchange.
    private let silenceThreshold: Int64

    package init(rules: [Rule] = Catalogue.rules, settings: JudgeSettings = JudgeSettings()) {
        self.rules = rules.filter { settings.selection.includes($0.id) }
        self.settings = settings
        silenceThreshold = settings.silenceThreshold
    }

    /// What the rules say of one exchange, in the order of the catalogue.
    package func findings(on exchange: borrowing Exchange) -> [Finding] {
        let traits = ExchangeTraits(of: exchange, silenceThreshold: silenceThreshold)
        guard !traits.isEmpty else { return [] }
        let context = RuleContext(settings: settings, timing: exchange.timing)
        var findings: [Finding] = []
        for rule in rules where !rule.needs.isDisjoint(with: traits) {
            guard let occurrence = rule.check(exchange, context) else { continue }
            findings.append(rule.finding(on: exchange.id, from: exchange.origin.time, occurrence))
        }
        return findings
    }
}
