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
        let handshake = Block(template.prefix(3))
        let talk = Block(template.dropFirst(3).filter { $0.octets.count > 54 })  // acknowledgements ride along
        let (asked, answered) = (request.utf8.count, (interim + final).utf8.count)
        var file = PcapWriter().octets([])
        for number in 0..<exchanges {
            let (connection, turn) = number.quotientAndRemainder(dividingBy: perConnection)
            if turn == 0 { file += handshake.copy(seconds: number, connection: connection, asked: 0, answered: 0) }
            file += talk.copy(seconds: number, connection: connection, asked: turn * asked, answered: turn * answered)
        }
        return file
    }
}

/// Packets as they stand in a file, to be copied with other numbers in them.
private struct Block {
    private var octets: [UInt8] = []
    /// Where each packet begins, and whether the client sent it.
    private var packets: [(start: Int, isClient: Bool)] = []

    init(_ frames: some Collection<Frame>) {
        for frame in frames {
            packets.append((octets.count, frame.octets[29] == 1))
            octets += PcapWriter().octets([frame]).dropFirst(24)
        }
    }

    /// The packets so many seconds later, on another port of the client, behind octets of both sides.
    func copy(seconds: Int, connection: Int, asked: Int, answered: Int) -> [UInt8] {
        var copy = octets
        func add(_ amount: Int, at place: Int, bigEndian: Bool = true) {
            var number = UInt32(0)
            for index in 0..<4 { number |= UInt32(copy[place + index]) << UInt32(8 * (bigEndian ? 3 - index : index)) }
            number &+= UInt32(truncatingIfNeeded: amount)
            for index in 0..<4 {
                copy[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * (bigEndian ? 3 - index : index)))
            }
        }
        for (start, isClient) in packets {
            add(seconds, at: start, bigEndian: false)
            let segment = start + 16 + 34
            let port = isClient ? segment : segment + 2
            copy[port] = UInt8(truncatingIfNeeded: 1 + connection >> 8)
            copy[port + 1] = UInt8(truncatingIfNeeded: connection)
            add(isClient ? asked : answered, at: segment + 4)
            add(isClient ? answered : asked, at: segment + 8)
        }
        return copy
    }
}
