package import CaptureModel
package import Exchanges

/// Something that the standards, or measurements of real software, say of an exchange. A rule is a literal that carries
/// its manual page.
package struct Rule: Sendable {
    /// `family/slug`; stable for ever, never used again for something else.
    package let id: String
    package let severity: Severity
    /// What was found, in a few words that also read well after "allow".
    package let title: String
    /// What the rule explains: fixed sections.
    package let explanation: Explanation
    /// Where it stands: a section of a standard, or the measurement.
    package let citation: String
    /// What it looks like on the wire.
    package let example: String
    /// The check is made only for exchanges that have one of these traits; with none, only several exchanges show it.
    package let needs: ExchangeTraits
    /// Looks at one exchange; the result is told at most once for it.
    package let check: @Sendable (_ exchange: Exchange, _ context: RuleContext) -> Occurrence?
    /// Looks at the two exchanges of a proxy, for rules that need both hops; what it tells is told of the outer one.
    package let hopCheck: (@Sendable (HopPair) -> Occurrence?)?

    package init(
        id: String, severity: Severity, title: String, explanation: Explanation, citation: String, example: String,
        needs: ExchangeTraits, hopCheck: (@Sendable (HopPair) -> Occurrence?)? = nil,
        check: @escaping @Sendable (Exchange, RuleContext) -> Occurrence?
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.explanation = explanation
        self.citation = citation
        self.example = example
        self.needs = needs
        self.check = check
        self.hopCheck = hopCheck
    }

    /// A rule that one exchange cannot show. Without `hopCheck`, who follows exchanges over time raises it.
    init(
        id: String, severity: Severity, title: String, explanation: Explanation, citation: String, example: String,
        hopCheck: (@Sendable (HopPair) -> Occurrence?)? = nil
    ) {
        self.init(
            id: id, severity: severity, title: title, explanation: explanation, citation: citation, example: example,
            needs: [], hopCheck: hopCheck, check: { _, _ in nil })
    }

    /// What it says of an exchange that begins at `origin`.
    func finding(on exchange: ExchangeID, from origin: Timestamp, _ occurrence: Occurrence) -> Finding {
        Finding(
            rule: id, severity: severity, exchange: exchange.number, connection: exchange.connection,
            place: occurrence.place, at: occurrence.place.time.since(origin), message: occurrence.message)
    }
}

/// The sections of a manual page.
package struct Explanation: Sendable {
    /// What happens on the wire.
    package let wire: String
    /// Why it matters.
    package let matters: String
    /// What to do.
    package let remedy: String

    package init(wire: String, matters: String, remedy: String) {
        self.wire = wire
        self.matters = matters
        self.remedy = remedy
    }
}

/// One case of a rule: the packet that proves it, and a sentence with its numbers.
package struct Occurrence: Sendable {
    package var place: StreamPlace
    package var message: String

    package init(_ place: StreamPlace, _ message: String) {
        self.place = place
        self.message = message
    }
}
