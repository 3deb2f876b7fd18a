import CaptureForge
import CaptureModel
import TestBench

/// Captures for the command to read.
enum Captures {
    /// One COPY with two 102, and a GET; findings come of it.
    static let dialogue = """
        expect: nothing
        >>> 0.1
        COPY /a HTTP/1.1
        Host: h
        User-Agent: somebody/1

        <<< 1
        HTTP/1.1 102 Processing

        <<< 30
        HTTP/1.1 102 Processing

        <<< 60
        HTTP/1.1 201 Created
        Content-Length: 0

        >>> 61
        GET /b HTTP/1.1

        <<< 61.5
        HTTP/1.1 200 OK
        Content-Length: 2

        ok
        --- 62 client fin
        --- 62.1 server fin
        """

    static func frames(_ text: String = dialogue) throws -> [Frame] {
        try Dialogue(parsing: text + "\n").capture().frames
    }

    static func pcap(_ text: String = dialogue) throws -> [UInt8] {
        PcapWriter().octets(try frames(text))
    }

    /// Many exchanges, each with a 102, `perConnection` of them on a connection, which stays open. Copies of one forged
    /// exchange with other ports, numbers and times: checksums are not looked at.
    static func many(_ exchanges: Int, perConnection: Int) throws -> [UInt8] {
        let request =
            "PROPFIND /some/folder/name HTTP/1.1\r\nHost: files.example\r\nDepth: 1\r\nUser-Agent: somebody/1\r\n\r\n"
        let interim = "HTTP/1.1 102 Processing\r\n\r\n"
        let final = "HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\nContent-Length: 5\r\n\r\n<a></"
        let template = try frames(
            "expect: nothing\n"
                + [(">>> 0.1", request), ("<<< 0.2", interim), ("<<< 0.3", final)].map { mark, text in
                    "\(mark)\n\(text.replacing("\r\n", with: "\\r\\n"))\\"
                }.joined(separator: "\n"))
        let handshake = Array(template.prefix(3))
        let talk = Array(template.dropFirst(3))
        var file = PcapWriter().octets([])
        for number in 0..<exchanges {
            let (connection, turn) = number.quotientAndRemainder(dividingBy: perConnection)
            let shift = Int64(number) * 1_000_000_000
            for frame in (turn == 0 ? handshake : []) + talk {
                var frame = frame
                frame.time = frame.time.later(by: shift)
                let isClient = frame.octets[29] == 1
                let port = isClient ? 34 : 36
                frame.octets[port] = UInt8(truncatingIfNeeded: 1 + connection >> 8)
                frame.octets[port + 1] = UInt8(truncatingIfNeeded: connection)
                let (own, other) = isClient ? (request, interim + final) : (interim + final, request)
                frame.add(turn * own.utf8.count, at: 38)
                frame.add(turn * other.utf8.count, at: 42)
                file += PcapWriter().octets([frame]).dropFirst(24)
            }
        }
        return file
    }
}

extension Frame {
    /// Adds to a number of 32 bits, most significant octet first.
    fileprivate mutating func add(_ amount: Int, at place: Int) {
        var number = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(octets[place + $1]) }
        number &+= UInt32(truncatingIfNeeded: amount)
        for index in 0..<4 { octets[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * index)) }
    }
}
