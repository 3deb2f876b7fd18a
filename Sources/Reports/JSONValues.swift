import CaptureModel
import Exchanges
import HTTP1

/// Values that may be absent, and lists.
extension OctetBuffer {
    mutating func json(ms nanoseconds: Int64?) {
        if let nanoseconds { milliseconds(nanoseconds) } else { null() }
    }

    mutating func json(_ moment: Timestamp?) {
        guard let moment else { return null() }
        append(UInt8(ascii: "\""))
        time(moment)
        append(UInt8(ascii: "\""))
    }

    mutating func json(text: String?) {
        if let text { jsonText(text) } else { null() }
    }

    mutating func json(wire: [UInt8]?) {
        if let wire { jsonWire(wire.span) } else { null() }
    }

    mutating func json(_ stretch: OctetRange?, _ exchange: Exchange) {
        if let stretch { jsonWire(exchange.octets.span.extracting(stretch.range)) } else { null() }
    }

    mutating func json(_ end: Endpoint) {
        append(UInt8(ascii: "\""))
        endpoint(end)
        append(UInt8(ascii: "\""))
    }

    mutating func json(_ number: HTTPVersion) {
        append(UInt8(ascii: "\""))
        version(number)
        append(UInt8(ascii: "\""))
    }

    mutating func jsonIdentity(_ connection: Int, _ number: Int) {
        append(UInt8(ascii: "\""))
        identity(connection, number)
        append(UInt8(ascii: "\""))
    }

    mutating func array<Item>(_ items: some Sequence<Item>, _ item: (Item, inout OctetBuffer) -> Void) {
        append(UInt8(ascii: "["))
        var first = true
        for element in items {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            item(element, &self)
        }
        append(UInt8(ascii: "]"))
    }

    /// An object of counts.
    mutating func object<Item>(_ items: some Sequence<Item>, _ count: (Item) -> (name: String, count: Int)) {
        append(UInt8(ascii: "{"))
        var first = true
        for element in items {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            let (name, count) = count(element)
            jsonText(name)
            append(UInt8(ascii: ":"))
            decimal(count)
        }
        append(UInt8(ascii: "}"))
    }
}
