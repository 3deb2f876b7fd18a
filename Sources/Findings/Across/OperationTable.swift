import CaptureModel
package import Exchanges
import HTTP1

/// The operations under way: each 202 with a status monitor, and who asked after it since.
package struct OperationTable: Sendable {
    private var operations: [Int: Operation] = [:]
    /// The operations whose monitors have a path with this hash, the oldest first.
    private var byPath: [UInt64: [Int]] = [:]
    private var byAccepted: [ExchangeID: Int] = [:]
    private var next = 0
    private var oldest = 0
    private let seed: UInt64
    private let capacity: Int
    /// Operations forgotten to make room for others.
    package private(set) var forgotten = 0

    /// `capacity` operations are followed; beyond it the oldest is forgotten.
    package init(capacity: Int, seed: UInt64) {
        self.capacity = capacity
        self.seed = seed
    }

    package var isEmpty: Bool { operations.isEmpty }

    /// Takes an exchange when it is over; returns what is to be said of it where it is a poll.
    package mutating func take(_ exchange: borrowing Exchange) -> [Finding]? {
        guard let final = exchange.final, let request = exchange.request else { return nil }
        if !operations.isEmpty, let index = asked(by: exchange) { return poll(index, exchange, request, final) }
        if final.status == 202 { accept(exchange, final) }
        return nil
    }

    /// The report tells this 202 now: with it what became of the operation so far. `isLast` says that the capture is
    /// over. What goes on after that is told with its last poll.
    package mutating func tell(_ exchange: ExchangeID, isLast: Bool) -> Finding? {
        guard let index = byAccepted[exchange], let operation = operations[index] else { return nil }
        guard operation.isOver || isLast else {
            operations[index]?.isTold = true
            return nil
        }
        remove(index)
        return operation.finding(on: exchange, from: operation.origin, at: operation.place)
    }

    private mutating func accept(_ exchange: borrowing Exchange, _ final: FinalResponse) {
        guard let monitor = exchange.monitor else { return }
        if operations.count >= capacity { forgetOldest() }
        let answered = final.end.time
        operations[next] = Operation(
            accepted: exchange.id, text: exchange.requestText, origin: exchange.origin.time, place: final.first,
            server: exchange.connection.server, monitors: [monitor], answered: answered,
            retryAfter: exchange.retryAfter, last: exchange.id, lastOrigin: exchange.origin.time,
            busy: answered.since(exchange.origin.time), lastConnection: 0)
        byPath[pathHash(monitor.path.span), default: []].append(next)
        byAccepted[exchange.id] = next
        next += 1
    }

    private mutating func poll(
        _ index: Int, _ exchange: borrowing Exchange, _ request: Request, _ final: FinalResponse
    ) -> [Finding] {
        guard var operation = operations[index] else { return [] }
        var findings: [Finding] = []
        let began = request.first.time
        if let asked = operation.retryAfter, began.since(operation.answered) < asked - asked / 20 {
            let after = durationText(began.since(operation.answered))
            findings.append(
                Rule.asyncHastyPolling.finding(
                    on: exchange.id, from: exchange.origin.time,
                    Occurrence(
                        request.first,
                        "\(exchange.requestText) was asked \(after) after the answer to \(operation.last), which said "
                            + "Retry-After: \(asked / 1_000_000_000)")))
        }
        operation.polls += 1
        operation.first = operation.first ?? exchange.id
        operation.isSpread =
            operation.isSpread || operation.polls > 1 && operation.lastConnection != exchange.connection.id
        operation.lastConnection = exchange.connection.id
        operation.last = exchange.id
        operation.status = final.status
        operation.answered = max(operation.answered, final.end.time)
        operation.retryAfter = exchange.retryAfter
        let (busy, overflow) = operation.busy.addingReportingOverflow(max(0, final.end.time.since(began)))
        operation.busy = overflow ? .max : busy
        operation.isOver = final.status != 202 && operation.retryAfter == nil
        if !operation.isOver, let monitor = exchange.monitor,
            operation.monitors.count < Operation.monitorsFollowed,
            !operation.monitors.contains(where: { $0.target == monitor.target })
        {
            operation.monitors.append(monitor)
            byPath[pathHash(monitor.path.span), default: []].append(index)
        }
        operations[index] = operation
        if operation.isTold, operation.isOver {
            if let finding = operation.finding(on: exchange.id, from: exchange.origin.time, at: final.first) {
                findings.append(finding)
            }
            remove(index)
        }
        return findings
    }

    /// The operation that this request asks after.
    private func asked(by exchange: borrowing Exchange) -> Int? {
        guard let request = exchange.request,
            exchange.isMethod(request.method, "GET") || exchange.isMethod(request.method, "HEAD")
        else { return nil }
        let target = exchange.octets.span.extracting(exchange.targetStart..<Int(request.target.end))
        let path = target.firstIndex(of: UInt8(ascii: "?"), from: 0) ?? target.count
        guard let indices = byPath[pathHash(target.extracting(0..<path))] else { return nil }
        for index in indices.reversed() {
            guard let operation = operations[index], operation.place.time <= request.first.time else { continue }
            for monitor in operation.monitors where monitor.isAsked(by: target) {
                if operation.server == exchange.connection.server || isHost(monitor.authority, of: exchange, request) {
                    return index
                }
            }
        }
        return nil
    }

    private func isHost(_ authority: [UInt8], of exchange: borrowing Exchange, _ request: Request) -> Bool {
        guard !authority.isEmpty, let host = exchange.value(of: "host", in: request.fields) else { return false }
        return hash(folded: exchange.octets.span, host.range, seed)
            == hash(folded: authority.span, 0..<authority.count, seed)
    }

    private func pathHash(_ path: Span<UInt8>) -> UInt64 { hash(path, 0..<path.count, seed) }

    private mutating func forgetOldest() {
        while operations[oldest] == nil, oldest < next { oldest += 1 }
        remove(oldest)
        forgotten += 1
    }

    private mutating func remove(_ index: Int) {
        guard let operation = operations.removeValue(forKey: index) else { return }
        byAccepted[operation.accepted] = nil
        for monitor in operation.monitors {
            let path = pathHash(monitor.path.span)
            byPath[path]?.removeAll { $0 == index }
            if byPath[path]?.isEmpty == true { byPath[path] = nil }
        }
    }
}

extension Exchange {
    /// Where its 202, or the answer to a poll, says to ask.
    fileprivate var monitor: Monitor? {
        guard let request, let (name, value) = statusMonitor, name != "Link" else { return nil }
        return Monitor(
            octets.span.extracting(value.range),
            base: octets.span.extracting(targetStart..<Int(request.target.end)))
    }

    /// What the final response's Retry-After says, in nanoseconds; `nil` where there is none, or a date.
    fileprivate var retryAfter: Int64? {
        guard let final, let value = value(of: "retry-after", in: final.fields), (1...6).contains(value.count) else {
            return nil
        }
        var seconds: Int64 = 0
        for index in value.range {
            let digit = octets[index]
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            seconds = seconds * 10 + Int64(digit - 0x30)
        }
        return seconds * 1_000_000_000
    }
}
