package import CaptureModel
package import Exchanges

/// A live audit at one moment, as a table for a terminal: the exchanges under way by their current silence.
package struct TopView: Sendable {
    /// An exchange under way.
    package struct Row: Sendable {
        package var connection: ConnectionIdentity
        package var number: Int
        /// `nil` where the request was not captured.
        package var request: RequestName?
        /// Nanoseconds since the server's last octet, or since the request was complete; `nil` while it is being sent.
        package var silence: Int64?
        /// Nanoseconds since the request was complete.
        package var wait: Int64?
        package var interims: Int
        /// The next timer to run out, and in how many nanoseconds.
        package var timer: (names: String, left: Int64)?

        package init(
            connection: ConnectionIdentity, number: Int, request: RequestName?, silence: Int64?,
            wait: Int64?, interims: Int, timer: (names: String, left: Int64)?
        ) {
            self.connection = connection
            self.number = number
            self.request = request
            self.silence = silence
            self.wait = wait
            self.interims = interims
            self.timer = timer
        }
    }

    /// What is watched.
    package var interface: String
    /// Packet time; `nil` before the first packet.
    package var time: Timestamp?
    /// What came to pass so far.
    package var summary: Summary
    package var packets: Int
    package var device: DeviceCounts
    /// In a second: packets, bits and exchanges.
    package var rates: (packets: Int, bits: Int, exchanges: Int)
    /// The exchanges under way, the longest silence first; more of them than are shown do no harm.
    package var rows: [Row]
    /// How many are under way.
    package var open: Int

    package init(
        interface: String, time: Timestamp?, summary: Summary, packets: Int, device: DeviceCounts,
        rates: (packets: Int, bits: Int, exchanges: Int), rows: [Row], open: Int
    ) {
        self.interface = interface
        self.time = time
        self.summary = summary
        self.packets = packets
        self.device = device
        self.rates = rates
        self.rows = rows
        self.open = open
    }

    /// The screen as octets that overwrite what is on it, line by line, so that nothing flickers: no line is longer than
    /// the terminal is wide, and there are no more of them than it is high.
    package func screen(columns: Int, rows height: Int, colour: Bool) -> [UInt8] {
        var screen = OctetBuffer()
        screen.literal("\u{1b}[?2026h\u{1b}[H")  // a terminal that knows it shows all of it at once
        var left = height
        func put(_ paint: Paint?, _ text: [UInt8]) {
            guard left > 0 else { return }
            if left < height { screen.literal("\r\n") }
            left -= 1
            let cut = text.beginning(of: columns)
            if colour, let paint { screen.literal(paint.start) }
            screen.append(copying: cut.span)
            if colour, paint != nil { screen.literal("\u{1b}[0m") }
            screen.literal("\u{1b}[K")
        }
        for line in heading { put(.bold, Array(line.utf8)) }
        put(device.droppedByKernel + device.droppedByInterface > 0 ? .red : .dim, Array(lossLine.utf8))
        put(.dim, Array(TopView.titles.utf8))
        for row in rows.prefix(max(0, left)) { put(row.paint, row.line) }
        screen.literal("\u{1b}[J\u{1b}[?2026l")
        return screen.withSpan { [UInt8](copying: $0) }
    }

    private var heading: [String] {
        var clock = OctetBuffer()
        if let time { clock.clock(time, decimals: 1) }
        let interims = (100...104).filter { summary.interim[$0] > 0 }.map { "\($0)×\(summary.interim[$0])" }
        let others = summary.interim.other > 0 ? ["others×\(summary.interim.other)"] : []
        let interim = interims.isEmpty && others.isEmpty ? "none" : (interims + others).joined(separator: " ")
        return [
            "\(Tool.name) watch \(printable(interface))  \(clock.string) UTC  \(rates.packets) packets/s  "
                + "\(decimal(rates.bits, 1_000_000)) Mbit/s  \(rates.exchanges) exchanges/s",
            "exchanges \(summary.exchanges), \(open) under way  interim \(interim)  "
                + "findings: \(summary.violations) violations, \(summary.warnings) warnings, \(summary.notes) notes",
        ]
    }

    private var lossLine: String { "packets \(packets)  \(device.sentence)" }

    private func printable(_ text: String) -> String {
        String(decoding: [UInt8].shown(Array(text.utf8).span), as: UTF8.self)
    }

    private func decimal(_ value: Int, _ unit: Int) -> String {
        "\(value / unit).\(value % unit * 10 / unit)"
    }

    private static let titles = "   SILENT      WAIT  1xx  EXCHANGE  REQUEST                         NEXT TIMER"
}

extension TopView.Row {
    /// Its line, safe on a terminal.
    fileprivate var line: [UInt8] {
        var line = TextLine(colour: false)
        line.ascii(endingAt: 9) { $0.duration(silence) }
        line.ascii(endingAt: 19) { $0.duration(wait) }
        line.ascii(endingAt: 24) { $0.decimal(interims) }
        line.tab(to: 26)
        line.ascii { $0.identity(connection.id, number) }
        line.tab(to: 36)
        if let request {
            line.add(wire: request.method.span, fitting: 12)
            line.add([0x20])
            line.add(wire: request.target.span, fitting: max(8, 66 - line.columns))
        } else {
            line.add("(request not captured)")
        }
        line.tab(to: 68)
        if let timer { line.add("in \(durationText(max(0, timer.left))): \(timer.names)") }
        return line.octets.withSpan { [UInt8](copying: $0) }
    }

    fileprivate var paint: Paint? {
        guard let silence else { return .dim }
        return silence >= 20_000_000_000 ? .red : silence >= 5_000_000_000 ? .yellow : nil
    }
}

extension OctetBuffer {
    /// A duration, or a dash.
    fileprivate mutating func duration(_ nanoseconds: Int64?) {
        if let nanoseconds { duration(nanoseconds) } else { append(UInt8(ascii: "-")) }
    }
}
