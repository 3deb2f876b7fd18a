import CaptureModel
package import Exchanges

/// An exchange that waits until those that it may belong to are known, with what was found so far.
package final class RelatedExchange {
    package let exchange: Exchange
    /// The findings on it, in the order of the catalogue once it is given out.
    package internal(set) var findings: [Finding]
    /// The exchange by which a proxy asked the next server for this one.
    package internal(set) var upstream: ExchangeID?
    /// The exchange on the client's side of a proxy that this one was made for.
    package internal(set) var downstream: ExchangeID?
    /// Those with the same method and target; `nil` where the request is not known, or the exchange was given out.
    var alike: AlikeExchanges?
    /// Up to which evidence it is open whose other hop it is; `nil` where it never was.
    var doubtAsOuter: HopEvidence?
    var doubtAsInner: HopEvidence?
    /// Given out: nothing can be said of it any more.
    var isSettled = false
    /// The findings that were known when it ended.
    private let findingsAtEnd: [Finding]
    /// The front by which `ProxyAddresses` counted it last.
    var countedFront: IPAddress?
    private let proxies: ProxyAddresses
    private let seed: UInt64
    /// What most others are told apart by.
    let wait: HopWait

    init(_ exchange: Exchange, _ findings: [Finding], _ proxies: ProxyAddresses, seed: UInt64) {
        self.exchange = exchange
        self.findings = findings
        findingsAtEnd = findings
        self.proxies = proxies
        self.seed = seed
        wait = HopWait(exchange)
    }

    /// The findings that came only with other exchanges, after this one had ended.
    package var laterFindings: [Finding] { findings.filter { $0.isNone(of: findingsAtEnd) } }

    /// The findings that were known when it ended, in whose place others came.
    package var withdrawnFindings: [Finding] { findingsAtEnd.filter { $0.isNone(of: findings) } }

    /// What has to be compared with other exchanges, worked out when there is one: hardly any exchange has one.
    private(set) lazy var side = HopSide(exchange, seed: seed)

    /// How sure it is that this is the inner hop of `outer`; `nil` for not at all.
    func evidence(asInnerOf outer: RelatedExchange) -> HopEvidence? {
        guard wait.mayBeInner(of: outer.wait), let mine = side, let theirs = outer.side else { return nil }
        let evidence = theirs.evidence(asOuterOf: mine)
        switch evidence {
        case .times: return proxies.explain(mine, by: theirs) ? evidence : nil
        case .address: return proxies.mayExplain(mine, by: theirs) ? evidence : nil
        default: return evidence
        }
    }

    /// Counts this as what a proxy made of `outer`, if the times say so.
    func count(asInnerOf outer: RelatedExchange) {
        guard wait.mayBeInner(of: outer.wait), let mine = side, let theirs = outer.side,
            theirs.evidence(asOuterOf: mine) != nil, countedFront != theirs.server.address
        else { return }
        countedFront = theirs.server.address
        proxies.count(mine, by: theirs)
    }
}

extension Finding {
    /// Whether its rule raised none of these, all on one exchange.
    fileprivate func isNone(of others: [Finding]) -> Bool { !others.contains { $0.rule == rule } }
}
