import CaptureModel
import Exchanges

extension Rule {
    static let processingSparse = Rule(
        id: "processing/sparse", severity: .warning,
        title: "102 responses too far apart for common idle timers",
        explanation: Explanation(
            wire: """
                After a 102, the server sent nothing for longer than an idle timer of known software; then the next \
                response came. The message names the timers that are shorter than this distance.
                """,
            matters: """
                A heartbeat helps only where its interval is shorter than the shortest idle timer on the way. This \
                exchange went well by luck: with one of these products before the server it would have been cut \
                between two 102.
                """,
            remedy: """
                Choose the interval by the shortest idle timer on your path, not by RFC 2518's 20 s: that is when the \
                first 102 is due, and the standard names no interval. Mind that some software fails when there are \
                many (`interlude explain interim/many`).
                """),
        citation: "RFC 2518 section 10.1 gives no interval; timers as in `interlude list timeouts`",
        example: """
            > COPY /dav/a HTTP/1.1
            < HTTP/1.1 102 Processing      (after 10 s)
            < HTTP/1.1 102 Processing      (after 80 s)
            < HTTP/1.1 201 Created         (after 85 s)
            """,
        needs: .processing
    ) { exchange, context in
        guard exchange.request != nil, exchange.integrity.isDisjoint(with: [.gap, .snaplen, .oneSided, .limit]) else {
            return nil
        }
        var longest: (distance: Int64, from: Int, to: StreamPlace) = (0, 0, exchange.end)
        for (index, interim) in exchange.interims.enumerated() where interim.status == 102 {
            let isLast = index + 1 == exchange.interims.count
            guard let next = isLast ? exchange.final?.first : exchange.interims[index + 1].first else { break }
            let distance = next.time.since(interim.headEnd.time)
            if distance > longest.distance { longest = (distance, index, next) }
        }
        // No timer that waits for an answer is shorter, and a quick heartbeat should cost nothing.
        guard longest.distance >= Pattern.holdThreshold else { return nil }
        let timers = context.settings.timeouts
            .filter { $0.givesUpWaiting && $0.countsSilence && $0.limit <= longest.distance }
            .sorted { $0.seconds > $1.seconds }
        guard !timers.isEmpty else { return nil }
        return context.occurrence(at: longest.to) {
            let next = exchange.interims[(longest.from + 1)...].first.map { "the next \($0.status)" }
            return
                "\(durationText(longest.distance)) from a 102 to \(next ?? "the final \(exchange.final?.status ?? 0)") in "
                + "\(exchange.requestText): longer than the \(timers.idleTimers(atMost: 5))"
        }
    }
}
