import CaptureModel
import Exchanges

/// An event as one line for a person: when, which exchange, what, of which request, and the numbers.
extension TextLine {
    mutating func add(_ event: LiveEvent, _ style: TextStyle) {
        let (time, connection) = (event.time, event.connection.id)
        ascii { $0.clock(time, decimals: 3) }
        tab(to: TextStyle.idColumn)
        if let number = event.number {
            ascii { $0.identity(connection, number) }
        } else {
            ascii { $0.decimal(connection) }
        }
        tab(to: TextStyle.eventColumn)
        // Not the event itself goes into the closures: each would copy it.
        let (kind, status, hasSilence) = (event.kind, event.status ?? 0, event.silence != nil)
        painted(event.paint) { line in
            switch kind {
            case .interim, .final: line.ascii { $0.decimal(status) }
            case .timer: line.add(hasSilence ? "silence" : "wait")
            case .request, .end, .close: line.add(kind.rawValue)
            }
        }
        tab(to: TextStyle.eventColumn + TextStyle.eventWidth)
        let room = max(20, (style.width - columns) * 2 / 5)
        let detailColumn = columns + room + 2
        if let request = event.request {
            let before = columns
            add(wire: request.method.span, fitting: room)
            let rest = room - (columns - before) - 1
            if rest > 0 {
                ascii { $0.append(0x20) }
                add(wire: request.target.span, fitting: rest)
            }
        } else {
            add(Array((event.number == nil ? "(connection)" : "(request not captured)").utf8), fitting: room)
        }
        tab(to: detailColumn)
        var detail = OctetBuffer()
        event.writeDetail(to: &detail)
        add(detail, fitting: max(20, style.width - columns))
    }
}

extension TextStyle {
    fileprivate static let eventColumn = idColumn + 8
    fileprivate static let eventWidth = 9
}

extension LiveEvent {
    fileprivate var paint: Paint? {
        switch kind {
        case .request, .close: .dim
        case .interim: .cyan
        case .timer: .yellow
        case .end: .red
        case .final:
            switch status ?? 0 {
            case ..<400: .green
            case 400..<500: .yellow
            default: .red
            }
        }
    }

    /// The numbers of the case, as text that is safe on a terminal.
    fileprivate func writeDetail(to text: inout OctetBuffer) {
        switch kind {
        case .request, .close:
            if let ending { text.say("\(ending), ") }
            text.address(connection.client.address)
            text.literal(" → ")
            text.endpoint(connection.server)
        case .interim:
            writeReason(to: &text)
            text.duration("after ", at)
            if let silence {
                text.duration(", silent for ", silence)
                text.literal(" before")
            }
        case .timer:
            text.duration("", silence ?? wait)
            text.literal(silence == nil ? " without a final response" : " without a word")
            if interims > 0 { text.say(" after \(counted(interims, "interim response"))") }
            if let timers { text.say(": \(timers)") }
        case .final:
            writeReason(to: &text)
            text.duration("after ", wait)
            if interims > 0 { text.say(", \(counted(interims, "interim response"))") }
        case .end:
            if let ending { text.say(ending) }
            text.duration(" after ", wait)
            if interims > 0 { text.say(", \(counted(interims, "interim response"))") }
        }
    }

    private func writeReason(to text: inout OctetBuffer) {
        guard !reason.isEmpty else { return }
        if !text.appendPlain(reason.span, but: UInt8(ascii: "\"")) {
            text.append(copying: [UInt8].shown(reason.span).span)
        }
        text.append(0x20)
    }
}

extension OctetBuffer {
    fileprivate mutating func say(_ words: String) { append(copying: words.utf8.span) }

    /// A duration with a word before it; nothing where there is none.
    fileprivate mutating func duration(_ before: StaticString, _ nanoseconds: Int64?) {
        guard let nanoseconds else { return }
        literal(before)
        duration(nanoseconds)
    }
}
