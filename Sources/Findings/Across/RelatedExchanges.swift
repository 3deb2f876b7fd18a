package import Exchanges

/// What only several exchanges show: the two hops of a proxy, what a client read that took an interim response for its
/// answer, and a 202 with its polls.
///
/// Exchanges that may have relatives wait here, in the order in which they ended, until so many later ones have ended as
/// `capacity` says; what belongs together and ended further apart is not found. Those that cannot have any pass by.
package struct RelatedExchanges {
    /// What is given out, in the order in which it came.
    package enum Element {
        case exchange(RelatedExchange)
        case end(EndedConnection)
    }

    /// 202s forgotten before their end, to make room for others.
    package var forgottenOperations: Int { operations.forgotten }

    /// How often there was no room to weigh two addresses.
    package var unweighedPairs: Int { proxies.unweighed }

    private var waiting: ContiguousArray<Element> = []
    /// Where the oldest is in `waiting`.
    private var head = 0
    /// Whether nothing waits or is followed, as nearly always: then an ordinary exchange is let pass at once.
    private var isQuiet = true
    /// How many exchanges wait.
    private var exchanges = 0
    /// How many more have to wait, so as not to overtake those that must; then all go on, unless a hop is awaited.
    private var untilAllGoOn = 0
    /// Possible hops of each method and target.
    private var alike: [UInt64: AlikeExchanges] = [:]
    private var operations: OperationTable
    private var desynchronisation = Desynchronisation()
    /// The last ones, in a ring.
    private var openings: [Opening] = []
    private var nextOpening = 0
    private var departures: [(departure: Departure, exchange: RelatedExchange)] = []
    private let proxies: ProxyAddresses
    /// How many possible hops have been taken, and how many of those seen are still to come.
    private var hopsTaken = 0
    private var hopsAwaited = 0
    private let capacity: Int
    private let seed: UInt64
    /// The rules that speak.
    private let selection: RuleSelection

    /// How many later exchanges a client that left waits for: what it goes on with comes at once.
    private static let departureWait = 64

    /// `capacity` exchanges wait, and as many operations are followed; `hosts` pairs of addresses are weighed. `seed` is
    /// one of this run. Of what is found only the rules of `selection` speak.
    package init(capacity: Int, hosts: Int, seed: UInt64, selection: RuleSelection = RuleSelection()) {
        self.capacity = capacity
        proxies = ProxyAddresses(capacity: hosts)
        self.seed = seed
        self.selection = selection
        operations = OperationTable(capacity: capacity, seed: seed)
    }

    /// Takes an exchange when it is over, with the findings on it; those of a connection come in their order.
    /// `possibleHops` is how many exchanges so far may be hops of a proxy, those under way included. Returns whether it
    /// waits here; else it may go on, with the findings as they are then.
    package mutating func take(_ exchange: borrowing Exchange, _ findings: inout [Finding], possibleHops: Int) -> Bool {
        if exchange.number == 1, let opening = Opening(exchange, seed: seed) { remember(opening) }
        let isHop = exchange.hop.isPossible
        if isHop { hopsTaken += 1 }
        hopsAwaited = possibleHops - hopsTaken
        if isQuiet, !isHop, exchange.interims.isEmpty, exchange.final?.status != 202 { return false }
        defer { isQuiet = exchanges == 0 && untilAllGoOn == 0 && desynchronisation.isEmpty && operations.isEmpty }
        let isAccepted = exchange.final?.status == 202
        let hasActed = !exchange.interims.isEmpty && (exchange.nextRequest != nil || exchange.clientClose != nil)
        var isChanged = false
        if hasActed || !desynchronisation.isEmpty, let finding = desynchronisation.take(exchange),
            selection.includes(finding.rule)
        {
            isChanged = true
            findings.replace([.timeoutClientGaveUp], by: finding)
        }
        if isAccepted || !operations.isEmpty, let found = operations.take(exchange) {
            // The poll's own address is the monitor, and nothing new was accepted.
            findings.removeAll { [Rule.asyncNoMonitor.id, Rule.asyncAccepted.id].contains($0.rule) }
            isChanged = true
            findings += found.filter { selection.includes($0.rule) }
        }
        let hasLeft = hasActed && exchange.final == nil && exchange.clientClose != nil
        if isAccepted {
            untilAllGoOn = capacity
        } else if hasLeft {
            untilAllGoOn = max(untilAllGoOn, min(capacity, Self.departureWait))
        } else if untilAllGoOn > 0 {
            untilAllGoOn -= 1
        }
        guard isHop || untilAllGoOn > 0 || exchanges > 0 else {
            if isChanged { findings.sortByCatalogue() }
            return false
        }
        let entry = RelatedExchange(copy exchange, findings, proxies, seed: seed)
        if hasLeft { follow(entry) }
        wait(entry)
        return true
    }

    /// Takes the end of a connection, whose exchanges came before. Returns whether it waits behind some of them.
    package mutating func take(_ end: EndedConnection) -> Bool {
        desynchronisation.ended(end.id)
        if exchanges > 0 { waiting.append(.end(end)) }
        return exchanges > 0
    }

    /// The next that may go on, the oldest first; at the end of the capture all of them may.
    package mutating func next(atEnd: Bool) -> Element? {
        let mayGoOn = untilAllGoOn == 0 && hopsAwaited <= 0
        guard head < waiting.count, atEnd || exchanges > capacity || mayGoOn else {
            if head == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                head = 0
            }
            return nil
        }
        let element = waiting[head]
        head += 1
        if head > capacity, head * 2 > waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
        guard case .exchange(let entry) = element else { return element }
        exchanges -= 1
        settle(entry, atEnd: atEnd)
        return element
    }

    private mutating func wait(_ entry: RelatedExchange) {
        waiting.append(.exchange(entry))
        exchanges += 1
        guard entry.exchange.hop.isPossible else { return }
        let key = entry.exchange.hop.key
        if let known = alike[key] {
            known.add(entry)
            entry.alike = known
        } else {
            let alone = AlikeExchanges(entry)
            alike[key] = alone
            entry.alike = alone
        }
    }

    private mutating func settle(_ entry: RelatedExchange, atEnd: Bool) {
        entry.link()
        entry.alike?.removeOldest()
        if entry.alike?.isEmpty == true { alike[entry.exchange.hop.key] = nil }
        entry.alike = nil
        if let finding = operations.tell(entry.exchange.id, isLast: atEnd) { entry.findings.append(finding) }
        entry.findings.removeAll { !selection.includes($0.rule) }
        entry.isSettled = true
        entry.findings.sortByCatalogue()
    }

    /// Takes the first exchange of a connection, and looks whether it goes on where another left off.
    private mutating func remember(_ opening: Opening) {
        if openings.count < Opening.remembered {
            openings.append(opening)
        } else {
            openings[nextOpening] = opening
            nextOpening = (nextOpening + 1) % Opening.remembered
        }
        if departures.isEmpty { return }
        departures.removeAll { departure, left in left.isSettled || left.leave(departure, before: opening, selection) }
    }

    /// Follows a client that left: what it went on with may be known, for after a RST it takes long until it is certain
    /// that nothing more comes.
    private mutating func follow(_ entry: RelatedExchange) {
        guard let departure = Departure(entry.exchange, seed: seed) else { return }
        for opening in openings where entry.leave(departure, before: opening, selection) { return }
        if departures.count == Departure.followed { departures.removeFirst() }
        departures.append((departure, entry))
    }
}

extension RelatedExchange {
    /// Whether its client went on with `next`; then it is said.
    fileprivate func leave(_ departure: Departure, before next: Opening, _ selection: RuleSelection) -> Bool {
        guard let finding = departure.finding(before: next) else { return false }
        guard selection.includes(finding.rule) else { return true }
        findings.replace([.processingInVain, .timeoutClientGaveUp], by: finding)
        return true
    }
}

extension [Finding] {
    /// Adds one that says better what some rules said.
    fileprivate mutating func replace(_ rules: [Rule], by finding: Finding) {
        removeAll { old in rules.contains { $0.id == old.rule } }
        append(finding)
    }

    /// Puts them in the order of the catalogue; those of one rule stay as they are.
    fileprivate mutating func sortByCatalogue() {
        guard count > 1 else { return }
        let places = map { finding in Catalogue.rules.firstIndex { $0.id == finding.rule } ?? Catalogue.rules.count }
        guard zip(places, places.dropFirst()).contains(where: { $0 > $1 }) else { return }
        self = indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { self[$0] }
    }
}
