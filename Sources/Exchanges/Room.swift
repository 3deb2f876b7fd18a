import HTTP1

extension Exchange {
    /// The arrays of a spent exchange, emptied: a new one has all its room at once, and nothing is allocated. Where
    /// somebody keeps a copy of the exchange, the arrays stay with it, and these are new ones of the same size.
    struct Room {
        fileprivate var octets: [UInt8] = []
        fileprivate var fields: [FieldLine] = []

        /// How many are kept.
        static let most = 64
    }

    /// Gives the arrays away, unless they are unusually large.
    mutating func giveUpRoom() -> Room? {
        guard octets.capacity <= 4_096, fields.capacity <= 256 else { return nil }
        var room = Room()
        swap(&room.octets, &octets)
        swap(&room.fields, &fields)
        return room
    }

    /// Takes arrays into use; it has none yet.
    mutating func takeRoom(_ room: inout Room) {
        swap(&room.octets, &octets)
        swap(&room.fields, &fields)
        octets.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }
}
