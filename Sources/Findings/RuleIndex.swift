import Exchanges

/// Rules by the traits that they want, so that those of an exchange are found without a look at the others.
struct RuleIndex: Sendable {
    /// For each trait the rules that want it: a bit for the place of each in the list, in words of 64.
    private var masks: [UInt64]
    private let words: Int

    /// Traits that there can be: the bits of `ExchangeTraits`.
    private static let traits = UInt32.bitWidth

    init(_ rules: ContiguousArray<Rule>) {
        words = (rules.count + 63) / 64
        masks = Array(repeating: 0, count: Self.traits * words)
        for (place, rule) in rules.enumerated() {
            var wanted = rule.needs.rawValue
            while let trait = wanted.popLowestBit() {
                masks[trait * words + place / 64] |= 1 << UInt64(place % 64)
            }
        }
    }

    /// Gives the places of the rules that want one of these traits to `body`, each once, in their order.
    @inline(__always)
    func forEach(wanting traits: ExchangeTraits, _ body: (Int) -> Void) {
        for word in 0..<words {
            var (rules, rest) = (UInt64(0), traits.rawValue)
            while let trait = rest.popLowestBit() { rules |= masks[trait * words + word] }
            while let place = rules.popLowestBit() { body(word * 64 + place) }
        }
    }
}

extension FixedWidthInteger {
    /// Takes the lowest bit that is set away, and says which it was; `nil` where none is.
    @inline(__always)
    fileprivate mutating func popLowestBit() -> Int? {
        guard self != 0 else { return nil }
        let place = trailingZeroBitCount
        self &= self &- 1
        return place
    }
}
