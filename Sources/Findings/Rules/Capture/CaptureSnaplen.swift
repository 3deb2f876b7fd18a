import Exchanges

extension Rule {
    static let captureSnaplen = Rule(
        id: "capture/snaplen", severity: .note,
        title: "an exchange whose packets the capture cut short",
        explanation: Explanation(
            wire: """
                The capture kept only the first octets of each packet (its snap length), and packets of this exchange \
                were longer.
                """,
            matters: """
                What stood behind the cut is unknown: fields, content, and whole interim responses where several \
                messages shared a packet. Rules that need them stay quiet.
                """,
            remedy: """
                Capture whole packets: tcpdump -s 0.
                """),
        citation: "pcap-savefile(5), snapshot length; what was not captured cannot be judged",
        example: """
            tcpdump -s 96
            """,
        needs: .notWhole
    ) { exchange, context in
        guard exchange.integrity.contains(.snaplen) else { return nil }
        return context.occurrence(at: exchange.origin) {
            "the capture cut packets of \(exchange.requestText): what stood behind the cut, interim responses "
                + "among it, is not judged"
        }
    }
}
