import CaptureModel

/// Colours and weights of a terminal (ECMA-48, SGR).
enum Paint {
    case red, green, yellow, cyan, dim, bold

    var start: StaticString {
        switch self {
        case .red: "\u{1b}[31m"
        case .green: "\u{1b}[32m"
        case .yellow: "\u{1b}[33m"
        case .cyan: "\u{1b}[36m"
        case .dim: "\u{1b}[2m"
        case .bold: "\u{1b}[1m"
        }
    }
}

/// A line of text in the making, which knows how many columns of the terminal it takes.
struct TextLine: ~Copyable {
    private(set) var octets = OctetBuffer()
    private(set) var columns = 0
    /// Whether `painted` paints.
    let colour: Bool

    init(colour: Bool) {
        self.colour = colour
    }

    /// ASCII that `write` appends.
    mutating func ascii(_ write: (inout OctetBuffer) -> Void) {
        let before = octets.count
        write(&octets)
        columns += octets.count - before
    }

    /// ASCII that `write` appends, so that it ends at `column` where it is not too long for that.
    mutating func ascii(endingAt column: Int, _ write: (inout OctetBuffer) -> Void) {
        var text = OctetBuffer()
        write(&text)
        tab(to: column - text.count)
        add(text, columns: text.count)
    }

    /// A text that takes `columns` columns.
    mutating func add(_ text: borrowing OctetBuffer, columns: Int) {
        text.withSpan { octets.append(copying: $0) }
        self.columns += columns
    }

    /// A text of our own that takes `columns` columns.
    mutating func add(_ text: StaticString, columns: Int) {
        octets.literal(text)
        self.columns += columns
    }

    /// A text of our own, or one that is escaped already.
    mutating func add(_ text: String) {
        add(Array(text.utf8))
    }

    mutating func add(_ text: [UInt8]) {
        octets.append(copying: text.span)
        columns += text.columns
    }

    /// As much of `text` as `limit` columns hold, its middle left out.
    mutating func add(_ text: [UInt8], fitting limit: Int) {
        add(text.cut(to: limit))
    }

    /// As much of `text` as `limit` columns hold, its middle left out.
    mutating func add(_ text: borrowing OctetBuffer, fitting limit: Int) {
        text.withSpan { span in
            if let columns = span.plainColumns, columns <= limit {
                octets.append(copying: span)
                self.columns += columns
            } else {
                add([UInt8](copying: span), fitting: limit)
            }
        }
    }

    /// Octets of the wire, escaped, in at most `limit` columns, the middle left out where need be.
    mutating func add(wire: Span<UInt8>, fitting limit: Int) {
        if wire.count <= limit, octets.appendPlain(wire, but: UInt8(ascii: "\"")) {
            columns += wire.count
        } else {
            add(.shown(wire), fitting: limit)
        }
    }

    /// Blanks up to `column`; one at least where something stands there already.
    mutating func tab(to column: Int) {
        let blanks = max(column - columns, columns == 0 ? 0 : 1)
        octets.blanks(blanks)
        columns += blanks
    }

    /// Whatever `body` adds, in colour where that is asked for.
    mutating func painted(_ paint: Paint?, _ body: (inout TextLine) -> Void) {
        guard colour, let paint else { return body(&self) }
        octets.literal(paint.start)
        body(&self)
        octets.literal("\u{1b}[0m")
    }

    /// Words of `text`, going on in further lines that begin at column `indent` where they pass column `width`.
    mutating func add(words text: String, width: Int, indent: Int) {
        var isFirst = true
        for word in text.utf8.split(separator: 0x20, omittingEmptySubsequences: true) {
            let word = Array(word)
            if !isFirst, columns + 1 + word.columns > width {
                octets.append(0x0a)
                columns = 0
                octets.blanks(indent)
                columns = indent
            } else if !isFirst {
                add([0x20])
            }
            add(word)
            isFirst = false
        }
    }
}

extension Span<UInt8> {
    /// The columns of a text of ASCII and of our own arrow; `nil` for any other.
    fileprivate var plainColumns: Int? {
        var continuing = 0
        for at in indices where self[at] >= 0x80 {
            switch self[at] {
            case 0xe2: break
            case 0x86, 0x92: continuing += 1  // →
            default: return nil
            }
        }
        return count - continuing
    }
}

extension [UInt8] {
    /// Octets of the wire as text that is safe on a terminal.
    static func shown(_ wire: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        WireText.append(wire, to: &text)
        return text
    }

    /// The columns that this text takes on a terminal. It is valid UTF-8.
    var columns: Int {
        var (columns, at) = (0, 0)
        while at < count {
            let piece = piece(at)
            columns += piece.columns
            at += piece.length
        }
        return columns
    }

    /// This text in at most `limit` columns (one at least): its beginning and its end, with `…` for what is left out;
    /// no character and no escape is cut in two.
    func cut(to limit: Int) -> [UInt8] {
        guard count > limit, columns > limit else { return self }
        let tail = (limit - 1) / 3
        var (head, used) = (0, 0)
        while head < count, used + piece(head).columns <= limit - 1 - tail {
            used += piece(head).columns
            head += piece(head).length
        }
        // The end is found from the front, for only from there the escapes can be told.
        var (start, rest) = (head, columns - used)
        while start < count, rest > tail {
            rest -= piece(start).columns
            start += piece(start).length
        }
        return self[..<head] + Array("…".utf8) + self[start...]
    }

    /// As much of the beginning of this text as `limit` columns hold.
    func beginning(of limit: Int) -> ArraySlice<UInt8> {
        var (end, used) = (0, 0)
        while end < count, used + piece(end).columns <= limit {
            used += piece(end).columns
            end += piece(end).length
        }
        return self[..<end]
    }

    /// What must stay together at `at`: an escape (`\xNN`, `\\`) or a scalar.
    private func piece(_ at: Int) -> (length: Int, columns: Int) {
        let lead = self[at]
        if lead == UInt8(ascii: "\\"), at + 1 < count {
            let length = Swift.min(self[at + 1] == UInt8(ascii: "x") ? 4 : 2, count - at)
            return (length, length)
        }
        if lead < 0x80 { return (1, 1) }
        let length = Swift.min(lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2, count - at)
        var scalar = UInt32(lead) & (0x7f >> UInt32(length))
        for place in at + 1..<at + length { scalar = scalar << 6 | UInt32(self[place] & 0x3f) }
        return (length, isWide(scalar) ? 2 : 1)
    }

    /// The blocks that terminals show two columns wide (Unicode Standard Annex 11, W and F), roughly.
    private func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
            true
        default:
            false
        }
    }
}
