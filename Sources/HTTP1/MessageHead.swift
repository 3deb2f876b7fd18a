import CaptureModel

/// The head of a message, read: its start line, its field lines, and what they say of the content's length.
///
/// One value serves all streams of a run that carry one kind of message, so that its arrays are allocated once, and that
/// lines which are the same in head after head are known. Ranges count from the head's first octet.
@usableFromInline
package struct MessageHead: Sendable {
    /// The start line, by the kind of message.
    package enum Start: Sendable {
        case request(RequestLine)
        case response(StatusLine)
    }

    package internal(set) var start: Start?
    package var oddities: Oddities = []
    /// Whether the empty line was seen; a head cut by a gap, a snap length or a limit lacks it.
    package internal(set) var isComplete = false
    /// What Content-Length, Transfer-Encoding and Connection say, gathered while reading.
    package internal(set) var framingFields = FramingFields()
    /// Which names its field lines may have.
    package internal(set) var names: NameDigest = []
    /// Room for field lines, of which the first `fieldCount` are the head's.
    @usableFromInline var room: [FieldLine] = []
    /// How many field lines it has.
    @usableFromInline package internal(set) var fieldCount = 0
    /// The lines of a head that was read before.
    var familiar = FamiliarLines()

    package init() {}

    /// Its field lines, in their order.
    @inlinable package var fields: ArraySlice<FieldLine> { room[..<fieldCount] }

    /// Appends its field lines to `lines`, as they are in a buffer where the head begins `offset` octets later.
    package func addFields(to lines: inout [FieldLine], shiftedBy offset: Int) {
        let own = room.span.extracting(0..<fieldCount)
        lines.append(addingCapacity: fieldCount) { free in
            for index in own.indices { free.append(own[index].shifted(by: offset)) }
        }
    }

    mutating func reset() {
        start = nil
        fieldCount = 0
        names = []
        oddities = []
        isComplete = false
        framingFields = FramingFields()
    }

    /// Makes room for as many field lines as a head may have: the fewer that its octets allow, of two for a line at least.
    mutating func makeRoom(_ limits: HTTPLimits) {
        guard room.isEmpty else { return }
        room = Array(
            repeating: FieldLine(name: OctetRange(0, 0), value: OctetRange(0, 0)),
            count: min(limits.fieldLines + HTTPLimits.framingLines, limits.headOctets / 2 + 1))
    }
}

/// Which kind of message a stream carries.
package enum MessageKind: Sendable {
    case request
    case response
}
