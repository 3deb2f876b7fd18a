import CaptureModel
import Exchanges

/// An event as one line for a person: when, which exchange, what, of which request, and the numbers.
extension TextLine {
    mutating func add(_ event: LiveEvent, _ style: TextStyle) {
        ascii { $0.clock(event.time, decimals: 3) }
        tab(to: TextStyle.idColumn)
        if let number = event.number {
            ascii { $0.identity(event.connection.id, number) }
        } else {
            ascii { $0.decimal(event.connection.id) }
        }
        tab(to: TextStyle.eventColumn)
        painted(event.paint) { $0.add(event.word) }
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
        add(event.detail, fitting: max(20, style.width - columns))
    }
}

extension TextStyle {
    fileprivate static let eventColumn = idColumn + 8
    fileprivate static let eventWidth = 9
}

extension LiveEvent {
    /// The word of the line.
    fileprivate var word: String {
        switch kind {
        case .interim, .final: status.map(String.init) ?? kind.rawValue
        case .timer: silence == nil ? "wait" : "silence"
        case .request, .end, .close: kind.rawValue
        }
    }

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
    fileprivate var detail: [UInt8] {
        var text = OctetBuffer()
        func say(_ words: String) { text.append(copying: words.utf8.span) }
        switch kind {
        case .request, .close:
            if let ending { say(ending + ", ") }
            text.address(connection.client.address)
            text.literal(" → ")
            text.endpoint(connection.server)
        case .interim:
            say(shownReason)
            if let at { say("after \(durationText(at))") }
            if let silence { say(", silent for \(durationText(silence)) before") }
        case .timer:
            if let length = silence ?? wait { say(durationText(length)) }
            say(silence == nil ? " without a final response" : " without a word")
            say(interims > 0 ? " after \(counted(interims, "interim response"))" : "")
            if let timers { say(": \(timers)") }
        case .final:
            say(shownReason)
            if let wait { say("after \(durationText(wait))") }
            say(interims > 0 ? ", \(counted(interims, "interim response"))" : "")
        case .end:
            if let ending { say(ending) }
            if let wait { say(" after \(durationText(wait))") }
            say(interims > 0 ? ", \(counted(interims, "interim response"))" : "")
        }
        return Array(text.string.utf8)
    }

    private var shownReason: String {
        reason.isEmpty ? "" : String(decoding: [UInt8].shown(reason.span), as: UTF8.self) + " "
    }
}
