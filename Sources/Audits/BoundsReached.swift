import CaptureModel
import StreamAssembly
import WireFormat

/// Bounds that were reached in one continuous capture, beside those that stand on an exchange: how often each.
struct BoundsReached {
    private var counts: [(count: Int, text: (Int) -> String)]

    /// What the dissector counted.
    init(_ dissector: borrowing Dissector) {
        counts = [
            (dissector.tunnelDepthHits, { "\(counted($0, "packet")) nested deeper than is followed (tunnel-depth)" }),
            (
                dissector.fragmentEvictions,
                { "\(counted($0, "incomplete IP datagram")) given up for others (fragments, fragment-octets)" }
            ),
        ]
    }

    /// The same, and what the assembler, the pairing, and who follows operations counted.
    func merging(
        _ assembly: AssemblyCounters, _ shed: Int, forgottenOperations: Int, unweighed: Int
    ) -> BoundsReached {
        var all = self
        all.counts += [
            (
                assembly.evicted,
                {
                    "\(counted($0, "connection")) forgotten to make room for others, "
                        + "\(assembly.evictedBusy) with an open exchange (connections)"
                }
            ),
            (
                assembly.holesByLimit,
                { "\(counted($0, "hole")) in TCP streams given up because too much waited behind (reassembly)" }
            ),
            (shed, { "\(counted($0, "time")) a connection gave up what it kept (exchange-octets)" }),
            (forgottenOperations, { "\(counted($0, "202 response")) forgotten before the last poll (related)" }),
            (unweighed, { "\(counted($0, "time")) an address was not weighed as one of a proxy (hosts)" }),
        ]
        return all
    }

    /// What was lost before it came here, a sentence each.
    var losses: [String] = []

    /// A sentence for each bound that was reached.
    var sentences: [String] {
        losses
            + counts.filter { $0.count > 0 }.map {
                "a bound was reached: \($0.text($0.count)); see interlude list limits"
            }
    }
}
