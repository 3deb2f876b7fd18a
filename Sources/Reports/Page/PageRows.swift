import CaptureModel
import Exchanges
import Findings
import HTTP1

/// The exchanges that the page can show, each as an array of JSON, and the texts that they share.
///
/// Bounded, so that a page stays below 5 MB: at most `limit` rows and `octetLimit` octets. What leaves something to
/// tell (a warning, an interim response, a wait of a second, no final response, a legacy construct) goes before plain
/// exchanges, and of each kind the first are kept.
struct PageRows: ~Copyable {
    static let limit = 10_000
    static let octetLimit = 3_600_000
    /// Octets of texts that rows share; another one beyond is not shown.
    static let textLimit = 500_000
    /// Interim responses and findings of one exchange that are shown.
    static let interimLimit = 100
    static let findingLimit = 12

    /// Encoded rows one behind the other, with the place of each in the report.
    private struct Pool: ~Copyable {
        var octets = OctetBuffer(capacity: 65_536)
        var rows: [(order: Int, end: Int)] = []

        var isFull: Bool { rows.count >= PageRows.limit || octets.count >= PageRows.octetLimit }
    }

    private var telling = Pool()
    private var plain = Pool()
    private var seen = 0
    private var texts: [[UInt8]: Int] = [[]: 0]
    private var textOrder: [[UInt8]] = [[]]
    private var textOctets = 0
    /// What times count from: the beginning of the first exchange.
    private(set) var start: Timestamp?

    /// Takes one exchange; `rules` are the rules in the order in which the page has them.
    mutating func add(_ row: ExchangeRow, _ rules: inout PageRules) {
        if start == nil { start = row.exchange.origin.time }
        seen += 1
        let tells = row.tells
        guard tells ? !telling.isFull : !plain.isFull else { return }
        var record = OctetBuffer()
        encode(row, &rules, &record)
        // Moved out and back, so that one pool changes while the texts do not.
        record.withSpan { octets in
            if tells {
                telling.octets.inert(octets)
                telling.rows.append((seen, telling.octets.count))
            } else {
                plain.octets.inert(octets)
                plain.rows.append((seen, plain.octets.count))
            }
        }
    }

    /// Appends the rows as an array of JSON, in the order of the report; returns how many there are.
    func write(_ out: inout OctetBuffer) -> Int {
        var (more, most) = (plain.rows.count, PageRows.limit - telling.rows.count)
        more = min(more, most)
        most = PageRows.octetLimit - telling.octets.count
        while more > 0, plain.rows[more - 1].end > most { more -= 1 }
        var (left, right, written) = (0, 0, 0)
        out.append(UInt8(ascii: "["))
        while left < telling.rows.count || right < more {
            if written > 0 { out.literal(",\n") }
            written += 1
            let fromTelling =
                right >= more || left < telling.rows.count && telling.rows[left].order < plain.rows[right].order
            if fromTelling {
                telling.octets.copy(left > 0 ? telling.rows[left - 1].end : 0, telling.rows[left].end, to: &out)
                left += 1
            } else {
                plain.octets.copy(right > 0 ? plain.rows[right - 1].end : 0, plain.rows[right].end, to: &out)
                right += 1
            }
        }
        out.append(UInt8(ascii: "]"))
        return written
    }

    /// Appends the texts as an array of JSON.
    func writeTexts(_ out: inout OctetBuffer) {
        var record = OctetBuffer()
        record.array(textOrder) { $1.jsonShown($0) }
        record.withSpan { out.inert($0) }
    }

    /// The number of a text that is safe to show.
    private mutating func number(_ text: [UInt8]) -> Int {
        if let known = texts[text] { return known }
        // As long as it is in the page: `<` takes six octets, quotes and backslashes two.
        let length = text.reduce(4) { $0 + ($1 == UInt8(ascii: "<") ? 6 : $1 == 0x22 || $1 == 0x5c ? 2 : 1) }
        guard textOctets + length <= PageRows.textLimit else { return 0 }
        textOctets += length
        texts[text] = textOrder.count
        textOrder.append(text)
        return textOrder.count - 1
    }

    private mutating func number(_ text: String) -> Int { number(Array(text.utf8)) }

    private mutating func number(_ stretch: OctetRange?, _ exchange: Exchange, _ limit: Int = 200) -> Int {
        guard let stretch else { return 0 }
        return number(exchange.withOctets(stretch) { [UInt8].shown($0).cut(to: limit) })
    }

    /// One row; the script names its members (`exchange` in `PageScript.base`).
    private mutating func encode(_ row: ExchangeRow, _ rules: inout PageRules, _ out: inout OctetBuffer) {
        let exchange = row.exchange
        let (request, final) = (exchange.request, exchange.final)
        func comma() { out.append(UInt8(ascii: ",")) }
        func integer(_ value: Int) {
            out.decimal(value)
            comma()
        }
        func time(_ value: Int64?) {
            if let value { out.milliseconds(value) } else { out.null() }
            comma()
        }
        out.append(UInt8(ascii: "["))
        let name = row.capture ?? []
        integer(number([UInt8].shown(name.span).cut(to: 100)))
        integer(exchange.connection.id)
        integer(exchange.number)
        time(exchange.origin.time.since(start ?? exchange.origin.time))
        integer(Int(clamping: exchange.origin.frame))
        integer(request == nil ? 0 : max(1, number(request?.method, exchange)))
        out.jsonShown(request.map { exchange.withOctets($0.target) { [UInt8].shown($0).cut(to: 240) } } ?? [])
        comma()
        integer(number(row.host, exchange))
        integer(number(row.userAgent, exchange))
        integer(number("\(exchange.connection.client)"))
        integer(number("\(exchange.connection.server)"))
        time(exchange.waitStart.map { $0.since(exchange.origin.time) })
        integer(request?.bodyBytes ?? 0)
        let interims = exchange.interims.prefix(PageRows.interimLimit)
        let reasons = interims.map { number($0.reason, exchange, 60) }
        out.array(zip(interims, reasons)) { item, out in
            out.append(UInt8(ascii: "["))
            out.decimal(item.0.status)
            out.append(UInt8(ascii: ","))
            out.milliseconds(exchange.offset(item.0.first))
            out.append(UInt8(ascii: ","))
            out.decimal(item.1)
            out.append(UInt8(ascii: ","))
            out.decimal(item.0.first.frame)
            out.append(UInt8(ascii: "]"))
        }
        comma()
        integer(exchange.interims.count)
        if let final {
            out.append(UInt8(ascii: "["))
            integer(final.status)
            integer(number(final.reason, exchange, 60))
            time(exchange.offset(final.first))
            time(exchange.offset(final.end))
            integer(final.bodyBytes)
            out.decimal(final.first.frame)
            out.append(UInt8(ascii: "]"))
        } else {
            out.null()
        }
        comma()
        integer(number(exchange.outcome.rawValue))
        time(row.timing.wait)
        time(row.timing.longestSilence)
        time(row.timing.silenceStart)
        time(row.timing.total)
        integer(number(row.webdav.rawValue))
        integer(number(row.pattern.rawValue))
        let doubts = Integrity.names.filter { exchange.integrity.contains($0.0) }.map(\.1)
        integer(number(doubts.joined(separator: " ")))
        let findings = row.findings.prefix(PageRows.findingLimit).map { (rule: rules.number($0.rule), finding: $0) }
        out.array(findings) { item, out in
            out.append(UInt8(ascii: "["))
            out.decimal(item.rule)
            out.append(UInt8(ascii: ","))
            out.json(ms: item.finding.at)
            out.append(UInt8(ascii: ","))
            out.jsonShown(Array(item.finding.message.utf8).cut(to: 500))
            out.append(UInt8(ascii: "]"))
        }
        if row.upstream != nil || row.downstream != nil {
            comma()
            out.json(row.upstream)
            comma()
            out.json(row.downstream)
        }
        out.append(UInt8(ascii: "]"))
    }
}

/// The rules that fired, numbered in the order of their first finding.
struct PageRules {
    private(set) var ids: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func number(_ id: String) -> Int {
        if let known = numbers[id] { return known }
        numbers[id] = ids.count
        ids.append(id)
        return ids.count - 1
    }
}

extension ExchangeRow {
    /// Whether there is more to tell of it than that it was answered.
    fileprivate var tells: Bool {
        !exchange.interims.isEmpty || exchange.final == nil || !exchange.integrity.isEmpty || webdav == .legacy
            || timing.wait ?? 0 >= Pattern.holdThreshold || findings.contains { $0.severity > .note }
    }
}

extension OctetBuffer {
    /// A text that is safe to show as a JSON string.
    mutating func jsonShown(_ text: [UInt8]) {
        jsonText(String(decoding: text, as: UTF8.self))
    }

    /// JSON for an element `script`: nothing in it can end the element, for `<` is written as an escape, and stands in
    /// strings only (HTML section 4.12.1.3).
    mutating func inert(_ json: Span<UInt8>) {
        for at in json.indices {
            if json[at] == UInt8(ascii: "<") { literal("\\u003c") } else { append(json[at]) }
        }
    }

    /// Appends a stretch of this buffer to another one.
    fileprivate borrowing func copy(_ start: Int, _ end: Int, to out: inout OctetBuffer) {
        withSpan { out.append(copying: $0.extracting(start..<end)) }
    }
}
