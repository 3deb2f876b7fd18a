import CaptureModel
import Exchanges

/// Finding the two hops of a proxy among exchanges with the same method and target.
///
/// A link needs evidence (`HopEvidence`), and that nothing of the same weight speaks for another exchange on either
/// side; else there is none, and the doubt stays with all concerned.
extension RelatedExchange {
    /// How many later ones with the same method and target are looked at, and how many of them may be weighed against
    /// each other: more than a proxy handles at once where they can still be told apart, and few enough to cost little.
    static let (reach, weighed) = (128, 8)

    /// Links this exchange, which is the oldest, with its other hops among the later ones.
    func link() {
        guard let alike, alike.isMixed else { return }
        if downstream == nil { linkAsInner(among: alike) }
        if upstream == nil { linkAsOuter(among: alike) }
    }

    private func linkAsInner(among alike: AlikeExchanges) {
        let (best, outers) = Self.strongest(of: alike.possibleOuters) { evidence(asInnerOf: $0) }
        guard let best else { return }
        // Of a chain of proxies the nearest is meant.
        let nearest =
            outers.count > Self.weighed
            ? outers : outers.filter { outer in !outers.contains { $0.evidence(asInnerOf: outer) != nil } }
        var rivals: [RelatedExchange] = []
        if nearest.count == 1 {
            rivals = alike.others.filter { other in
                Self.weighs(other.evidence(asInnerOf: nearest[0]), best) && other.evidence(asInnerOf: self) == nil
                    && !isRepetition(of: other)
            }
        }
        // Where the proxy asked again when it got no answer, the last one asked is the other hop.
        if nearest.count == 1, rivals.contains(where: { $0.isRepetition(of: self) }) { return }
        let isClear = nearest.count == 1 && rivals.isEmpty && nearest[0].upstream == nil
        if isClear, !Self.weighs(doubtAsInner, best), !Self.weighs(nearest[0].doubtAsOuter, best) {
            return Self.link(outer: nearest[0], inner: self)
        }
        doubtAsInner = Self.more(doubtAsInner, best)
        for outer in nearest { outer.doubtAsOuter = Self.more(outer.doubtAsOuter, best) }
        for rival in rivals { rival.doubtAsInner = Self.more(rival.doubtAsInner, best) }
    }

    /// Whether it began only when `earlier` had ended without a final response.
    private func isRepetition(of earlier: RelatedExchange) -> Bool {
        earlier.exchange.final == nil && exchange.origin.time >= earlier.exchange.end.time
    }

    private func linkAsOuter(among alike: AlikeExchanges) {
        let (best, all) = Self.strongest(of: alike.possibleInners) { $0.evidence(asInnerOf: self) }
        guard let best else { return }
        let inners =
            all.count > Self.weighed
            ? all : all.filter { inner in !all.contains { $0.isRepetition(of: inner) } }
        let nearest =
            inners.count > Self.weighed
            ? inners : inners.filter { inner in !inners.contains { inner.evidence(asInnerOf: $0) != nil } }
        var rivals: [RelatedExchange] = []
        if nearest.count == 1 {
            rivals = alike.others.filter { other in
                Self.weighs(nearest[0].evidence(asInnerOf: other), best) && evidence(asInnerOf: other) == nil
            }
        }
        let isClear = nearest.count == 1 && rivals.isEmpty && nearest[0].downstream == nil
        if isClear, !Self.weighs(doubtAsOuter, best), !Self.weighs(nearest[0].doubtAsInner, best) {
            return Self.link(outer: self, inner: nearest[0])
        }
        doubtAsOuter = Self.more(doubtAsOuter, best)
        for inner in nearest { inner.doubtAsInner = Self.more(inner.doubtAsInner, best) }
        for rival in rivals { rival.doubtAsOuter = Self.more(rival.doubtAsOuter, best) }
    }

    /// Those with the strongest evidence of all; `nil` where none has any.
    private static func strongest(
        of others: [RelatedExchange], _ evidence: (RelatedExchange) -> HopEvidence?
    ) -> (HopEvidence?, [RelatedExchange]) {
        var best: HopEvidence?
        var found: [RelatedExchange] = []
        for other in others {
            guard let weight = evidence(other), weighs(weight, best) else { continue }
            if weight != best { found = [] }
            best = weight
            found.append(other)
        }
        return (best, found)
    }

    /// Whether `evidence` weighs as much as `other`, or more.
    private static func weighs(_ evidence: HopEvidence?, _ other: HopEvidence?) -> Bool {
        guard let other else { return true }
        return evidence.map { $0 >= other } ?? false
    }

    private static func more(_ doubt: HopEvidence?, _ evidence: HopEvidence) -> HopEvidence {
        doubt.map { max($0, evidence) } ?? evidence
    }

    private static func link(outer: RelatedExchange, inner: RelatedExchange) {
        guard let outerSide = outer.side, let innerSide = inner.side else { return }
        outer.upstream = innerSide.id
        inner.downstream = outerSide.id
        guard !outerSide.interims.isEmpty || !innerSide.interims.isEmpty else { return }
        let pair = HopPair(outer: outerSide, inner: innerSide)
        for rule in Catalogue.rules {
            guard let occurrence = rule.hopCheck?(pair) else { continue }
            outer.findings.append(rule.finding(on: outerSide.id, from: outerSide.origin.time, occurrence))
        }
    }
}
